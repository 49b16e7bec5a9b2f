"""She types a few words with a mistake in them, and reads first what to do."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("java_script", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_lessons_to_the_advice_and_the_form(person, java_script):
    hannah = person(PHONE, java_script_enabled=java_script)
    hannah.signs_in("hannah@example.com")
    hannah.opens("/learn/")
    box = hannah.page.get_by_role("searchbox")
    box.fill("pink spotts")
    box.press("Enter")
    hannah.page.wait_for_url("**/learn/search/?q=*")
    hannah.is_served_well()
    hannah.sees("Showing results for “pink spots”.", "A search tells no one.")
    expect(hannah.page.locator("main [data-urgency]").first).to_contain_text(
        "Call your care team now"
    )
    hannah.page.get_by_role("link", name="Tell us about this").first.click()
    expect(hannah.page.locator("input[name=symptoms][value=bleed_light]")).to_be_checked()
