"""One visit: she answers and asks at home, the provider goes over it on one page, she reads the answer."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]

# A patient of her own, so that no other journey meets what happens here.
MAKE_PATIENT = """
from datetime import timedelta
from accounts.models import Practice, User
from education.models import ChecklistItem, TeachBackQuestion
from tracker.models import Pregnancy
provider = User.objects.get(email="provider@example.com")
rosa = User(email="rosa.review@example.com", first_name="Rosa", last_name="Lima", role="patient", practice=provider.practice)
rosa.set_password("cinta-demo-only")
rosa.save()
today = provider.practice.today()
Pregnancy.objects.create(patient=rosa, practice=provider.practice, due_date=today + timedelta(days=154))
item = ChecklistItem.objects.get(slug="ride-plan", practice=None)
TeachBackQuestion.objects.create(item=item, sort_order=9, ask="Your ride does not answer. What now?", right="I call the emergency number", other="I wait for the ride", feedback="Do not wait for a ride. Call.")
"""


@pytest.mark.parametrize("java_script", [True, False], ids=["scripts", "no-scripts"])
def test_a_visit_from_her_question_to_the_summary_she_takes_home(person, site, java_script):
    email = "rosa.review@example.com" if java_script else "rosa.plain@example.com"
    site.manage("shell", "-c", MAKE_PATIENT.replace("rosa.review@example.com", email))
    options = {} if java_script else {"java_script_enabled": False}
    # Given Rosa on her phone, who chooses another answer than the one that fits
    rosa = person(PHONE, **options)
    rosa.signs_in(email)
    rosa.opens("/checklist/ride-plan/")
    quiz = rosa.page.locator(".quiz", has_text="Your ride does not answer.").last
    quiz.get_by_role("radio", name="I wait for the ride").check()
    with rosa.page.expect_navigation():
        quiz.get_by_role("button", name="Save my answer").click()
    rosa.sees("Let’s look at this one again.", "Do not wait for a ride. Call.")
    # And asks something, after she was told where a symptom belongs
    rosa.page.get_by_text("I have a question").click()
    rosa.sees("Do you feel or notice something? Do not write it here.")
    rosa.page.get_by_label("What do you want to ask?").fill("Who pays for the ride?")
    rosa.presses("Save my question")
    rosa.sees("Your question is saved.", "No one has answered yet.")
    # When Ellen opens the review
    ellen = person(DESK, **options)
    ellen.signs_in("provider@example.com")
    record = site.manage(
        "shell",
        "-c",
        f"from tracker.models import Pregnancy; print(Pregnancy.objects.get(patient__email='{email}').pk)",
    ).split()[-1]
    ellen.opens(f"/patients/{record}/")
    ellen.sees("Who pays for the ride?")
    ellen.presses("Review with patient")
    # Then what she asked and chose comes first, and everything is done with a few taps and one save
    first = ellen.page.locator(".point").first
    expect(first).to_contain_text("she chose “I wait for the ride”")
    expect(first).to_contain_text("Who pays for the ride?")
    ellen.page.get_by_label("Teach-back confirmed: I have a ride plan, day and night").check()
    ellen.page.get_by_label("Your answer, in plain words for her: Who pays").fill("We do. Call us.")
    ellen.page.get_by_label("Next steps for her").fill("Call us if you need a ride.")
    ellen.presses("Save the review")
    # And the summary is one page of paper
    ellen.sees("The review is saved.", "What we talked about", "You told it back to us.")
    ellen.sees("We do. Call us.", "Call us if you need a ride.", "When to call")
    if java_script:
        pdf = ellen.page.pdf(format="Letter")
        assert pdf.count(b"/Type /Page\n") == 1
    # And Rosa reads the answer with who and when, and her own summary
    rosa.opens("/checklist/ride-plan/")
    rosa.sees("Ellen Park, CNM answered on", "We do. Call us.")
    rosa.opens("/visits/")
    rosa.presses("with Ellen Park, CNM")
    rosa.sees("What we talked about", "Call us if you need a ride.")


def test_a_practice_writes_an_item_of_its_own(person):
    # Given the manager on a phone
    manager = person(PHONE).signs_in("manager@example.com")
    manager.opens("/practice/checklist/")
    # When she writes an item, first without a title
    manager.presses("Write an item of your own")
    manager.page.get_by_label("What she reads").fill("Park on the roof.")
    manager.page.get_by_label("Teach-back: what staff ask").fill("Ask: where do you park?")
    manager.page.get_by_label("Title").evaluate("field => field.removeAttribute('required')")
    manager.presses("Send it to a clinician")
    manager.sees("Give it a title")
    manager.page.get_by_label("Title").fill("I know where to park at night")
    manager.presses("Send it to a clinician")
    manager.sees("I know where to park at night", "Waits for a clinician since")
    # Then it is retired with her name, never deleted
    own = manager.page.locator(".point", has_text="I know where to park at night")
    with manager.page.expect_navigation():
        own.get_by_role("button", name="Retire").click()
    manager.is_served_well()
    manager.sees("Retired by")
