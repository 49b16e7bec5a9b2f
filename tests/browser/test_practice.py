"""A manager runs her practice: numbers, hours, days off, on call, colleagues, figures. All without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PASSWORD, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
CANYON = """
from django.contrib.auth.hashers import make_password
from accounts.models import Practice, Role, User
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.models import Pregnancy
practice = Practice.objects.create(name="Canyon Midwives", phone="(505) 555-0160", hospital_name="St. Brigid Hospital")
people = [("lena", "Lena", "Ortiz", Role.MANAGER), ("ama", "Ama", "Mensah", Role.PROVIDER), ("ida", "Ida", "Berg", Role.PROVIDER), ("june", "June", "Park", Role.PATIENT)]
made = [User.objects.create(email=f"{{name}}@canyon.example.com", password=make_password("{password}"), first_name=first, last_name=last, role=role, practice=practice) for name, first, last, role in people]
Pregnancy.objects.create(patient=made[3], practice=practice, due_date=due_date_by_scan(practice.today(), GestationalAge.of(18, 0)))
"""


@pytest.fixture(scope="module")
def canyon(site):
    """A practice of its own, with a manager, two providers and a patient."""
    site.manage("shell", "-v", "0", "-c", CANYON.format(password=PASSWORD))


def test_a_manager_runs_her_practice(person, canyon):
    # Given Lena, who manages Canyon Midwives, and June, a patient there
    lena = person(DESK).signs_in("lena@canyon.example.com")
    june = person(PHONE).signs_in("june@canyon.example.com")
    june.opens("/warning-signs/")
    june.sees("(505) 555-0160")
    # When she types a number nobody can dial, and then the new one
    lena.page.get_by_label("Phone", exact=True).fill("555-0161")
    lena.presses("Save the settings")
    lena.sees("is not a number a phone can dial")
    lena.page.get_by_label("Phone", exact=True).fill("(505) 555-0161")
    lena.presses("Save the settings")
    # Then she is asked once whether she means it
    lena.sees("from (505) 555-0160 to (505) 555-0161")
    lena.ticks("Yes, I have checked this. Change it.")
    lena.presses("Save the settings")
    lena.sees("Saved. Patients see it from now on.", "By Lena Ortiz")
    # And June sees the new number on her next page
    june.opens("/warning-signs/")
    june.sees("(505) 555-0161")
    # When she sets the hours, Monday's to Friday, and Saturday until midnight
    lena.presses("Opening hours")
    lena.page.get_by_label("Monday opens, 1").fill("08:00")
    lena.page.get_by_label("Monday closes, 1").fill("17:00")
    lena.page.get_by_label("Saturday opens, 1").fill("18:00")
    lena.page.get_by_label("Saturday closes, 1").fill("00:00")
    lena.presses("Save, and use Monday’s hours through Friday")
    expect(lena.page.get_by_label("Friday closes, 1")).to_have_value("17:00")
    lena.sees("18:00-24:00")
    # And a day off, first with a date that is none
    lena.presses("Holidays")
    lena.page.get_by_label("What the day is").fill("New Year")
    lena.page.get_by_label("Dates").fill("2027-13-01")
    lena.presses("Add")
    lena.sees("is not a date of the calendar")
    lena.page.get_by_label("Dates").fill("2027-01-01\n2027-07-05")
    lena.presses("Add")
    lena.sees("2 days off are added.", "Fri, Jan 1, 2027")
    # And the on-call order
    lena.presses("On call")
    lena.sees("Nobody is on call and there is no lead")
    for name in ("Ama Mensah", "Ida Berg"):
        lena.page.get_by_label("Add a provider").select_option(label=name)
        lena.presses("Add")
    lena.presses("Up Ida Berg")
    lena.sees("1. Ida Berg", "2. Ama Mensah")
    # When she invites a colleague, and lets Ida go
    lena.presses("Staff")
    lena.presses("Invite a colleague")
    for label, value in {"First name": "Rosa", "Last name": "Vega", "Email": "rosa@canyon.example.com"}.items():  # fmt: skip
        lena.page.get_by_label(label).fill(value)
    lena.presses("Invite and send the link")
    lena.sees("The link was sent to rosa@canyon.example.com.", "Has not signed in yet.")
    ida = person(DESK)
    ida.signs_in("ida@canyon.example.com")
    ida.sees("June Park")
    lena.page.locator("summary", has_text="Deactivate Ida Berg").click()
    lena.presses("Deactivate now Ida Berg")
    lena.sees("Ida Berg cannot sign in any more.")
    # Then Ida's next click ends at the sign-in page, and Ama is first on call
    ida.opens("/worklist/")
    assert "/accounts/login/" in ida.page.url
    lena.presses("On call")
    lena.sees("1. Ama Mensah")
    # And the figures have a place, with words where there is little to count
    lena.presses("Figures")
    lena.sees("Alerts per 100 reports, last 12 months", "fewer than 5 patients")
    lena.presses("365 days")
