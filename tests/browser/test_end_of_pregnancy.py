"""A pregnancy ends: two taps, kind words, a way back, and a new beginning with what the old one means."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PASSWORD, PHONE
from tests.browser.device import KEEPS_HERS, WAIT

pytestmark = [pytest.mark.browser, pytest.mark.once]
NEW_PATIENT = """
from django.contrib.auth.hashers import make_password
from accounts.models import Practice, Role, User
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.models import Pregnancy
practice = Practice.objects.get(name="Juniper Street Care")
due = due_date_by_scan(practice.today(), GestationalAge.of(19, 2))
user = User.objects.create(email="noor@example.com", password=make_password("{password}"), first_name="Noor", last_name="Haddad", role=Role.PATIENT, practice=practice)
Pregnancy.objects.create(patient=user, practice=practice, due_date=due, gravida=1)
"""
# The page her device keeps has no due date any more, and the lesson of her week is gone.
KEEPS_NO_WEEK = """async () => {
  const hers = await caches.open("cinta-hers");
  const page = await hers.match("/offline/", {ignoreVary: true});
  if (!page || !(await page.text()).includes('data-due-date=""')) return false;
  return (await hers.keys()).every(each => !each.url.includes("/learn/"));
}"""


@pytest.fixture(scope="module")
def noor(site):
    """Noor, 19w2d, whom no other journey needs."""
    site.manage("shell", "-v", "0", "-c", NEW_PATIENT.format(password=PASSWORD))
    return "noor@example.com"


@pytest.mark.once
def test_a_loss_takes_two_taps_can_be_undone_and_counts_in_the_next_pregnancy(person, site, noor):
    # Given Noor, 19 weeks along, whose phone keeps her pages for the time without a network
    phone = person(PHONE).signs_in(noor)
    phone.sees("19 weeks, 2 days")
    assert phone.page.evaluate(WAIT.format(condition=KEEPS_HERS))
    # When she taps the link at the foot of the page, and then what happened
    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="Has something changed? You can pause Cinta.").click()
    phone.is_served_well()
    phone.presses("I lost my pregnancy")
    # Then the page is kind, and nothing on it or on her phone knows of weeks
    phone.sees("We are so sorry", "This is not your fault.", "1-833-852-6262")
    expect(phone.page.locator(".ribbon")).to_have_count(0)
    assert phone.page.locator(".mainnav a").all_inner_texts() == ["My page", "Get help"]
    assert phone.page.evaluate(WAIT.format(condition=KEEPS_NO_WEEK))
    phone.page.context.set_offline(True)
    phone.page.goto(site.address + "/today/")
    phone.sees("There is no network right now")
    expect(phone.page.get_by_text("Lesson of week")).to_have_count(0)
    expect(phone.page.locator("input[value=move_stop]")).to_have_count(0)
    phone.page.context.set_offline(False)
    for path in ("/checklist/", "/timeline/", "/me/", "/me/access/", "/symptoms/report/"):
        phone.opens(path)
    # And she can still say that something is wrong
    phone.ticks("I bleed a lot")
    phone.presses("Save and tell my care team")
    expect(phone.page.locator("main")).to_have_attribute("data-report-urgency", "emergency")
    # When she takes it back
    phone.opens("/today/")
    phone.sees("Go to the hospital now", "We are so sorry")
    phone.presses("Undo this")
    # Then everything is there again
    phone.sees("19 weeks, 2 days")
    assert phone.page.evaluate(WAIT.format(condition=KEEPS_HERS))
    # And when Ellen records the end in the chart
    ellen = person(DESK).signs_in("provider@example.com")
    ellen.presses("Noor Haddad")
    ellen.sees("Undone by Noor Haddad")
    ellen.presses("Record the end")
    ellen.page.get_by_role("radio", name="Miscarriage").check()
    ellen.presses("Record the end")
    ellen.sees("Recorded by Ellen Park, CNM")
    # And later begins a new pregnancy with her
    ellen.presses("Start a new pregnancy")
    expect(ellen.page.get_by_label("Earlier second-trimester loss")).to_be_checked()
    ellen.presses("Begin the new pregnancy")
    # Then the new chart is clean, says the risk, and leads to the old one
    ellen.sees("earlier second-trimester loss", "Nothing logged yet.")
    ellen.presses("Miscarriage,")
    ellen.sees("I bleed a lot")
    # And Noor has her first page back
    phone.opens("/today/")
    phone.sees("Your week is not known yet")
    phone.complaints = [each for each in phone.complaints if "ERR_INTERNET" not in each]


def test_it_all_works_without_javascript_and_in_the_dark(person, site):
    # Given someone whose phone runs no scripts
    site.manage(
        "shell", "-v", "0", "-c", NEW_PATIENT.replace("noor@", "mina@").format(password=PASSWORD)
    )
    mina = person(PHONE, java_script_enabled=False, color_scheme="dark")
    mina.signs_in("mina@example.com")
    mina.page.get_by_role("link", name="Has something changed? You can pause Cinta.").click()
    # When she pauses, giving a day that has not come
    mina.page.locator("summary", has_text="It was not today").click()
    mina.page.get_by_label("On which day?").fill("2999-01-01")
    mina.presses("Pause Cinta. No reason needed.")
    # Then she is told beside the field, and can correct it
    mina.sees("This day has not come yet.")
    mina.page.get_by_label("On which day?").fill("")
    mina.presses("Pause Cinta. No reason needed.")
    mina.sees("Cinta is paused", "We do not ask why.")
