"""One patient's record: opened through one door, acted on by one person, closed with what was done."""

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.models import ChecklistItem
from tests.factories import PregnancyFactory
from tracker.actions import acknowledge_alert, report_symptoms, resolve_alert
from tracker.clinical.triage import Answers, assess
from tracker.enums import AlertOutcome, MarkKind
from tracker.models import (
    Alert,
    CervicalLength,
    ChecklistMark,
    Note,
    Pregnancy,
    SymptomReport,
)


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


def test_the_log_says_what_was_advised_and_what_was_done(ellen, report, pregnancy, provider):
    resolve_alert(alert=report.alert, outcome=AlertOutcome.SEEN, note="Closed cervix.", by=provider)
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    log = page[page.index('id="log"') :]
    assert "She was told: Call your care team now" in log
    assert "Seen in clinic: Ellen Park, CNM" in log and "Closed cervix." in log


def make_reports(pregnancy, many):
    SymptomReport.objects.bulk_create(
        SymptomReport(
            pregnancy=pregnancy,
            symptoms=["URINE_OFTEN"],
            note=f"number {number}.",
            urgency=1,
            rules_version="1",
            gestational_days=40 + number % 80,
        )
        for number in range(many)
    )


def make_rest(pregnancy, provider, many):
    today = pregnancy.practice.today()
    CervicalLength.objects.bulk_create(
        CervicalLength(
            pregnancy=pregnancy,
            measured_on=today - datetime.timedelta(days=number),
            length_mm=20 + number % 20,
            recorded_by=provider,
            gestational_days=100,
        )
        for number in range(many)
    )
    Note.objects.bulk_create(
        Note(pregnancy=pregnancy, text=f"Note {number}.", recorded_by=provider)
        for number in range(many)
    )


def queries_of(browser, pregnancy) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(pregnancy.get_absolute_url()).status_code == 200
    return len(queries)


def test_the_chart_asks_as_often_for_200_reports_as_for_10(ellen, practice, provider):
    few, many = PregnancyFactory(practice=practice), PregnancyFactory(practice=practice)
    make_reports(few, 10)
    make_rest(few, provider, 3)
    make_reports(many, 200)
    make_rest(many, provider, 30)
    queries_of(ellen, few)
    assert queries_of(ellen, few) == queries_of(ellen, many)


def test_the_newest_20_of_the_log_and_all_on_demand(ellen, pregnancy):
    make_reports(pregnancy, 25)
    address = pregnancy.get_absolute_url()
    page = ellen.get(address).content.decode()
    assert page.count("number ") == 20 and "The newest 20 of 25." in page
    assert ellen.get(f"{address}?log=all").content.decode().count("number ") == 25


def test_the_ribbon_marks_scans_stitches_and_reports_and_says_them_in_words(
    ellen, stitched, provider
):
    make_reports(stitched, 1)
    make_rest(stitched, provider, 1)
    page = ellen.get(stitched.get_absolute_url()).content.decode()
    assert "rb-dot--scan" in page and "rb-rep--contact" in page
    words = page[page.index("The timeline in words") :]
    assert "Stitch in: " in words and "(13w3d)" in words
    assert "Scan: " in words and "Report: " in words and "Call today" in words


def test_her_own_pages_show_scans_and_no_mark_of_alarm(sign_in, pregnancy, provider):
    make_reports(pregnancy, 1)
    make_rest(pregnancy, provider, 1)
    browser = sign_in(pregnancy.patient)
    for name in ("today", "timeline"):
        page = browser.get(reverse(name)).content.decode()
        assert "rb-dot--scan" in page and "rb-rep" not in page


def test_an_ended_pregnancy_says_when_it_ended(ellen, pregnancy):
    today = pregnancy.practice.today()
    Pregnancy.objects.filter(pk=pregnancy.pk).update(ended_on=today, end="birth")
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "Ended, 18w0d" in page and "rb-end" in page and "Today, None" not in page


def test_an_undated_record_opens(ellen, practice, provider):
    undated = PregnancyFactory(practice=practice, due_date=None)
    make_rest(undated, provider, 2)
    page = ellen.get(undated.get_absolute_url()).content.decode()
    assert "No scan can be planned without a due date." in page
    assert "there is no week to draw a length at" in page


def test_the_summary_says_risk_and_history(ellen, pregnancy):
    Pregnancy.objects.filter(pk=pregnancy.pk).update(earlier_loss=True, gravida=2, para="0010")
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "G2 P0010" in page and "High: earlier second-trimester loss" in page


def test_the_chart_says_item_by_item_what_was_read_gone_over_and_taught_back(
    ellen, pregnancy, provider
):
    read, taught = ChecklistItem.objects.live().filter(audience="everyone")[:2]
    for item, kind in (
        (read, MarkKind.READ),
        (taught, MarkKind.READ),
        (taught, MarkKind.TEACH_BACK),
    ):
        ChecklistMark.objects.create(pregnancy=pregnancy, item=item, kind=kind, made_by=provider)
    page = BeautifulSoup(ellen.get(pregnancy.get_absolute_url()).content, "html.parser")
    rows = {row.th.text: [cell.text for cell in row("td")] for row in page.select(".ed tbody tr")}
    assert set(rows) == {read.title, taught.title}
    assert rows[read.title][1:] == ["Not yet", "Not yet", ""]
    assert rows[taught.title][1:] == ["Not yet", "Yes", provider.signature]
    assert "nobody has opened yet" in page.find(id="education").parent.text
