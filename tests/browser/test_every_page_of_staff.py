"""Every page that providers, managers, editors and reviewers open; the desks of libraries are not ours."""

import pytest

from tests.browser.crawl import furnished
from tests.browser.every_page import PROMISES, examine, public_pages, told
from tests.browser.people import STAFF, staff

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def found(chromium, own_site):
    furnished(own_site)
    return examine(chromium, own_site, staff(leave=public_pages()), set(STAFF))


@pytest.mark.parametrize("promise", PROMISES, ids=PROMISES.values())
def test_on_every_page(promise, found):
    assert not found[promise], told(found[promise])
