"""Every page that visitors and patients open, in every state a pregnancy can be in."""

import pytest

from tests.browser.crawl import furnished
from tests.browser.every_page import PROMISES, examine, told
from tests.browser.people import patients

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def found(chromium, own_site):
    people = patients(furnished(own_site))
    return examine(chromium, own_site, people, {"anonymous", "patient"})


@pytest.mark.parametrize("promise", PROMISES, ids=PROMISES.values())
def test_on_every_page(promise, found):
    assert not found[promise], told(found[promise])
