"""A manager says a paragraph in her practice's words, and answers for what nobody has checked."""

import re

import pytest

from tests.browser.conftest import DESK, PASSWORD, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
LESSON = "/learn/visits-and-vaccines/"
ARROYO = """
from django.contrib.auth.hashers import make_password
from accounts.models import Practice, Role, User
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.models import Pregnancy
practice = Practice.objects.create(name="Arroyo Midwives", phone="(505) 555-0170", hospital_name="St. Brigid Hospital")
people = [("vera", "Vera", "Luz", Role.MANAGER), ("rosa", "Rosa", "Diaz", Role.PATIENT)]
made = [User.objects.create(email=f"{{name}}@arroyo.example.com", password=make_password("{password}"), first_name=first, last_name=last, role=role, practice=practice) for name, first, last, role in people]
Pregnancy.objects.create(patient=made[1], practice=practice, due_date=due_date_by_scan(practice.today(), GestationalAge.of(18, 0)))
"""


@pytest.fixture(scope="module")
def arroyo(site):
    """A practice of its own, with a manager and a patient."""
    site.manage("shell", "-v", "0", "-c", ARROYO.format(password=PASSWORD))


def test_a_practice_replaces_a_paragraph_and_answers_for_the_rest(person, arroyo):
    # Given Vera, who manages Arroyo Midwives, and Rosa, a patient there
    vera = person(DESK).signs_in("vera@arroyo.example.com")
    rosa = person(PHONE).signs_in("rosa@arroyo.example.com")
    # When she says in her own words how a visit is changed
    vera.opens("/practice/library/words/topic/visits-and-vaccines/")
    vera.page.get_by_role("link", name=re.compile("Write ours.*If you cannot come")).click()
    vera.page.get_by_label("Our words").fill("Ring Vera on (505) 555-0171 to change a visit.")
    vera.presses("Send it to a clinician")
    vera.sees("Waits for a clinician since", "Your patients read the library’s words.")
    # Then Rosa does not read it yet
    rosa.opens(LESSON)
    assert not rosa.page.get_by_text("Ring Vera").count()
    # When a clinician approves it
    nora = person(DESK).signs_in("reviewer@example.com")
    nora.opens("/cms/review/")
    nora.page.get_by_role("link", name="Arroyo Midwives: Visits, tests and vaccines").click()
    nora.page.get_by_role("button", name="Approve these words").click()
    # Then Rosa reads it, with whose words they are
    rosa.opens(LESSON)
    rosa.sees("Ring Vera on (505) 555-0171 to change a visit.", "From Arroyo Midwives")
    # When Vera accepts the rest as unreviewed, by name
    vera.opens("/practice/library/")
    vera.page.get_by_text("Accept them as unreviewed").click()
    vera.page.get_by_role("radio", name="30 days").check()
    vera.page.get_by_role("checkbox").check()
    vera.presses("Show them to my patients")
    vera.sees("Vera Luz")
    # Then each of Rosa's pages says who shows it
    rosa.opens(LESSON)
    rosa.sees("Vera Luz of Arroyo Midwives shows it until")
