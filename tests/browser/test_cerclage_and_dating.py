"""A stitch and a due date, from the provider's desk to the patient's phone, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
# Someone of our own, so that the others' journeys find their people as they were.
MAKE_RUTH = """
from datetime import timedelta
from accounts.models import Practice, Role, User
from tracker.models import Pregnancy
hannah = User.objects.get(email="hannah@example.com")
ruth, _ = User.objects.get_or_create(
    email="{email}",
    defaults=dict(password=hannah.password, first_name="Ruth", last_name="Okoro",
                  role=Role.PATIENT, practice=hannah.practice, phone="(505) 555-0164"),
)
today = hannah.practice.today()
pregnancy, _ = Pregnancy.objects.get_or_create(
    patient=ruth,
    defaults=dict(practice=hannah.practice, due_date=today + timedelta(days=280 - 126)),
)
print("made", pregnancy.pk, today)
"""


@pytest.fixture
def ruth(site, request):
    """Ruth, 18w0d by her last period: her e-mail address, her chart, and the day at the practice."""
    email = f"{request.node.name.replace('_', '-')[:50]}@example.com"
    made = re.search(r"made (\S+) (\S+)", site.manage("shell", "-c", MAKE_RUTH.format(email=email)))
    assert made
    return email, f"/patients/{made[1]}/", made[2]


def test_a_stitch_outside_the_usual_weeks_goes_in_with_a_reason_and_comes_out(person, ruth):
    # Given Ruth, 18w0d, and Ellen at her desk
    email, chart, today = ruth
    ellen = person(DESK).signs_in("provider@example.com")
    ellen.opens(chart)
    ellen.presses("Record a cerclage")
    # When Ellen records a stitch of today because of Ruth's history
    page = ellen.page
    page.locator(".chip", has_text="History").click()
    page.get_by_label("Placed on").fill(today)
    page.get_by_label("Technique").fill("McDonald")
    ellen.presses("Save the stitch")
    # Then she is warned with the week, and what she typed is kept
    ellen.sees("That day she was 18w0d.", "12w0d to 14w6d")
    expect(page.get_by_label("Technique")).to_have_value("McDonald")
    # And with a reason it is stored
    page.get_by_label("Why this date is right all the same").fill("First seen this week")
    ellen.presses("Save the stitch")
    ellen.sees("Stitch in place", "Outside the usual weeks: First seen this week", "37w0d")
    # And Ruth has it on her own pages
    phone = person(PHONE).signs_in(email)
    phone.sees("Your stitch (cerclage)", "Planned to come out")
    phone.opens("/symptoms/report/")
    phone.sees("With a stitch")
    # When it has to come out
    ellen.presses("Record the removal")
    page.locator(".chip", has_text="Bleeding").click()
    page.get_by_label("Note").fill("Seen in triage")
    ellen.presses("Save the removal")
    # Then Ellen reads what comes next, and Ruth is no longer asked about a stitch
    ellen.sees("Make sure that a clinician has seen her.", "Call her: (505) 555-0164")
    phone.opens("/symptoms/report/")
    expect(phone.page.get_by_text("With a stitch")).to_have_count(0)
    # And a removal by mistake can be taken back
    ellen.presses("Correct the removal")
    ellen.ticks("It was not removed")
    page.get_by_label("What was wrong?").fill("Wrong patient")
    ellen.presses("Save the correction")
    ellen.sees("Stitch in place", "Wrong patient")
    phone.opens("/today/")
    phone.sees("Your stitch (cerclage)")


def test_a_due_date_changes_by_a_scan_with_its_arithmetic_shown(person, ruth):
    # Given Ruth, 18w0d by her last period
    email, chart, today = ruth
    phone = person(PHONE).signs_in(email)
    phone.sees("18 weeks, 0 days")
    # When Ellen enters a scan that finds her 11 days further along, without JavaScript
    ellen = person(DESK, java_script_enabled=False)
    ellen.signs_in("provider@example.com")
    ellen.opens(chart + "dating/")
    page = ellen.page
    page.get_by_label("Day of the scan").fill(today)
    page.get_by_label("Weeks on the scan").fill("19")
    page.get_by_label("and days").fill("9")
    ellen.presses("Show what it means")
    ellen.sees("Write a whole number from 0 to 6.")
    page.get_by_label("and days").fill("4")
    ellen.presses("Show what it means")
    # Then the rule is shown with its arithmetic, and nothing has changed yet
    ellen.sees("Proposal: nothing is stored yet", "11 days, more than 10: use the scan")
    phone.opens("/today/")
    phone.sees("18 weeks, 0 days")
    # And when she accepts it, Ruth's week follows
    ellen.presses("Accept")
    ellen.sees("Counts now", "Stood before the first entry here")
    phone.opens("/today/")
    phone.sees("19 weeks, 4 days")
    phone.opens("/timeline/")
    phone.sees("found by: Ultrasound")
    # And every page of it is as well made as the others
    looks = person(PHONE, color_scheme="dark").signs_in("provider@example.com")
    looks.opens(chart + "dating/")
    looks.page.get_by_label("Day of the scan").fill(today)
    looks.page.get_by_label("Weeks on the scan").fill("19")
    looks.presses("Show what it means")
    looks.sees("4 days, not more than 10: keep the earlier scan")
    looks.opens(chart)
    looks.sees("Dating", "Date it anew")
