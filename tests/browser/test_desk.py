"""Writing at the desk, in a real browser: what is typed is graded, kept and previewed at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.once]
# A lesson that no other journey changes.
TOPIC = "sleeping-on-your-side"
HARD = (
    " We administer immediate multidisciplinary consultation that facilitates individualized"
    " obstetrical management throughout the antenatal period whenever it is suspected by the professionals in charge."
)


def test_an_editor_sees_the_grade_the_saved_draft_and_the_patients_page_while_typing(person, site):
    # Given an editor at a lesson
    ruth = person(DESK).signs_in("editor@example.com")
    ruth.opens("/cms/snippets/education/topic/?q=side")
    ruth.page.get_by_role("link", name="side", exact=False).first.click()
    expect(ruth.page.get_by_role("textbox", name="Address")).to_be_disabled()
    # When she types a long sentence of hard words
    ruth.page.get_by_label("Toggle how it reads").click()
    words = ruth.page.locator(".public-DraftEditor-content").first
    words.click()
    ruth.page.keyboard.press("Control+End")
    ruth.page.keyboard.type(HARD)
    # Then the desk names them beside the text, and keeps the draft
    beside = ruth.page.locator("[data-side-panel=reading] .reading")
    expect(beside).to_contain_text("Sentences of more than 20 words")
    expect(beside).to_contain_text("administer: give")
    expect(ruth.page.get_by_text("Saved", exact=True)).to_be_visible()
    # And she sees the page of a patient she makes up, and who would not be offered it
    ruth.page.get_by_label("Toggle preview").click()
    frame = ruth.page.frame_locator("#w-preview-iframe")
    expect(frame.locator("main")).to_contain_text("individualized")
    frame.get_by_label("Screen:").select_option("dark")
    frame.get_by_role("button", name="Show").click()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    expect(frame.locator("main")).to_contain_text("individualized")
    # But patients do not
    reader = person(DESK)
    reader.opens(f"/learn/{TOPIC}/")
    expect(reader.page.locator("main")).not_to_contain_text("individualized")
