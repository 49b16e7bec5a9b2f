"""What holds for every opening calendar, every moment and every amount of work."""

import datetime
import zoneinfo
from datetime import UTC, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accounts.hours import Calendar, after_opening, is_open, opens_next, stretches_from

pytestmark = pytest.mark.once

# Clocks that change by an hour, by half an hour, at midnight, or never.
zones = st.sampled_from(
    [
        "America/Denver",
        "Australia/Adelaide",
        "Australia/Lord_Howe",
        "America/Asuncion",
        "Africa/Cairo",
        "UTC",
    ]
)
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))
midnight = st.just(datetime.time(0))  # as a time of closing: the end of that day
stretches = st.tuples(st.integers(0, 6), times, times | midnight).filter(
    lambda each: each[1] < each[2] or each[2] == datetime.time(0)
)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
calendars = st.builds(
    Calendar,
    zone=zones.map(zoneinfo.ZoneInfo),
    hours=st.lists(stretches, max_size=8),
    holidays=st.frozensets(days, max_size=20),
)
moments = st.datetimes(
    datetime.datetime(2026, 1, 1), datetime.datetime(2027, 12, 31), timezones=st.just(UTC)
)
durations = st.timedeltas(timedelta(0), timedelta(hours=60))
thoroughly = settings(max_examples=200, deadline=None, derandomize=True)


@thoroughly
@given(calendars, moments, durations)
def test_a_deadline_is_never_before_its_start(practice, start, worked):
    assert after_opening(practice, start, worked) >= start + worked


@thoroughly
@given(calendars, moments, durations, durations)
def test_more_work_never_ends_sooner(practice, start, one, other):
    less, more = sorted([one, other])
    assert after_opening(practice, start, less) <= after_opening(practice, start, more)


@thoroughly
@given(calendars.filter(lambda each: each.hours), moments, durations)
def test_a_deadline_lies_within_opening_time_or_at_its_end(practice, start, worked):
    end = after_opening(practice, start, worked)
    passed = timedelta(0)
    for opens, closes in stretches_from(practice, start):
        passed += max(timedelta(0), min(closes, end) - max(opens, start))
        if opens <= end <= closes:
            break
    else:
        pytest.fail(f"{end} is not in any stretch")
    assert passed == worked, "So much opening time passed, no more and no less"


@thoroughly
@given(calendars, moments)
def test_the_next_opening_is_open_and_the_moment_before_is_not(practice, moment):
    opening = opens_next(practice, moment)
    if opening is None:
        assert practice.hours == [] and not is_open(practice, moment)
    else:
        assert opening > moment and is_open(practice, opening)
        assert not is_open(practice, opening - timedelta(microseconds=1))


@thoroughly
@given(calendars, moments)
def test_nothing_worked_is_now_when_open_else_the_next_opening(practice, moment):
    expected = moment if is_open(practice, moment) else opens_next(practice, moment) or moment
    assert after_opening(practice, moment, timedelta(0)) == expected


@thoroughly
@given(calendars, moments)
def test_on_a_day_without_a_clock_change_the_wall_clock_decides(practice, moment):
    local = moment.astimezone(practice.zone)
    midnights = [
        datetime.datetime.combine(local.date() + timedelta(days=number), datetime.time())
        for number in (-1, 0, 1, 2)
    ]
    assume(len({each.replace(tzinfo=practice.zone).utcoffset() for each in midnights}) == 1)
    shown = any(
        weekday == local.weekday()
        and opens <= local.time()
        and (local.time() < closes or closes == datetime.time(0))
        for weekday, opens, closes in practice.hours
    )
    assert is_open(practice, moment) is (shown and local.date() not in practice.holidays)
