"""A practice's own figures: counted from what happened, of this practice alone, without names."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from education.models import ChecklistItem
from tests.factories import PracticeFactory, PregnancyFactory, due_date_at
from tracker.enums import AlertEventKind, MarkKind, Urgency
from tracker.figures import figures_of, first_days
from tracker.figures_csv import safe
from tracker.models import Alert, AlertEvent, ChecklistMark, Pregnancy, SymptomReport
from tracker.waits import spread, waits_in

PAGE, CSV = reverse("figures"), reverse("figures_csv")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONTACT, URGENT, EMERGENCY = Urgency.CONTACT, Urgency.URGENT, Urgency.EMERGENCY


def step(kind: str, minute: int, urgency: int = URGENT) -> tuple:
    return kind, NOON + timedelta(minutes=minute), urgency


def lasted(*steps) -> list[tuple[Urgency, float | None]]:
    return [(wait.urgency, wait.minutes) for wait in waits_in(steps)]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step("raised", 0), step("acknowledged", 7)], [(URGENT, 7)]),
        ([step("raised", 0)], [(URGENT, None)]),
        # Said again by the same reader: no second wait.
        ([step("raised", 0), step("acknowledged", 7), step("acknowledged", 20)], [(URGENT, 7)]),
        # Reported again while unread: the first wait goes on.
        ([step("raised", 0), step("repeated", 5), step("acknowledged", 9)], [(URGENT, 9)]),
        # Graver: told anew from then on.
        (
            [step("raised", 0, CONTACT), step("repeated", 60, EMERGENCY), step("acknowledged", 63)],
            [(EMERGENCY, 3)],
        ),
        # Taken, then reported again, then quiet: each is a wait of its own.
        (
            [
                step("raised", 0),
                step("acknowledged", 2),
                step("repeated", 10),
                step("acknowledged", 14),
                step("went_quiet", 134),
                step("acknowledged", 135),
            ],
            [(URGENT, 2), (URGENT, 4), (URGENT, 1)],
        ),
        ([step("raised", 0), step("acknowledged", 1), step("left", 8)], [(URGENT, 1), (URGENT, None)]),
        ([step("raised", 0), step("resolved", 3), step("reopened", 9)], [(URGENT, 3)]),
    ],
)  # fmt: skip
def test_each_time_an_alert_waited_for_a_reader_counts_once(steps, expected):
    assert lasted(*steps) == expected


def test_median_and_90th_percentile_are_of_the_waits_that_ended():
    waits = [
        wait
        for minutes in (*range(1, 11), None)
        for wait in waits_in(
            [step("raised", 0)] + ([step("acknowledged", minutes)] if minutes else [])
        )
    ]
    times = spread(waits)
    assert (times.count, times.median, times.ninetieth) == (10, 5.5, 9)


def test_the_last_twelve_months_run_over_the_year():
    days = first_days(datetime(2026, 2, 10).date())
    assert (str(days[0]), str(days[-2]), str(days[-1]), len(days)) == (
        "2025-03-01",
        "2026-02-01",
        "2026-03-01",
        13,
    )
    assert str(first_days(datetime(2026, 12, 1).date())[-1]) == "2027-01-01"


def waited(
    pregnancy: Pregnancy, by: User, minutes: int | None, level=URGENT, ago=timedelta(days=2)
):
    """Store an alert that was raised so long ago and read after so many minutes, then closed."""
    at = timezone.now() - ago
    closed = {"resolved_at": at, "resolved_by": by, "outcome": "reached"} if minutes else {}
    alert = Alert.objects.create(
        pregnancy=pregnancy,
        practice=pregnancy.practice,
        urgency=level,
        raised_at=at,
        confirm_by=at + timedelta(minutes=5),
        **closed,
    )
    alert.events.create(kind=AlertEventKind.RAISED, at=at, urgency=level)
    if minutes:
        read = at + timedelta(minutes=minutes)
        alert.events.create(kind=AlertEventKind.ACKNOWLEDGED, at=read, urgency=level, by=by)
    return alert


@pytest.mark.django_db
def test_times_come_from_the_steps_not_from_the_alert_as_it_stands(pregnancy, provider, practice):
    for minutes in (2, 4, 40):
        waited(pregnancy, provider, minutes, EMERGENCY)
    waited(pregnancy, provider, 9, ago=timedelta(days=200))
    found = figures_of(practice, 30, timezone.now())
    levels = {level: (times.count, times.median, late) for level, times, late in found.levels}
    assert levels == {EMERGENCY: (3, 4.0, 1), URGENT: (0, None, 0), CONTACT: (0, None, 0)}
    assert sum(times.count for _hour, times in found.hours) == 3
    year = figures_of(practice, 365, timezone.now())
    assert {level: times.count for level, times, _late in year.levels}[URGENT] == 1


@pytest.mark.django_db
def test_open_longer_than_promised_counts_the_unread_now_too(pregnancy, practice, provider):
    waited(pregnancy, provider, None)
    found = figures_of(practice, 30, timezone.now())
    assert found.late_now == 1 and {lv: n for lv, _t, n in found.levels}[URGENT] == 1


@pytest.mark.django_db
def test_alerts_per_100_reports_by_month(pregnancy, practice, provider):
    for _ in range(8):
        SymptomReport.objects.create(pregnancy=pregnancy, feels_ok=True)
    waited(pregnancy, provider, 3, ago=timedelta(0))
    month = figures_of(practice, 30, timezone.now()).months[-1]
    assert (month.reports, month.alerts, month.per_hundred) == (8, 1, 12.5)


@pytest.mark.django_db
def test_the_checklist_by_week_counts_what_is_due_for_her(practice, provider):
    item = ChecklistItem.objects.live().filter(audience="everyone", week_from__lte=18).first()
    theirs = [PregnancyFactory(practice=practice, age=(18, 0)) for _ in range(5)]
    ChecklistMark.objects.create(
        pregnancy=theirs[0], item=item, kind=MarkKind.READ, made_by=provider
    )
    (week,) = figures_of(practice, 30, timezone.now()).weeks
    due = week.due // 5
    assert (week.week, week.patients, week.done["read"]) == (18, 5, 1)
    assert week.shares == [round(100 / (5 * due)), 0, 0]


@pytest.mark.django_db
def test_of_fewer_than_five_patients_no_share_is_shown(pregnancy, practice, manager, sign_in):
    (week,) = figures_of(practice, 30, timezone.now()).weeks
    assert week.shares == [None, None, None]
    browser = sign_in(manager)
    assert "fewer than 5 patients" in browser.get(PAGE).content.decode()
    assert "fewer than 5" in browser.get(CSV).content.decode()


@pytest.mark.django_db
def test_an_empty_practice_gets_words(manager, sign_in):
    assert "There is nothing to count yet." in sign_in(manager).get(PAGE).content.decode()


@pytest.mark.django_db
def test_a_practice_without_a_report_gets_words_instead_of_an_empty_drawing(
    pregnancy, manager, sign_in
):
    page = sign_in(manager).get(PAGE).content.decode()
    assert "No patient has reported in the last 12 months." in page
    assert "No alert was acknowledged in this time." in page
    assert 'role="img"' not in page


@pytest.mark.django_db
def test_another_practice_counts_none_of_it(pregnancy, provider, outsider, sign_in):
    waited(pregnancy, provider, 3)
    SymptomReport.objects.create(pregnancy=pregnancy, feels_ok=True)
    browser = sign_in(outsider)
    assert "There is nothing to count yet." in browser.get(PAGE).content.decode()
    rows = list(csv.DictReader(io.StringIO(browser.get(CSV).content.decode("utf-8-sig"))))
    assert {row["value"] for row in rows} <= {"0", ""}


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "shown"), [("30", 30), ("365", 365), ("", 90), ("junk", 90)])
def test_the_period_is_one_of_three(manager, sign_in, asked, shown):
    answer = sign_in(manager).get(PAGE, {"days": asked})
    assert answer.context["figures"].days == shown


@pytest.mark.django_db
def test_the_page_shows_each_plot_with_title_description_and_table(
    pregnancy, provider, practice, sign_in
):
    waited(pregnancy, provider, 3)
    SymptomReport.objects.create(pregnancy=pregnancy, feels_ok=True)
    for _ in range(5):
        PregnancyFactory(practice=practice, age=(18, 0))
    page = sign_in(provider).get(PAGE).content.decode()
    for name in ("months", "hours", "weeks"):
        assert f'id="{name}-title"' in page and f'id="{name}-description"' in page
    assert page.count('role="img"') == 3 and page.count("<table") == 4
    assert "Hannah" not in page


@pytest.mark.django_db
def test_the_csv_holds_every_figure_and_no_name(pregnancy, provider, practice, sign_in):
    waited(pregnancy, provider, 3)
    practice.name = "=cmd|' /C calc'!A0"
    practice.save()
    answer = sign_in(provider).get(CSV)
    text = answer.content.decode()
    assert text.startswith("\ufeff") and "attachment" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert {row["practice"] for row in rows} == {"'=cmd|' /C calc'!A0"}
    median = [r for r in rows if (r["figure"], r["group"], r["measure"]) == ("minutes to acknowledge", "urgent", "median")]  # fmt: skip
    assert [row["value"] for row in median] == ["3.0"]
    assert "Hannah" not in text and pregnancy.patient.last_name not in text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\t=1", " =1", "\r=1"])
def test_a_cell_that_could_be_a_formula_is_escaped(cell):
    assert safe(cell).startswith("'")
    assert safe("Juniper") == "Juniper" and safe(None) == ""


def fill(practice, by: User, numbers: range) -> None:
    """Add patients with a report, an alert that was read, and a tick each."""
    people = User.objects.bulk_create(
        User(email=f"f{n}@example.org", role=Role.PATIENT, practice=practice) for n in numbers
    )
    due, item = due_date_at(practice, (18, 0)), ChecklistItem.objects.live().first()
    theirs = Pregnancy.objects.bulk_create(
        Pregnancy(patient=who, practice=practice, due_date=due) for who in people
    )
    SymptomReport.objects.bulk_create(SymptomReport(pregnancy=p, feels_ok=True) for p in theirs)
    now = timezone.now() - timedelta(hours=1)
    alerts = Alert.objects.bulk_create(
        Alert(pregnancy=p, practice=practice, urgency=1 + n % 3, raised_at=now)
        for n, p in enumerate(theirs)
    )
    AlertEvent.objects.bulk_create(
        AlertEvent(alert=a, kind=AlertEventKind.RAISED, at=now, urgency=a.urgency) for a in alerts
    )
    ChecklistMark.objects.bulk_create(
        ChecklistMark(pregnancy=p, item=item, kind=MarkKind.READ, made_by=by) for p in theirs
    )


@pytest.mark.django_db
def test_the_figures_cost_the_same_for_10_and_for_200_patients(practice, provider, sign_in):
    browser, counts = sign_in(provider), []
    for numbers in (range(10), range(10, 200)):
        fill(practice, provider, numbers)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            browser.get(PAGE)
        counts.append(len(captured))
    assert counts[0] == counts[1] < 30


@pytest.mark.django_db
def test_a_patient_gets_no_figures_and_a_practice_of_its_own_gets_its_own(patient, sign_in):
    assert sign_in(patient).get(PAGE).status_code == 403
    assert sign_in(patient).get(CSV).status_code == 403
    assert figures_of(PracticeFactory(), 30, timezone.now()).is_empty
