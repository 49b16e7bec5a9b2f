"""Who is told when nobody reads an alert, minute by minute, with a clock that stands still until it is moved."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from tests.factories import PracticeFactory, PregnancyFactory, UserFactory, open_at, put_on_call
from tracker.actions import acknowledge_alert, escalate_due, report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Channel, Tells, Urgency
from tracker.models import Alert, EscalationStep, Message, SymptomReport

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
FRIDAY_NOON = "2026-11-20T12:00:00-07:00"
SATURDAY = "2026-11-21T10:00:00-07:00"
WEEKDAYS = [(day, "08:00", "17:00") for day in range(5)]
EVERYONE = ["first", "lead", "other", "second", "third"]


@pytest.fixture(autouse=True)
def clock():
    """Noon on a Friday in Denver, until a test moves it."""
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff(clock, practice):
    """Five providers: three on call, the lead, and one more; the practice is open on weekdays from 8 to 5."""
    people = {
        name: UserFactory(provider=True, practice=practice, email=f"{name}@example.org")
        for name in ("first", "second", "third", "lead", "other")
    }
    put_on_call(practice, people["first"], people["second"], people["third"])
    practice.lead = people["lead"]
    practice.save()
    open_at(practice, *WEEKDAYS)
    return people


def report(pregnancy, urgency, code="BLEED_LIGHT") -> Alert:
    return report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    ).alert


def walk(clock, until: timedelta, every: timedelta = timedelta(minutes=1)) -> None:
    """Let time pass, with a sweep of the worker at every step."""
    end = timezone.now() + until
    while timezone.now() < end:
        clock.shift(every)
        assert escalate_due()


def told(alert) -> list[tuple[datetime, list[str]]]:
    """Return who was told when, in order."""
    moments: dict[datetime, list[str]] = {}
    mails = Message.objects.filter(alert=alert, channel=Channel.EMAIL).select_related("to")
    for mail in mails.order_by("created_at", "to__email"):
        moments.setdefault(mail.created_at, []).append(mail.to.email.split("@")[0])
    return list(moments.items())


def minutes_told(alert) -> list[tuple[int, list[str]]]:
    """Return who was told how many minutes after the report."""
    raised = alert.events.earliest("at").at
    return [(int((moment - raised).total_seconds() // 60), names) for moment, names in told(alert)]


def local(alert) -> list[tuple[str, list[str]]]:
    """Return who was told at what time of the clock on the practice's wall."""
    return [(f"{at.astimezone(DENVER):%a %H:%M}", names) for at, names in told(alert)]


def kinds(alert) -> list[str]:
    return [event.kind for event in alert.events.all()]


# -- The defaults ----------------------------------------------------------------------


def test_an_emergency_is_told_at_once_after_5_after_15_and_then_to_everyone(
    staff, pregnancy, clock
):
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=50))
    assert minutes_told(alert) == [
        (0, ["first"]),
        (5, ["second"]),
        (15, ["third"]),
        (30, EVERYONE),
        (45, EVERYONE),
    ]


def test_an_urgent_alert_is_told_at_0_15_30_and_60_and_then_to_everyone(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.URGENT)
    walk(clock, timedelta(minutes=125))
    assert minutes_told(alert) == [
        (0, ["first"]),
        (15, ["second"]),
        (30, ["third"]),
        (60, ["lead"]),
        (90, EVERYONE),
        (120, EVERYONE),
    ]


def test_a_call_today_waits_for_the_opening_and_counts_opening_hours(staff, pregnancy, clock):
    clock.move_to(SATURDAY)
    alert = report(pregnancy, Urgency.CONTACT)
    walk(clock, timedelta(days=3, hours=6), timedelta(minutes=15))
    assert local(alert) == [
        ("Mon 08:00", ["first"]),
        ("Mon 12:00", ["second"]),
        ("Mon 16:00", ["lead"]),
        ("Tue 15:00", EVERYONE),
    ]


def test_an_emergency_does_not_wait_for_the_opening(staff, pregnancy, clock):
    clock.move_to(SATURDAY)
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=5))
    assert minutes_told(alert) == [(0, ["first"]), (5, ["second"])]


def test_a_holiday_is_not_an_opening_day(staff, practice, pregnancy, clock):
    practice.holidays.create(day="2026-11-26", name="Thanksgiving")
    clock.move_to("2026-11-25T16:00:00-07:00")
    alert = report(pregnancy, Urgency.CONTACT)
    walk(clock, timedelta(days=2), timedelta(minutes=15))
    assert local(alert) == [("Wed 16:00", ["first"]), ("Fri 11:00", ["second"])] + [
        ("Fri 15:00", ["lead"])
    ]


# -- What stops it, and what starts it anew ------------------------------------------------


def test_acknowledging_stops_it(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=3))
    acknowledge_alert(alert=alert, by=staff["other"])
    walk(clock, timedelta(minutes=25))
    assert minutes_told(alert) == [(0, ["first"])]


def test_a_more_urgent_report_starts_a_new_round_at_once(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.CONTACT)
    walk(clock, timedelta(minutes=10))
    assert report(pregnancy, Urgency.EMERGENCY) == alert
    walk(clock, timedelta(minutes=6))
    assert minutes_told(alert) == [(0, ["first"]), (10, ["first"]), (15, ["second"])]


def test_the_same_again_does_not_start_the_waiting_anew(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.URGENT)
    walk(clock, timedelta(minutes=10))
    report(pregnancy, Urgency.URGENT, "ABDO_CRAMP")
    walk(clock, timedelta(minutes=6))
    assert minutes_told(alert) == [(0, ["first"]), (15, ["second"])]


def test_a_report_after_someone_took_it_starts_a_new_round(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.URGENT)
    acknowledge_alert(alert=alert, by=staff["first"])
    walk(clock, timedelta(minutes=10))
    report(pregnancy, Urgency.CONTACT)
    walk(clock, timedelta(minutes=16))
    assert minutes_told(alert) == [(0, ["first"]), (10, ["first"]), (25, ["second"])]


@pytest.mark.parametrize(
    ("urgency", "moment"),
    [
        (Urgency.EMERGENCY, "2026-11-20T12:30:00-07:00"),
        (Urgency.URGENT, "2026-11-20T14:00:00-07:00"),
        # Five hours on Friday, three on Monday.
        (Urgency.CONTACT, "2026-11-23T11:00:00-07:00"),
    ],
)
def test_an_alert_that_went_quiet_is_raised_again_once_and_its_holder_is_told_too(
    staff, pregnancy, clock, urgency, moment
):
    alert = report(pregnancy, urgency)
    acknowledge_alert(alert=alert, by=staff["second"])
    quiet = datetime.fromisoformat(moment)
    clock.move_to(quiet - timedelta(minutes=1))
    assert escalate_due()
    assert "went_quiet" not in kinds(alert)
    clock.move_to(quiet)
    assert escalate_due()
    assert escalate_due()
    clock.shift(timedelta(minutes=1))
    assert escalate_due()
    assert kinds(alert).count("went_quiet") == 1
    assert [names for _, names in told(alert)] == [["first"], ["first", "second"]]
    assert Alert.objects.unread().get() == alert


def test_a_holder_who_is_first_on_call_is_told_once(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    acknowledge_alert(alert=alert, by=staff["first"])
    walk(clock, timedelta(minutes=31))
    assert minutes_told(alert) == [(0, ["first"]), (30, ["first"])]


def test_a_holder_whom_a_second_step_names_at_the_same_moment_is_told_once(
    staff, practice, pregnancy, clock
):
    own_step(practice, Urgency.EMERGENCY, 0, Tells.FIRST)
    own_step(practice, Urgency.EMERGENCY, 0, Tells.SECOND)
    alert = report(pregnancy, Urgency.EMERGENCY)
    acknowledge_alert(alert=alert, by=staff["second"])
    walk(clock, timedelta(minutes=31))
    assert minutes_told(alert) == [(0, ["first", "second"]), (30, ["first", "second"])]


def test_still_on_it_moves_the_moment_of_going_quiet(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    acknowledge_alert(alert=alert, by=staff["first"])
    walk(clock, timedelta(minutes=20))
    assert acknowledge_alert(alert=alert, by=staff["first"])
    walk(clock, timedelta(minutes=29))
    assert "went_quiet" not in kinds(alert)
    walk(clock, timedelta(minutes=1))
    assert "went_quiet" in kinds(alert)


# -- A practice's own steps ------------------------------------------------------------------


def own_step(practice, urgency, after, tells, in_opening_hours=False):
    EscalationStep.objects.create(
        practice=practice,
        urgency=urgency,
        after_minutes=after,
        tells=tells,
        in_opening_hours=in_opening_hours,
    )


def test_own_steps_replace_the_defaults_of_that_urgency_only(staff, practice, pregnancy, clock):
    own_step(practice, Urgency.URGENT, 2, Tells.THIRD)
    own_step(practice, Urgency.URGENT, 7, Tells.LEAD)
    own = report(pregnancy, Urgency.URGENT)
    default = report(PregnancyFactory(practice=practice), Urgency.EMERGENCY)
    assert own.confirm_by == timezone.now() + timedelta(minutes=7)
    walk(clock, timedelta(minutes=38))
    assert minutes_told(own) == [(2, ["third"]), (7, ["lead"]), (37, EVERYONE)]
    assert minutes_told(default)[:3] == [(0, ["first"]), (5, ["second"]), (15, ["third"])]


def test_own_steps_of_another_practice_change_nothing_here(staff, pregnancy, clock):
    own_step(PracticeFactory(), Urgency.URGENT, 2, Tells.THIRD)
    alert = report(pregnancy, Urgency.URGENT)
    walk(clock, timedelta(minutes=15))
    assert minutes_told(alert) == [(0, ["first"]), (15, ["second"])]


def test_a_step_in_opening_hours_does_not_delay_one_on_the_clock(staff, practice, pregnancy, clock):
    own_step(practice, Urgency.URGENT, 0, Tells.FIRST)
    own_step(practice, Urgency.URGENT, 60, Tells.SECOND, in_opening_hours=True)
    own_step(practice, Urgency.URGENT, 120, Tells.LEAD)
    clock.move_to(SATURDAY)
    alert = report(pregnancy, Urgency.URGENT)
    walk(clock, timedelta(days=1, hours=23), timedelta(minutes=15))
    assert local(alert) == [
        ("Sat 10:00", ["first"]),
        ("Sat 12:00", ["lead"]),
        ("Mon 09:00", ["second"]),
    ]


def test_two_who_are_told_together_have_time_to_confirm(staff, practice, pregnancy):
    own_step(practice, Urgency.URGENT, 0, Tells.FIRST)
    own_step(practice, Urgency.URGENT, 0, Tells.SECOND)
    own_step(practice, Urgency.URGENT, 20, Tells.LEAD)
    alert = report(pregnancy, Urgency.URGENT)
    assert minutes_told(alert) == [(0, ["first", "second"])]
    assert alert.confirm_by == timezone.now() + timedelta(minutes=20)


def test_a_single_step_is_followed_by_everyone(staff, practice, pregnancy, clock):
    own_step(practice, Urgency.EMERGENCY, 1, Tells.FIRST)
    alert = report(pregnancy, Urgency.EMERGENCY)
    assert alert.confirm_by == timezone.now() + timedelta(minutes=16)
    walk(clock, timedelta(minutes=16))
    assert minutes_told(alert) == [(1, ["first"]), (16, EVERYONE)]


# -- Who is not there ---------------------------------------------------------------------------


def test_with_nobody_on_call_the_lead_is_told_at_every_step(staff, practice, pregnancy, clock):
    practice.on_call.all().delete()
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=15))
    assert minutes_told(alert) == [(0, ["lead"]), (5, ["lead"]), (15, ["lead"])]


def test_without_a_second_the_lead_takes_the_place_and_then_everyone(
    staff, practice, pregnancy, clock
):
    practice.on_call.exclude(person=staff["first"]).delete()
    practice.lead = staff["first"]
    practice.save()
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=5))
    assert minutes_told(alert) == [(0, ["first"]), (5, EVERYONE)], "the lead was told already"


def test_with_nobody_on_call_and_no_lead_every_provider_is_told(staff, practice, pregnancy):
    practice.on_call.all().delete()
    practice.lead = None
    practice.save()
    outsider, patient = UserFactory(provider=True), pregnancy.patient
    alert = report(pregnancy, Urgency.EMERGENCY)
    assert minutes_told(alert) == [(0, EVERYONE)]
    assert not Message.objects.filter(to__in=[outsider, patient]).exists()


def test_whoever_left_is_not_told(staff, pregnancy, clock):
    for name in ("first", "lead"):
        staff[name].is_active = False
        staff[name].save()
    alert = report(pregnancy, Urgency.EMERGENCY)
    walk(clock, timedelta(minutes=15))
    assert minutes_told(alert) == [
        (0, ["second"]),
        (5, ["third"]),
        (15, ["other", "second", "third"]),
    ]


def test_a_practice_with_nobody_keeps_the_report_and_says_so(pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    assert kinds(alert) == ["raised", "nobody"] and not Message.objects.exists()
    assert SymptomReport.objects.get().alert == alert
    walk(clock, timedelta(minutes=5))
    assert kinds(alert) == ["raised", "nobody", "nobody"]


def test_someone_who_comes_later_is_told_at_the_next_step(practice, pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    UserFactory(provider=True, practice=practice, email="new@example.org")
    walk(clock, timedelta(minutes=5))
    assert minutes_told(alert) == [(5, ["new"])]


# -- A worker that was away, or two of them -----------------------------------------------------------


def test_a_worker_that_was_away_tells_each_of_the_missed_once(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.URGENT)
    clock.shift(timedelta(hours=2))
    assert escalate_due()
    assert escalate_due()
    assert minutes_told(alert) == [(0, ["first"]), (120, ["lead", "second", "third"])]
    walk(clock, timedelta(minutes=30))
    assert minutes_told(alert)[2:] == [(150, EVERYONE)]


def test_one_person_named_by_several_missed_steps_is_told_once(staff, practice, pregnancy, clock):
    practice.on_call.all().delete()
    alert = report(pregnancy, Urgency.URGENT)
    clock.shift(timedelta(hours=2))
    assert escalate_due()
    assert minutes_told(alert) == [(0, ["lead"]), (120, ["lead"])]


def test_a_worker_that_was_away_from_a_practice_with_nobody_says_so_once(pregnancy, clock):
    alert = report(pregnancy, Urgency.URGENT)
    clock.shift(timedelta(hours=2))
    assert escalate_due()
    assert kinds(alert) == ["raised", "nobody", "nobody"]


def test_a_second_sweep_at_the_same_moment_tells_nobody_again(staff, pregnancy, clock):
    alert = report(pregnancy, Urgency.EMERGENCY)
    clock.shift(timedelta(minutes=5))
    assert escalate_due() and escalate_due()
    assert minutes_told(alert) == [(0, ["first"]), (5, ["second"])]


def test_one_alert_that_cannot_be_escalated_keeps_no_other_waiting(
    staff, practice, pregnancy, elsewhere, clock
):
    own_step(elsewhere.practice, Urgency.EMERGENCY, 0, Tells.FIRST, in_opening_hours=True)
    # The time zone is what opening hours are counted in.
    type(practice).objects.filter(pk=elsewhere.practice.pk).update(time_zone="Mars/Olympus")
    elsewhere.practice.time_zone = "Mars/Olympus"
    stuck = report(elsewhere, Urgency.EMERGENCY)
    alert = report(pregnancy, Urgency.URGENT)
    assert SymptomReport.objects.filter(alert=stuck).exists(), "the report is kept all the same"
    clock.shift(timedelta(minutes=15))
    assert not escalate_due(), "a worker that cannot escalate must not count as alive"
    assert minutes_told(alert) == [(0, ["first"]), (15, ["second"])]
    assert Alert.objects.due(timezone.now()).get() == stuck, "it is tried again"


# -- The nights when the clocks change ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "shown"),
    [
        ("2026-03-08T01:50:00-07:00", ["Sun 01:50", "Sun 03:05", "Sun 03:20"]),
        ("2026-11-01T01:50:00-06:00", ["Sun 01:50", "Sun 01:05", "Sun 01:20"]),
    ],
)
def test_fifteen_minutes_are_fifteen_real_minutes(staff, pregnancy, clock, began, shown):
    clock.move_to(began)
    alert = report(pregnancy, Urgency.URGENT)
    walk(clock, timedelta(minutes=31))
    assert minutes_told(alert) == [(0, ["first"]), (15, ["second"]), (30, ["third"])]
    assert [when for when, _ in local(alert)] == shown


@pytest.mark.parametrize(
    ("began", "opening"),
    [
        ("2026-03-07T23:00:00-07:00", "2026-03-09T14:00:00+00:00"),
        ("2026-10-31T23:00:00-06:00", "2026-11-02T15:00:00+00:00"),
    ],
)
def test_a_call_today_in_such_a_night_waits_for_mondays_opening_as_the_clock_shows_it(
    staff, pregnancy, clock, began, opening
):
    clock.move_to(began)
    alert = report(pregnancy, Urgency.CONTACT)
    walk(clock, timedelta(days=1, hours=19), timedelta(minutes=15))
    monday = datetime.fromisoformat(opening)
    assert told(alert)[:2] == [
        (monday, ["first"]),
        (monday + timedelta(hours=4), ["second"]),
    ]
    assert local(alert)[:2] == [("Mon 08:00", ["first"]), ("Mon 12:00", ["second"])]


def test_going_quiet_in_such_a_night_counts_real_time(staff, pregnancy, clock):
    clock.move_to("2026-03-08T01:50:00-07:00")
    alert = report(pregnancy, Urgency.EMERGENCY)
    acknowledge_alert(alert=alert, by=staff["second"])
    walk(clock, timedelta(minutes=29))
    assert "went_quiet" not in kinds(alert)
    walk(clock, timedelta(minutes=1))
    assert "went_quiet" in kinds(alert)


def test_patients_of_two_practices_are_told_to_their_own(staff, pregnancy, clock):
    other = PregnancyFactory(practice=PracticeFactory(time_zone="Europe/Berlin"))
    berlin = UserFactory(provider=True, practice=other.practice, email="berlin@example.org")
    here, there = report(pregnancy, Urgency.EMERGENCY), report(other, Urgency.EMERGENCY)
    assert minutes_told(here) == [(0, ["first"])] and minutes_told(there) == [(0, ["berlin"])]
    assert Message.objects.filter(to=berlin).count() == 1
