"""Reports that come late, from devices whose clocks may be wrong: the time shown is true."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import PregnancyFactory, place_stitch
from tests.tracker.faults import level, tell
from tracker.enums import Urgency
from tracker.forms import said_at
from tracker.models import SymptomReport
from tracker.views import symptoms

NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def hannah(at_home, patient):
    return at_home(patient)


def sent_after(off=datetime.timedelta(0), **waited) -> dict[str, str]:
    """Return what a device sends whose clock is ``off``, for a report it kept that long."""
    sent = timezone.now() + off
    made = sent - datetime.timedelta(**waited)
    return {"device_made_at": made.isoformat(), "device_sent_at": sent.isoformat()}


@pytest.mark.parametrize(
    ("made", "sent", "expected"),
    [
        (None, None, NOON),
        (NOON, None, NOON),
        (None, NOON, NOON),
        (NOON, NOON, NOON),
        (NOON - datetime.timedelta(days=5), NOON, NOON - datetime.timedelta(days=5)),
        (NOON.replace(year=2025, day=15), NOON.replace(year=2025), NOON.replace(day=15)),
        (NOON.replace(year=2031, day=15), NOON.replace(year=2031), NOON.replace(day=15)),
        (NOON - datetime.timedelta(days=60), NOON, NOON - datetime.timedelta(days=60)),
        (NOON - datetime.timedelta(days=60, seconds=1), NOON, NOON),
        (NOON + datetime.timedelta(seconds=1), NOON, NOON),
    ],
)
def test_when_she_said_it_follows_from_two_readings_of_one_clock(made, sent, expected):
    assert said_at(NOON, made, sent) == expected


@pytest.mark.parametrize("off_by", [0, -365, 4000])
def test_a_report_five_days_late_shows_both_times_whatever_the_devices_clock_says(
    hannah, pregnancy, off_by
):
    late = sent_after(off=datetime.timedelta(days=off_by), days=5)
    page = tell(hannah, "bleed_light", **late).content.decode()
    report = pregnancy.reports.get()
    assert abs(report.reported_at - report.made_at - datetime.timedelta(days=5)).seconds < 5
    assert report.device_clock == datetime.datetime.fromisoformat(late["device_made_at"])
    zone = pregnancy.practice.zone
    for moment in (report.made_at, report.reported_at):
        assert f"{moment.astimezone(zone):%B} {moment.astimezone(zone).day}" in page
    assert "It reached us on" in page


def test_a_report_that_came_at_once_shows_one_time(hannah):
    page = tell(hannah, "bleed_light", **sent_after(minutes=2)).content.decode()
    assert "It reached us on" not in page


@pytest.mark.parametrize(
    "reading",
    [
        "yesterday",
        "2026-13-45T99:00Z",
        "2026-11-20T12:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "\x00",
        "1" * 5000,
    ],
)
def test_a_broken_device_clock_is_ignored(hannah, pregnancy, reading):
    tell(hannah, "bleed_light", device_made_at=reading, device_sent_at=reading)
    report = pregnancy.reports.get()
    assert report.device_clock is None
    assert report.reported_at - report.made_at < datetime.timedelta(seconds=5)


@pytest.mark.parametrize(
    ("age_now", "days_late", "expected"),
    [((24, 0), 0, "urgent"), ((24, 0), 5, "emergency"), ((14, 0), 5, "emergency")],
)
def test_a_late_report_counts_for_the_day_she_said_it_and_for_today(
    at_home, practice, provider, age_now, days_late, expected
):
    """With a stitch, light bleeding is an emergency in weeks 14 to 23 and urgent before and after."""
    pregnancy = PregnancyFactory(practice=practice, age=age_now)
    place_stitch(pregnancy, provider)
    response = tell(at_home(pregnancy.patient), "bleed_light", **sent_after(days=days_late))
    assert level(response) == expected
    assert SymptomReport.objects.get().level == Urgency[expected.upper()]


def test_when_the_rules_raise_for_the_day_she_said_it_the_answer_is_the_hospital(
    hannah, monkeypatch
):
    monkeypatch.setattr(symptoms, "assess", lambda answers: 1 / 0)
    assert level(tell(hannah, "urine_often", **sent_after(days=3))) == "emergency"
