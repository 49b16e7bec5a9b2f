"""What people come to Cinta to do, from the first page to the last, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_reads_the_lessons_and_warning_signs_without_signing_in(person, scheme):
    # Given someone without an account
    reader = person(PHONE, color_scheme=scheme)
    reader.opens("/")
    # When she looks for help
    reader.presses("Lessons, week by week")
    reader.presses("Weeks 14 to 20")
    reader.opens("/learn/weeks/16/")
    reader.presses("See all warning signs")
    # Then she finds what to do, with a number to tap
    reader.sees("Go to the hospital now", "Call your care team now")
    expect(reader.page.locator("a[href='tel:911']").first).to_be_visible()
    reader.opens("/accounts/password/reset/")


def test_a_patient_reads_her_week_reports_a_sign_and_is_told_what_to_do(person):
    # Given Hannah, 18 weeks along, on her phone
    hannah = person(PHONE).signs_in_by_hand("hannah@example.com")
    hannah.sees("18 weeks, 0 days", "Nothing is waiting for you right now")
    # When she reads the lesson of her week and ticks what she has read
    hannah.page.locator("#lesson a").click()
    hannah.sees("Week 18")
    hannah.opens("/checklist/")
    hannah.presses("I know when to go to the hospital")
    hannah.presses("I understand")
    hannah.sees("4 of 13 done")
    # And when she notices pressure low down, the callout answers her thumb
    hannah.opens("/symptoms/report/")
    hannah.ticks("Pressure low down")
    expect(hannah.page.locator(".dock .care--now")).to_be_visible()
    expect(hannah.page.locator(".dock .care--em")).to_be_hidden()
    # Two signs together mean more than each alone, and the callout says so before she saves
    hannah.ticks("Belly cramps")
    expect(hannah.page.locator(".dock .care--em")).to_be_visible()
    expect(hannah.page.locator(".dock .care--now")).to_be_hidden()
    hannah.page.get_by_role("checkbox", name="Belly cramps").uncheck()
    expect(hannah.page.locator(".dock .care--now")).to_be_visible()
    # And when she saves it
    hannah.page.get_by_role("radio", name="Just now").check()
    hannah.page.get_by_label("Anything else?").fill("since lunch")
    hannah.presses("Save and tell my care team")
    # Then she is told to call, at once, with the number and the truth about who knows
    expect(hannah.page.locator("main")).to_have_attribute("data-report-urgency", "urgent")
    hannah.sees("Call your care team now", "No one has read it yet.", "No answer in 10 minutes?")
    expect(hannah.page.locator("main a[href^='tel:+1505555']").first).to_be_visible()
    # And the advice stays on every page
    for path in (
        "/today/",
        "/timeline/",
        "/symptoms/",
        "/checklist/",
        "/learn/",
        "/learn/weeks/18/",
        "/warning-signs/",
    ):
        hannah.opens(path)
        assert hannah.page.locator("[data-urgency='urgent']").count() >= 1


def test_a_patient_with_a_stitch_and_a_gush_of_fluid_is_sent_to_the_hospital(person):
    # Given Marisol, 16w3d, with a stitch
    marisol = person(PHONE, color_scheme="dark").signs_in("marisol@example.com")
    # When she reports a gush of fluid
    marisol.opens("/symptoms/report/")
    marisol.ticks("A gush of fluid")
    marisol.presses("Save and tell my care team")
    # Then one page says where to go, whom to call and what to show
    marisol.sees(
        "Go to the hospital now",
        "St. Brigid Hospital, Door B",
        "Show this to the staff",
        "Cerclage placed",
    )
    expect(marisol.page.locator("nav")).to_have_count(0)
    assert marisol.page.evaluate("document.activeElement.tagName") == "H1"


def test_a_provider_works_an_alert_and_the_patient_sees_it_without_a_reload(person):
    # Given Aisha has reported spotting, and looks at her advice
    aisha = person(PHONE)
    aisha.page.clock.install()
    aisha.signs_in("aisha@example.com")
    aisha.opens("/symptoms/report/")
    aisha.ticks("Spotting")
    aisha.presses("Save and tell my care team")
    aisha.sees("No one has read it yet.")
    # When Ellen opens her worklist, finds her and takes the alert
    ellen = person(DESK).signs_in("provider@example.com")
    ellen.sees("Open alerts, most urgent first")
    ellen.presses("Aisha Rahman")
    ellen.sees("11w0d", "She was told: Call your care team now")
    ellen.presses("Acknowledge: I am on it")
    # Then Aisha's page says so by itself
    aisha.page.clock.fast_forward("00:21")
    aisha.sees("Ellen Park, CNM read it at")
    # And when Ellen goes over the checklist with her
    ellen.presses("Review with patient")
    ellen.page.get_by_label("Reviewed with patient: I know what my cervix does").check()
    ellen.page.get_by_label("Teach-back confirmed: I know what my cervix does").check()
    ellen.presses("Save the review")
    ellen.sees("The review is saved.")
    # And closes the alert with what was done
    ellen.presses("Back to the chart")
    ellen.page.get_by_label("What was done?").select_option("Seen in clinic")
    ellen.presses("Resolve")
    ellen.sees("No open alert.", "1 reviewed · 1 teach-back confirmed")
    # Then nothing waits for Aisha any more
    aisha.opens("/today/")
    aisha.sees("Nothing is waiting for you right now")
    aisha.opens("/checklist/")
    aisha.sees("Gone over with Ellen Park, CNM")


def test_the_worklist_renews_itself_without_losing_the_place(person):
    # Given Dana of the other practice with the cursor on a patient
    dana = person(DESK)
    dana.page.clock.install()
    dana.signs_in("other.provider@example.com")
    link = dana.page.get_by_role("link", name="Tamika Boyd", exact=True)
    link.focus()
    place, stamp = (
        dana.page.evaluate("document.activeElement.id"),
        dana.page.locator("#worklist [role=status]"),
    )
    before = stamp.inner_text()
    # When Tamika reports something and the list renews itself
    tamika = person(PHONE).signs_in("tamika@example.com")
    tamika.opens("/symptoms/report/")
    tamika.ticks("Something does not feel right")
    tamika.presses("Save and tell my care team")
    dana.page.clock.fast_forward("00:21")
    # Then the new alert is there and the cursor is where it was
    expect(stamp).not_to_have_text(before)
    dana.sees("Open alerts, most urgent first", "Something does not feel right")
    assert dana.page.evaluate("document.activeElement.id") == place
    dana.is_served_well()


def test_everything_works_with_javascript_off(person):
    # Given Sofia, 36w1d, and Kofi, both without JavaScript
    sofia = person(PHONE, java_script_enabled=False)
    kofi = person(DESK, java_script_enabled=False)
    sofia.signs_in("sofia@example.com")
    sofia.sees("36 weeks, 1 day")
    # When she forgets to tick anything, she is helped on; then she reports tightenings with her stitch
    sofia.opens("/symptoms/report/")
    sofia.presses("Save and tell my care team")
    sofia.sees("Tick what fits, or choose “I feel OK”")
    sofia.page.locator("summary", has_text="With a stitch").click()
    sofia.page.locator("[value=stitch_contract]").check()
    sofia.presses("Save and tell my care team")
    sofia.sees("Go to the hospital now")
    # And Kofi takes and closes her alert
    kofi.signs_in("oncall@example.com")
    kofi.presses("Sofia Petrov")
    kofi.presses("Acknowledge: I am on it")
    sofia.page.reload()
    kofi.page.get_by_label("What was done?").select_option("Reached her: sent to hospital")
    kofi.presses("Resolve")
    # Then she reads who acted
    sofia.opens("/symptoms/")
    sofia.sees("You were told to go to the hospital.")


def test_thoughts_of_harm_are_met_kindly_with_the_crisis_line_first(person):
    # Given Tamika, who thinks of hurting herself
    tamika = person(PHONE, color_scheme="dark").signs_in("tamika@example.com")
    tamika.opens("/symptoms/report/")
    # When she opens the group and says so
    tamika.page.locator("summary", has_text="How I feel").click()
    tamika.page.locator("[value=self_harm]").check()
    tamika.presses("Save and tell my care team")
    # Then the first number is the crisis line, and no one shouts "hospital"
    tamika.sees("You are not alone", "Call or text 988 now")
    expect(tamika.page.locator("main a[href^='tel:']").first).to_have_attribute("href", "tel:988")


SIX_TAPS = """async () => {
  const form = new FormData(document.querySelector("form.logf"));
  form.set("symptoms", "itch");
  const taps = [...Array(6)].map(() => fetch("/symptoms/report/", {method: "POST", body: form}));
  return Promise.all((await Promise.all(taps)).map(async answer => [answer.status, await answer.text()]));
}"""


def test_six_taps_on_save_at_once_are_one_report(person):
    # Given Sofia on a slow phone
    sofia = person(PHONE).signs_in("sofia@example.com")
    sofia.opens("/symptoms/report/")
    # When she taps "save" again and again
    answers = sofia.page.evaluate(SIX_TAPS)
    # Then each answer is the advice and the truth, and her log has one line more
    assert [status for status, _page in answers] == [200] * 6
    assert all("data-report-urgency=" in page for _status, page in answers)
    assert not any("has not been told" in page for _status, page in answers)
    sofia.opens("/symptoms/")
    expect(sofia.page.get_by_role("link", name="I itch very badly")).to_have_count(1)


HOURS_LATER = """
from datetime import timedelta
from django.utils import timezone
from tracker.models import FollowUp
asked = FollowUp.objects.open().filter(pregnancy__patient__email="tamika@example.com")
asked.update(due_at=timezone.now() - timedelta(minutes=1))
"""


def test_a_patient_is_asked_again_and_still_there_is_a_report(person, site):
    # Given Tamika has told us of an itch, and hours have passed
    tamika = person(PHONE).signs_in("tamika@example.com")
    tamika.opens("/symptoms/report/")
    tamika.page.locator("summary", has_text="Fever, skin and peeing").click()
    tamika.page.locator("[value=itch]").check()
    tamika.presses("Save and tell my care team")
    site.manage("shell", "-v", "0", "-c", HOURS_LATER)
    # When she opens Today and says that it is still there
    tamika.opens("/today/")
    tamika.sees("Is it still there: I itch very badly?")
    tamika.presses("Yes, still there")
    # Then she gets the advice again, and her log has one line more
    expect(tamika.page.locator("main")).to_have_attribute("data-report-urgency", "contact")
    tamika.opens("/symptoms/")
    expect(tamika.page.get_by_role("link", name="I itch very badly")).to_have_count(2)
