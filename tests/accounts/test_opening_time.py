"""Opening time: hours, holidays and the nights on which the clock changes."""

import datetime
import zoneinfo
from datetime import UTC, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.hours import Calendar, after_opening, is_open, opens_next
from accounts.models import Holiday, Practice
from tests.factories import PracticeFactory, open_at

DENVER = "America/Denver"
ADELAIDE = "Australia/Adelaide"  # Half an hour off the others: +9:30, in summer +10:30.
LORD_HOWE = "Australia/Lord_Howe"  # Its clock changes by half an hour.
WEEKDAYS = range(5)
FRIDAY, SUNDAY = 4, 6
AFTERNOON = datetime.date(2026, 11, 20)  # A Friday.


def calendar(zone: str, *hours: tuple[int, str, str], off: tuple[str, ...] = ()) -> Calendar:
    """Return the calendar of a practice; times as 08:00, holidays as 2026-11-23."""
    of = datetime.time.fromisoformat
    return Calendar(
        zone=zoneinfo.ZoneInfo(zone),
        hours=[(weekday, of(opens), of(closes)) for weekday, opens, closes in hours],
        holidays={datetime.date.fromisoformat(day) for day in off},
    )


def at(moment: str, zone: str = DENVER, fold: int = 0) -> datetime.datetime:
    """Return a moment as a wall clock shows it; fold=1 is the second time it shows it."""
    naive = datetime.datetime.fromisoformat(moment)
    return naive.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).astimezone(UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


OFFICE = [(weekday, "08:00", "17:00") for weekday in WEEKDAYS]
LUNCH = [
    (weekday, *stretch)
    for weekday in WEEKDAYS
    for stretch in [("08:00", "12:00"), ("13:00", "17:00")]
]


@pytest.mark.parametrize(
    ("start", "worked", "end"),
    [
        ("2026-11-20 16:00", 4, "2026-11-23 11:00"),
        ("2026-11-20 16:00", 8, "2026-11-23 15:00"),
        ("2026-11-20 16:00", 1, "2026-11-20 17:00"),  # Exactly at closing.
        ("2026-11-20 17:00", 0, "2026-11-23 08:00"),  # The moment of closing is closed.
        ("2026-11-20 16:59", 0, "2026-11-20 16:59"),
        ("2026-11-21 03:00", 0, "2026-11-23 08:00"),
        ("2026-11-18 03:00", 4, "2026-11-18 12:00"),
        ("2026-11-18 08:00", 45, "2026-11-24 17:00"),
    ],
)
def test_opening_hours_run_only_while_the_clinic_is_open(start, worked, end):
    assert after_opening(calendar(DENVER, *OFFICE), at(start), hours(worked)) == at(end)


def test_a_holiday_moves_monday_to_tuesday():
    shut = calendar(DENVER, *OFFICE, off=("2026-11-23",))
    assert after_opening(shut, at("2026-11-20 16:00"), hours(4)) == at("2026-11-24 11:00")
    assert not is_open(shut, at("2026-11-23 10:00"))
    assert opens_next(shut, at("2026-11-20 18:00")) == at("2026-11-24 08:00")


def test_a_holiday_is_a_date_of_the_practices_calendar():
    shut = calendar(DENVER, (SUNDAY, "16:00", "20:00"), (0, "08:00", "17:00"), off=("2026-11-23",))
    assert is_open(shut, at("2026-11-22 19:00")), "In UTC it is Monday already"
    assert not is_open(shut, at("2026-11-23 16:00"))


def test_lunch_does_not_count():
    clinic = calendar(DENVER, *LUNCH)
    assert after_opening(clinic, at("2026-11-20 11:00"), hours(2)) == at("2026-11-20 14:00")
    assert after_opening(clinic, at("2026-11-20 11:00"), hours(1)) == at("2026-11-20 12:00")
    assert after_opening(clinic, at("2026-11-20 12:30"), hours(0)) == at("2026-11-20 13:00")
    assert not is_open(clinic, at("2026-11-20 12:00"))
    assert opens_next(clinic, at("2026-11-20 09:00")) == at("2026-11-20 13:00")


def test_at_the_moment_of_opening_it_is_open_and_the_next_opening_is_a_later_one():
    clinic, monday = calendar(DENVER, *OFFICE), at("2026-11-23 08:00")
    assert is_open(clinic, monday) and opens_next(clinic, monday) == at("2026-11-24 08:00")


def test_hours_that_overlap_or_touch_count_once():
    clinic = calendar(
        DENVER, (FRIDAY, "08:00", "12:00"), (FRIDAY, "10:00", "11:00"), (FRIDAY, "12:00", "17:00")
    )
    assert after_opening(clinic, at("2026-11-20 08:00"), hours(6)) == at("2026-11-20 14:00")
    assert opens_next(clinic, at("2026-11-20 09:00")) == at("2026-11-27 08:00")


CHANGES = [
    (DENVER, "2026-03-08", 3),
    (DENVER, "2026-11-01", 5),
    (DENVER, "2026-11-08", 4),
    (ADELAIDE, "2026-10-04", 3),
    (ADELAIDE, "2026-04-05", 5),
    (LORD_HOWE, "2026-10-04", 3.5),
    (LORD_HOWE, "2026-04-05", 4.5),
]


@pytest.mark.parametrize(("zone", "sunday", "lasts"), CHANGES)
def test_a_night_of_the_clock_change_counts_the_hours_that_passed(zone, sunday, lasts):
    night = calendar(zone, (SUNDAY, "01:00", "05:00"))
    start = at(f"{sunday} 01:00", zone)
    assert after_opening(night, start, hours(lasts)) == at(f"{sunday} 05:00", zone)
    assert at(f"{sunday} 05:00", zone) - start == hours(lasts)
    assert after_opening(night, start, hours(lasts + 0.5)) > start + timedelta(days=6)


@pytest.mark.parametrize(("zone", "sunday", "lasts"), CHANGES)
def test_the_plain_clock_too_counts_the_hours_that_passed(zone, sunday, lasts):
    start = datetime.datetime.fromisoformat(f"{sunday} 00:30").replace(
        tzinfo=zoneinfo.ZoneInfo(zone)
    )
    assert after_opening(calendar(zone), start, hours(4)) == start.astimezone(UTC) + hours(4)


def test_both_hours_that_the_clock_shows_twice_are_open():
    night = calendar(DENVER, (SUNDAY, "01:00", "05:00"))
    first, second = (at("2026-11-01 01:30", fold=fold) for fold in (0, 1))
    assert second - first == hours(1) and is_open(night, first) and is_open(night, second)
    assert after_opening(night, first, hours(1)) == second


def test_a_time_the_clock_shows_twice_is_the_first_of_the_two():
    clinic = calendar(DENVER, (SUNDAY, "00:30", "01:30"), (SUNDAY, "03:00", "05:00"))
    assert not is_open(clinic, at("2026-11-01 01:30")), "It closed, once"
    assert not is_open(clinic, at("2026-11-01 01:15", fold=1))
    assert after_opening(clinic, at("2026-11-01 00:30"), hours(2)) == at("2026-11-01 04:00")


def test_a_time_the_clock_skips_is_the_end_of_the_gap():
    opening = calendar(DENVER, (SUNDAY, "02:30", "05:00"))
    assert opens_next(opening, at("2026-03-08 00:00")) == at("2026-03-08 03:00")
    closing = calendar(DENVER, (SUNDAY, "01:00", "02:30"))
    assert is_open(closing, at("2026-03-08 01:59")) and not is_open(closing, at("2026-03-08 03:00"))
    skipped = calendar(DENVER, (SUNDAY, "02:10", "02:50"))
    assert opens_next(skipped, at("2026-03-08 00:00")) == at("2026-03-15 02:10")


def test_a_practice_without_opening_hours_counts_by_the_plain_clock():
    never = calendar(DENVER)
    start = at("2026-11-20 16:00")
    assert after_opening(never, start, hours(4)) == start + hours(4)
    assert after_opening(never, start, hours(0)) == start
    assert opens_next(never, start) is None and not is_open(never, start)


def test_a_practice_shut_for_more_than_60_days_counts_by_the_plain_clock():
    start = at("2026-11-20 18:00")
    days = [(AFTERNOON + timedelta(days=number)).isoformat() for number in range(1, 70)]
    shut = calendar(DENVER, *OFFICE, off=tuple(days))
    assert after_opening(shut, start, hours(4)) == start + hours(4)
    assert opens_next(shut, start) is None
    # What was open before the long rest counts; what is left goes by the clock.
    assert after_opening(shut, start - hours(2), hours(4)) == at("2026-11-20 17:00") + hours(3)


def test_a_practice_that_opens_on_the_60th_day_is_waited_for():
    days = [(AFTERNOON + timedelta(days=number)).isoformat() for number in range(1, 60)]
    shut = calendar(DENVER, *[(day, "08:00", "17:00") for day in range(7)], off=tuple(days))
    assert opens_next(shut, at("2026-11-20 18:00")) == at("2027-01-19 08:00")


def test_a_practice_open_an_hour_a_week_is_waited_for_as_long_as_it_takes():
    rare = calendar(DENVER, (FRIDAY, "08:00", "09:00"))
    assert after_opening(rare, at("2026-11-20 08:30"), hours(20)) == at("2027-04-09 08:30")


@pytest.mark.django_db
def test_a_practice_reads_its_own_hours_and_holidays(practice):
    open_at(practice, *OFFICE)
    Holiday.objects.create(practice=practice, day="2026-11-23", name="Staff day")
    other = PracticeFactory(time_zone=ADELAIDE)
    open_at(other, *OFFICE)
    friday = at("2026-11-20 16:00")
    assert practice.after_opening(friday, hours(4)) == at("2026-11-24 11:00")
    assert practice.opens_next(friday) == at("2026-11-24 08:00")
    assert other.is_open(at("2026-11-23 10:00", ADELAIDE))
    with time_machine.travel(at("2026-11-23 10:00"), tick=False):
        assert not practice.is_open(timezone.now())
    with time_machine.travel(at("2026-11-24 10:00"), tick=False):
        assert practice.is_open(timezone.now())


@pytest.mark.django_db
def test_hours_and_holidays_are_read_once_each_or_not_again(practice, django_assert_num_queries):
    open_at(practice, *OFFICE)
    with django_assert_num_queries(2):
        practice.after_opening(at("2026-11-20 16:00"), hours(40))
    prefetched = Practice.objects.prefetch_related("opening_hours", "holidays").get()
    with django_assert_num_queries(0):
        prefetched.is_open(at("2026-11-20 16:00"))
        prefetched.opens_next(at("2026-11-20 16:00"))
        prefetched.after_opening(at("2026-11-20 16:00"), hours(40))


@pytest.mark.django_db
def test_a_practice_has_one_holiday_a_day(practice):
    practice.holidays.create(day="2026-12-25", name="Christmas")
    with pytest.raises(IntegrityError), transaction.atomic():
        practice.holidays.create(day="2026-12-25", name="Christmas again")
    PracticeFactory().holidays.create(day="2026-12-25", name="Christmas")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "closed"),
    [("2026-11-20 10:00", False), ("2026-11-20 18:00", True), ("2026-11-23 10:00", True)],
)
def test_a_clinic_with_hours_is_closed_outside_them_and_on_holidays(practice, moment, closed):
    open_at(practice, *OFFICE)
    practice.holidays.create(day="2026-11-23", name="Staff day")
    assert practice.is_closed(at(moment)) is closed
    assert practice.is_open(at(moment)) is not closed


@pytest.mark.django_db
def test_a_clinic_without_hours_is_neither_open_nor_closed(practice, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not practice.is_closed(at("2026-11-20 10:00"))
    assert not practice.is_open(at("2026-11-20 10:00"))
