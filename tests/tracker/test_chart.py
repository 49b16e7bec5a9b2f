"""One patient's record: opened through one door, acted on by one person, closed with what was done."""

import uuid

import pytest
from django.urls import reverse

from tracker.actions import acknowledge_alert, report_symptoms, resolve_alert
from tracker.clinical.triage import Answers, assess
from tracker.enums import AlertOutcome
from tracker.models import Alert


@pytest.fixture
def report(pregnancy):
    return report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["BLEED_LIGHT"],
        assessment=assess(Answers(frozenset({"BLEED_LIGHT"}), 126, high_risk=False)),
        note="since noon",
        by=pregnancy.patient,
    )


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def test_the_chart_shows_what_she_said_what_she_was_told_and_why(ellen, report, pregnancy):
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "18w0d" in page and "Spotting" in page and "since noon" in page
    assert "She was told: Call your care team now" in page
    assert "BLEED_LIGHT.any.4-42" in page


def test_every_opening_by_someone_else_leaves_a_row(ellen, pregnancy, provider):
    ellen.get(pregnancy.get_absolute_url())
    ellen.get(reverse("review_checklist", args=[pregnancy.pk]))
    rows = pregnancy.openings.order_by("pk").values_list("opened_by", "page")
    assert list(rows) == [(provider.pk, "chart"), (provider.pk, "review_checklist")]


def test_reading_her_own_pages_is_no_opening(sign_in, patient, pregnancy):
    sign_in(patient).get(reverse("today"))
    assert not pregnancy.openings.exists()


def test_the_access_log_can_neither_change_nor_vanish(ellen, pregnancy):
    ellen.get(pregnancy.get_absolute_url())
    row = pregnancy.openings.get()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_a_uuid_of_nobody_is_not_found(ellen):
    assert ellen.get(reverse("chart", args=[uuid.uuid4()])).status_code == 404


def test_only_one_of_two_providers_can_take_an_alert(report, provider, colleague):
    assert acknowledge_alert(alert=report.alert, by=provider)
    assert not acknowledge_alert(alert=report.alert, by=colleague)
    assert Alert.objects.get().acknowledged_by == provider


def test_the_second_provider_is_told_that_someone_was_first(report, provider, colleague, sign_in):
    acknowledge_alert(alert=report.alert, by=colleague)
    address = reverse("acknowledge_alert", args=[report.alert.pk])
    page = sign_in(provider).post(address, follow=True).content.decode()
    assert "Someone else was first" in page


def test_an_alert_closes_with_what_was_done_and_by_whom(ellen, report, provider):
    address = reverse("resolve_alert", args=[report.alert.pk])
    page = ellen.post(
        address, {"outcome": "hospital", "note": "Sister drives her"}, follow=True
    ).content.decode()
    alert = Alert.objects.get()
    assert (alert.outcome, alert.resolved_by, alert.acknowledged_by) == (
        "hospital",
        provider,
        provider,
    )
    assert "Reached her: sent to hospital" in page and "Sister drives her" in page
    assert [event.kind for event in alert.events.all()] == ["raised", "acknowledged", "resolved"]


@pytest.mark.parametrize(
    ("outcome", "message"),
    [("", "Say what was done."), ("vanished", "Choose what was done from the list.")],
)
def test_an_alert_does_not_close_without_what_was_done(ellen, report, outcome, message):
    address = reverse("resolve_alert", args=[report.alert.pk])
    page = ellen.post(address, {"outcome": outcome, "note": "my words"}).content.decode()
    assert message in page and "my words" in page and "<title>Error:" in page
    assert Alert.objects.open().exists()


def test_a_closed_alert_cannot_be_closed_again(report, provider, colleague):
    assert resolve_alert(alert=report.alert, outcome=AlertOutcome.SEEN, note="", by=provider)
    assert not resolve_alert(
        alert=report.alert, outcome=AlertOutcome.MISTAKE, note="", by=colleague
    )
    assert Alert.objects.get().outcome == AlertOutcome.SEEN


def test_a_report_after_closing_raises_a_new_alert(report, pregnancy, provider):
    resolve_alert(alert=report.alert, outcome=AlertOutcome.SEEN, note="", by=provider)
    report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["URINE_OFTEN"],
        assessment=assess(Answers(frozenset({"URINE_OFTEN"}), 126, high_risk=False)),
        by=pregnancy.patient,
    )
    assert pregnancy.alerts.open().get().level.name == "CONTACT"
