"""One lesson from an editor's draft through a clinician's no and yes to the patient's screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
TOPICS = "/cms/snippets/education/topic/"
LESSON = "/learn/fever-and-infection/"
FIRST = "Fever can mean an infection. Words of a first draft."
SECOND = "Fever can mean an infection. Call us the same day."


def test_a_lesson_goes_from_draft_through_rejection_and_approval_to_the_patient(person, site):
    # Given Ruth at her editing desk, Nora who reviews, and a reader
    ruth = person(DESK).signs_in("editor@example.com")
    nora = person(DESK).signs_in("reviewer@example.com")
    reader = person(PHONE)
    # When Ruth writes new words and submits them
    opens_the_lesson(ruth)
    writes(ruth, FIRST)
    submits(ruth)
    # Then no patient reads them
    reader.opens(LESSON)
    reader.sees("No clinician has checked this page yet")
    assert FIRST not in reader.page.content()
    # And Nora sees what would change, and sends them back
    nora.opens("/cms/review/")
    decides(nora, "Send back with my comment", comment="Say what to do about it.")
    # When Ruth reads why, writes again and submits again
    opens_the_lesson(ruth)
    ruth.sees("Say what to do about it.")
    writes(ruth, SECOND)
    submits(ruth)
    nora.opens("/cms/review/")
    decides(nora, "Approve these words")
    # Then the patient reads the approved words, and who checked them
    reader.opens(LESSON)
    reader.sees(SECOND, re.compile("Checked by Nora Kim, MD"))
    assert FIRST not in reader.page.content()
    # And loading the files again keeps them
    assert "kept" in site.manage("load_content")
    reader.opens(LESSON)
    reader.sees(SECOND)


def opens_the_lesson(ruth) -> None:
    ruth.opens(TOPICS)
    with ruth.page.expect_navigation():
        ruth.page.get_by_role("link", name="Fever and infection").first.click()


def writes(ruth, words: str) -> None:
    ruth.page.get_by_role("textbox", name="Summary").fill(words)


def submits(ruth) -> None:
    ruth.page.get_by_role("button", name="More actions").first.click()
    with ruth.page.expect_navigation():
        ruth.page.get_by_role(
            "button", name=re.compile("(Submit|Resubmit) to Clinical review")
        ).click()


def decides(nora, button: str, comment: str = "") -> None:
    with nora.page.expect_navigation():
        nora.page.get_by_role("link", name="Fever and infection").first.click()
    expect(nora.page.get_by_role("heading", name="What changes for patients")).to_be_visible()
    nora.page.get_by_label("Comment for the editor").fill(comment)
    with nora.page.expect_navigation():
        nora.page.get_by_role("button", name=button).click()
