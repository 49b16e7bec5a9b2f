"""The warning signs on one sheet: by the rules, at the strictest for the weeks ahead."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse

from education.models import WarningSign
from education.templatetags.paper import drawn
from tests.factories import PracticeFactory, PregnancyFactory, UserFactory, place_stitch
from tracker.actions import end_pregnancy
from tracker.clinical.triage import Answers, assess
from tracker.enums import PregnancyEnd, Urgency
from tracker.signs import leveled_signs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def sheet(browser) -> str:
    page = browser.get(reverse("fridge")).content.decode()
    return page[page.index('<article class="fridge"') : page.index("</article>")]


def levels_on(browser) -> dict[str, Urgency]:
    """Return the level each sign stands under on the sheet."""
    found = {}
    for code, section in re.findall(r'data-urgency="(\w+)"(.*?)</section>', sheet(browser), re.S):
        for words in re.findall(r"<li>([^<]+)", section):
            found[unescape(words).strip()] = Urgency[code.upper()]
    return found


def label(code: str) -> str:
    return WarningSign.objects.get(code=code).label


def test_for_a_patient_each_sign_is_as_strict_as_the_rules_get_from_her_week_on(sign_in, pregnancy):
    levels = levels_on(sign_in(pregnancy.patient))
    for sign in WarningSign.objects.on_the_form(with_stitch=False):
        weeks = range(18, 43)
        worst = max(
            assess(Answers(frozenset({sign.code}), week * 7, high_risk=False)).urgency
            for week in weeks
        )
        assert levels[sign.label] == worst, sign.code


@pytest.mark.parametrize("weeks", [4, 13, 18, 24, 36, 41])
def test_it_is_never_milder_than_her_own_page_of_signs_in_any_week_ahead(weeks, sign_in, practice):
    hers = PregnancyFactory(practice=practice, age=(weeks, 2), earlier_loss=True)
    levels = levels_on(sign_in(hers.patient))
    for later in range(weeks, 43):
        then = PregnancyFactory(practice=practice, age=(later, 0), earlier_loss=True)
        for level, signs in leveled_signs(then).items():
            for each in signs:
                assert levels[each.sign.label] >= level, (each.sign.code, later)


def test_what_is_over_does_not_count_and_what_comes_does(sign_in, practice):
    """Spotting means the hospital in weeks 14 to 23 at high risk, and a call after that."""
    early = PregnancyFactory(practice=practice, age=(10, 0), earlier_loss=True)
    late = PregnancyFactory(practice=practice, age=(24, 0), earlier_loss=True)
    assert levels_on(sign_in(early.patient))[label("BLEED_LIGHT")] == Urgency.EMERGENCY
    assert levels_on(sign_in(late.patient))[label("BLEED_LIGHT")] == Urgency.URGENT


def test_without_a_due_date_it_is_the_strictest_of_all_weeks(sign_in, practice):
    hers = PregnancyFactory(practice=practice, due_date=None, earlier_loss=True)
    assert levels_on(sign_in(hers.patient))[label("BLEED_LIGHT")] == Urgency.EMERGENCY
    assert "for any week" in sheet(sign_in(hers.patient))


def test_the_strict_reading_of_the_practice_counts(sign_in):
    practice = PracticeFactory(strict_reading=True)
    hers = PregnancyFactory(practice=practice, age=(18, 0))
    assert levels_on(sign_in(hers.patient))[label("BACK_PAIN")] == Urgency.EMERGENCY


def test_signs_of_a_stitch_stand_on_it_only_when_she_has_one(sign_in, pregnancy, stitched):
    with_stitch = levels_on(sign_in(stitched.patient))
    assert label("STITCH_FLUID") in with_stitch
    assert label("STITCH_FLUID") not in levels_on(sign_in(pregnancy.patient))
    # On paper only the small line tells the two kinds of spotting apart.
    assert "In the first few days" in sheet(sign_in(stitched.patient))


def test_anyone_else_gets_the_strictest_for_any_week_and_any_risk(client, provider, sign_in):
    levels = levels_on(client)
    signs = WarningSign.objects.on_the_form(with_stitch=False)
    assert len(levels) == len(signs)
    for sign in signs:
        strictest = assess(Answers(frozenset({sign.code}), None, high_risk=True)).urgency
        assert levels[sign.label] == strictest, sign.code
    assert levels_on(sign_in(provider)) == levels


def test_it_carries_the_numbers_the_day_and_a_picture_of_the_address(client, sign_in, pregnancy):
    page = sheet(sign_in(pregnancy.patient))
    today = pregnancy.practice.today()
    for words in (
        "Juniper Street Care",
        "(505) 555-0142",
        "St. Brigid Hospital",
        "(505) 555-0177",
        "911",
        "988",
        f"Made on {today:%B} {today.day}, {today.year}, in week 18.",
        "as strict as it gets from this week on",
        "No clinician has signed these rules yet",
    ):
        assert words in page, words
    address = settings.BASE_URL + "/warning-signs/"
    assert drawn(address) in page and address.partition("://")[2] in page
    stranger = sheet(client)
    assert "911" in stranger and "(505) 555" not in stranger and drawn(address) in stranger


def test_it_names_nobody(sign_in, stitched):
    patient = stitched.patient
    page = sheet(sign_in(patient))
    assert patient.last_name not in page and patient.first_name not in page


@pytest.mark.parametrize("end", [PregnancyEnd.BIRTH, PregnancyEnd.MISCARRIAGE])
def test_after_the_end_it_speaks_of_her_and_no_baby(end, sign_in, stitched, provider):
    end_pregnancy(pregnancy=stitched, kind=end, ended_on=stitched.practice.today(), by=provider)
    browser = sign_in(stitched.patient)
    page = sheet(browser)
    assert "Get medical care at once for any of these" in page and "988" in page
    assert "baby" not in page.lower() and "stitch" not in page.lower()
    assert "week" not in page.lower()


@pytest.mark.parametrize("end", PregnancyEnd)
def test_after_any_end_no_page_offers_it(end, sign_in, stitched, provider):
    browser = sign_in(stitched.patient)
    for name in ("warning_signs", "me", "library"):
        offered = reverse("fridge") in browser.get(reverse(name)).content.decode()
        assert offered is (name != "library")
    end_pregnancy(pregnancy=stitched, kind=end, ended_on=stitched.practice.today(), by=provider)
    for name in ("warning_signs", "me", "today"):
        assert reverse("fridge") not in browser.get(reverse(name)).content.decode()
    assert browser.get(reverse("fridge")).status_code == 200


def test_a_patient_without_a_record_gets_the_public_sheet(sign_in, practice, client):
    assert levels_on(sign_in(UserFactory(practice=practice))) == levels_on(client)


def test_a_stitch_that_came_later_is_on_the_next_sheet(sign_in, pregnancy, provider):
    browser = sign_in(pregnancy.patient)
    before = levels_on(browser)
    place_stitch(pregnancy, provider)
    after = levels_on(browser)
    assert before.items() - after.items() and all(after[each] >= before[each] for each in before)


def test_a_lesson_on_paper_says_whose_it_is_whom_to_call_and_where_it_stands(sign_in, patient):
    page = sign_in(patient).get("/learn/bleeding/").content.decode()
    head = page[page.index('<div class="print-head">') : page.index('<section class="hero"')]
    for words in ("Juniper Street Care", "(505) 555-0142", "(505) 555-0177", "911", "printed on"):
        assert words in head
    assert settings.BASE_URL.partition("://")[2] + "/learn/bleeding/" in head
