"""The callout under her thumb: where she sees it, and what it leaves in place."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
# In one go, and until it holds: the callout rises, and the server's answer may take its place at any moment.
CLEAR_OF_THE_BAR = """() => {
  const [callout, bar] = [".dock .care--em", ".mainnav"].map(each => document.querySelector(each).getBoundingClientRect());
  return callout.height > 40 && (callout.bottom <= bar.top || bar.bottom <= callout.top);
}"""
PLACE = "each => each.getBoundingClientRect().toJSON()"


@pytest.mark.parametrize(("screen", "script"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_the_callout_is_in_sight_when_the_first_sign_is_ticked_and_moves_no_row(
    person, screen, script
):
    # Given Hannah at the top of the form, with or without JavaScript
    hannah = person(screen, java_script_enabled=script)
    hannah.is_served_well = lambda: None
    hannah.signs_in("hannah@example.com")
    hannah.opens("/symptoms/report/")
    row = hannah.page.locator("label.pick").first
    before = row.evaluate(PLACE) if script else None
    # When she ticks the first sign
    row.locator("input").check()
    # Then the callout stands on her screen, above the tab bar, and the rows are where they were
    callout = hannah.page.locator(".dock .care--em")
    expect(callout).to_be_in_viewport(ratio=1)
    expect(callout.locator("a[href='tel:911']")).to_be_visible()
    if script:
        assert row.evaluate(PLACE) == before
        hannah.page.wait_for_function(CLEAR_OF_THE_BAR)
        # And at 400 % zoom it covers nothing
        hannah.page.set_viewport_size({"width": 320, "height": 256})
        assert (
            hannah.page.locator("#dock").evaluate("d => getComputedStyle(d).position") == "static"
        )


def test_a_sign_that_was_found_opens_its_group(person):
    someone = person(PHONE)
    someone.opens("/warning-signs/#breathless")
    expect(someone.page.locator("#breathless")).to_be_in_viewport()
    someone.page.goto(someone.site.address + "/warning-signs/#dizzy")
    expect(someone.page.locator("#dizzy")).to_be_in_viewport()
