"""An open alert rises when her risk is known better, and never falls."""

import uuid

import pytest

from tracker.actions import acknowledge_alert, place_stitch, record_length, report_symptoms
from tracker.actions.history import RISKS, change_history, known_of
from tracker.advice import assess_for
from tracker.enums import AlertEventKind, CerclageIndication, Urgency


@pytest.fixture
def alert(pregnancy, colleague):
    """Hannah's open alert for light bleeding at 18w0d and no known risk; Kofi has taken it."""
    report = report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["BLEED_LIGHT"],
        assessment=assess_for(pregnancy, ["BLEED_LIGHT"]),
        by=pregnancy.patient,
    )
    assert report.urgency == Urgency.URGENT
    acknowledge_alert(alert=report.alert, by=colleague)
    return report.alert


def short_scan(pregnancy, by):
    day = pregnancy.practice.today()
    record_length(pregnancy=pregnancy, measured_on=day, length_mm=22, funneling=False, by=by)


def long_scan(pregnancy, by):
    day = pregnancy.practice.today()
    record_length(pregnancy=pregnancy, measured_on=day, length_mm=40, funneling=False, by=by)


def stitch(pregnancy, by):
    day = pregnancy.practice.today()
    place_stitch(pregnancy=pregnancy, by=by, placed_on=day, indication=CerclageIndication.EXAM)


def earlier_loss(pregnancy, by):
    known = known_of(pregnancy, pregnancy.patient)
    right = known | {RISKS[1]: True}
    change_history(pregnancy=pregnancy, right=right, reason="told us", checked=True, by=by)


@pytest.mark.parametrize("learned", [short_scan, stitch, earlier_loss])
def test_what_makes_her_risk_high_raises_her_open_alert_and_tells_the_team_anew(
    learned, alert, pregnancy, provider
):
    learned(pregnancy, provider)
    alert.refresh_from_db()
    assert alert.urgency == Urgency.EMERGENCY
    assert alert.acknowledged_at is None and alert.round == 2
    assert alert.events.filter(kind=AlertEventKind.REASSESSED, by=provider).count() == 1
    assert alert.reports.get().urgency == Urgency.URGENT


def test_what_changes_nothing_leaves_the_alert_with_whoever_has_it(
    alert, pregnancy, provider, colleague
):
    long_scan(pregnancy, provider)
    alert.refresh_from_db()
    assert (alert.urgency, alert.acknowledged_by) == (Urgency.URGENT, colleague)
