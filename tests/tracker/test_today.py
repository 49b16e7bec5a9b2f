"""The patient's own pages: her week, her dates, her lesson."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import PracticeFactory, PregnancyFactory
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
from tracker.models import CervicalLength
from tracker.timelines import ribbon_of
from tracker.views import today as today_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def marisol(sign_in, stitched):
    return sign_in(stitched.patient)


def page_of(browser, name) -> str:
    return browser.get(reverse(name)).content.decode()


def test_today_shows_weeks_and_days_and_due_date(hannah, pregnancy):
    page = page_of(hannah, "today")
    assert "18 weeks, 0 days" in page
    assert pregnancy.due_date.strftime("%B ") in page


def test_today_leads_to_the_lesson_of_her_week(hannah):
    assert '<a href="/learn/weeks/18/">' in page_of(hannah, "today")


def test_a_calm_day_says_that_nothing_waits_and_never_that_all_is_well(hannah):
    page = page_of(hannah, "today")
    assert "Nothing is waiting for you right now" in page
    assert "If something changes, even a little, tell us or call." in page
    assert 'data-urgency="' not in page


@pytest.mark.parametrize(
    ("moment", "days"),
    [("2026-11-20T05:59:00Z", 0), ("2026-11-20T07:01:00Z", 1)],
)
def test_the_week_changes_at_midnight_of_the_practice_not_of_utc(sign_in, moment, days):
    with time_machine.travel(moment, tick=False):
        denver = PracticeFactory(time_zone="America/Denver")
        pregnancy = PregnancyFactory(practice=denver, due_date=datetime.date(2027, 4, 22))
        assert f"18 weeks, {days} day" in page_of(sign_in(pregnancy.patient), "today")


def test_her_stitch_has_its_dates_and_replaces_the_window(marisol, stitched):
    page = page_of(marisol, "timeline")
    removal = stitched.due_date - datetime.timedelta(days=28)
    assert removal.strftime("%b ") + str(removal.day) in page
    assert "Your stitch comes out" in page and "A stitch because of the past goes in" not in page


def test_without_a_stitch_the_timeline_shows_the_windows(hannah):
    page = page_of(hannah, "timeline")
    assert "A stitch because of the past goes in" in page and "Your stitch comes out" not in page
    assert "also after week 20" in page


def test_lessons_for_a_stitch_are_for_those_who_have_one(hannah, marisol):
    lesson = "/learn/going-home-with-a-stitch/"
    signs = "With a stitch"
    assert signs in page_of(marisol, "report_symptoms") and signs not in page_of(
        hannah, "report_symptoms"
    )
    assert lesson not in page_of(hannah, "today")


def test_a_short_cervix_makes_the_pregnancy_high_risk(pregnancy, provider):
    assert not pregnancy.is_high_risk
    CervicalLength.objects.create(
        pregnancy=pregnancy,
        measured_on=pregnancy.practice.today(),
        gestational_days=126,
        length_mm=25,
        recorded_by=provider,
    )
    fresh = type(pregnancy).objects.get(pk=pregnancy.pk)
    assert fresh.is_high_risk and fresh.risk_reasons == ["cervix 25 mm or less"]


def test_warning_signs_follow_her_week_and_risk(marisol, hannah):
    spotting = "Spotting"
    assert spotting in page_of(marisol, "warning_signs").split('data-urgency="urgent"')[0]
    assert spotting in page_of(hannah, "warning_signs").split('data-urgency="urgent"')[1]


def test_the_list_begins_with_what_to_look_at_first(client, db):
    page = page_of(client, "warning_signs")
    assert (
        page.index("A gush of fluid")
        < page.index("Something is coming out")
        < page.index("It is hard to breathe")
    )


def test_the_public_list_marks_what_is_stricter_with_a_stitch(client, db):
    page = page_of(client, "warning_signs")
    assert "With a stitch, short cervix or earlier loss: Go to the hospital now" in page
    assert 'href="tel:911"' in page


def test_history_shows_every_report_with_its_level(hannah):
    assert "Nothing logged yet. That is fine." in page_of(hannah, "symptoms")
    hannah.post(reverse("report_symptoms"), {"symptoms": ["bleed_light"], "note": "pink"})
    page = page_of(hannah, "symptoms")
    assert "Spotting" in page and "Call now" in page and "“pink”" in page


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("today", 20),
        ("checklist", 12),
        ("symptoms", 10),
        ("timeline", 10),
        ("report_symptoms", 10),
    ],
)
def test_a_page_costs_few_queries(hannah, name, most):
    hannah.post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
    with CaptureQueriesContext(connection) as captured:
        page_of(hannah, name)
    assert len(captured) <= most, [query["sql"][:90] for query in captured]


def test_the_form_carries_every_sign_that_can_be_ticked(marisol):
    page = page_of(marisol, "report_symptoms")
    assert page.count('name="symptoms"') == 62
    assert 'value="fever_plus"' not in page


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(3, "Good evening"), (4, "Good morning"), (12, "Good afternoon"), (18, "Good evening")],
)
def test_the_greeting_fits_the_hour_at_the_practice(patient, sign_in, hour, greeting):
    local = datetime.datetime(2026, 11, 21, hour, 30, tzinfo=patient.practice.zone)
    with time_machine.travel(local):
        assert greeting in sign_in(patient).get(reverse("today")).content.decode()


def test_a_report_that_arrives_while_the_page_is_made_breaks_nothing(
    hannah, patient, pregnancy, monkeypatch
):
    """The page reads her alert after everything else: by then there may be one that was not there before."""

    def reports_meanwhile(reported):
        report_symptoms(
            pregnancy=reported,
            report_id=uuid.uuid4(),
            symptoms=["BLEED_LIGHT"],
            assessment=Assessment(Urgency.URGENT, ()),
            by=patient,
        )
        return ribbon_of(reported)

    monkeypatch.setattr(today_view, "ribbon_of", reports_meanwhile)
    page = hannah.get(reverse("today")).content.decode()
    assert "you told us: <b>Spotting</b>" in page
