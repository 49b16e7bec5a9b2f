"""Due date and gestational age against published examples, and for any date."""

import csv
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.clinical.dating import (
    GestationalAge,
    conception_by_lmp,
    date_of,
    due_date_by_conception,
    due_date_by_ivf,
    due_date_by_lmp,
    due_date_by_scan,
    gestational_age,
    last_period_by_due_date,
    propose_redating,
    redating_threshold,
    term_class,
)

pytestmark = pytest.mark.once

thoroughly = settings(max_examples=300, deadline=None, derandomize=True)

DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
AGES = st.integers(0, 45 * 7).map(GestationalAge)
DUE_DATE = date(2027, 5, 4)
DAY = timedelta(days=1)
weeks = GestationalAge.of


def read_examples():
    with Path(__file__).with_name("ga_examples.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


EXAMPLES = read_examples()
TESTED = []


def examples(method, *, valid=True):
    """Parametrize a test over the rows of one method; rows without an answer must be an error."""
    rows = [row for row in EXAMPLES if row["method"] == method and answers(row) == valid]
    TESTED.extend(row["id"] for row in rows)
    return pytest.mark.parametrize("row", rows, ids=lambda row: row["id"])


def answers(row):
    return "null / error" not in row["note"]


def dates_in(text):
    return [date.fromisoformat(found) for found in re.findall(r"\d{4}-\d\d-\d\d", text)]


def value_of(name, row):
    """Return the date or the number that follows ``name=`` in the input."""
    found = re.search(rf"\b{name}=([\d-]+)", row["input"])[1]
    return date.fromisoformat(found) if "-" in found else int(found)


def age_in(text):
    found_weeks, found_days = re.search(r"(\d+)w(\d)d", text).groups()
    return weeks(int(found_weeks), int(found_days))


def assert_expected_due_date(due_date, row):
    assert row["expected_edd"] in ("", due_date.isoformat())


def assert_expected_age(due_date, row):
    if row["as_of"]:
        age = gestational_age(due_date, date.fromisoformat(row["as_of"]))
        assert row["expected_weeks"] == str(age.weeks)
        assert row["expected_days"] in ("", str(age.days))
        # Some sources record weeks only; the note then says what the definition gives.
        if "definition gives" in row["note"]:
            assert age == age_in(row["note"].partition("definition gives")[2])


# -- Published examples --


@examples("lmp")
def test_last_period_gives_due_date_and_age(row):
    due_date = due_date_by_lmp(value_of("LMP", row))
    assert row["expected_edd"] or row["as_of"]
    assert_expected_due_date(due_date, row)
    assert_expected_age(due_date, row)
    assert last_period_by_due_date(due_date) == value_of("LMP", row)


@examples("lmp", valid=False)
def test_no_age_before_the_last_period(row):
    due_date = due_date_by_lmp(value_of("LMP", row))
    with pytest.raises(ValueError, match="before this pregnancy began"):
        gestational_age(due_date, date.fromisoformat(row["as_of"]))


@examples("lmp_cycle")
def test_cycle_length_moves_the_due_date(row):
    due_date = due_date_by_lmp(value_of("LMP", row), value_of("cycle", row))
    assert due_date.isoformat() == row["expected_edd"]


@examples("conception_from_lmp")
def test_conception_is_two_weeks_after_last_period(row):
    conceived = conception_by_lmp(value_of("LMP", row))
    assert [conceived] == dates_in(row["note"])
    assert due_date_by_conception(conceived) == due_date_by_lmp(value_of("LMP", row))


@examples("ga_weeks_to_lmp")
def test_age_on_a_day_gives_last_period(row):
    due_date = due_date_by_scan(dates_in(row["input"])[0], age_in(row["input"]))
    assert due_date.isoformat() == row["expected_edd"]
    assert_expected_age(due_date, row)
    assert [last_period_by_due_date(due_date)] == dates_in(row["note"])


@examples("edd_to_lmp")
def test_due_date_gives_last_period(row):
    due_date = value_of("EDD", row)
    assert [last_period_by_due_date(due_date)] == dates_in(row["note"])
    assert_expected_due_date(due_date, row)
    assert_expected_age(due_date, row)


@examples("edd")
def test_due_date_gives_age_and_days_remaining(row):
    due_date, on = value_of("EDD", row), date.fromisoformat(row["as_of"])
    assert_expected_age(due_date, row)
    remaining = 280 - gestational_age(due_date, on).total_days
    assert row["note"] == f"{remaining} days remaining"


@examples("ivf")
def test_transfer_gives_due_date(row):
    due_date = due_date_by_ivf(value_of("transfer", row), value_of("embryo_day", row))
    assert due_date.isoformat() == row["expected_edd"]


@examples("scan")
def test_scan_gives_due_date(row):
    due_date = due_date_by_scan(value_of("scan", row), age_in(row["input"]))
    assert due_date.isoformat() == row["expected_edd"]


@pytest.mark.parametrize("direction", [-1, 1], ids=["smaller", "larger"])
@examples("acog700_redate")
def test_redating_follows_acog_700(row, direction):
    by_dates = weeks(int(re.search(r"GA_by_LMP=(\d+) weeks", row["input"])[1]))
    difference = int(re.search(r"discrepancy=(\d+) days", row["input"])[1])
    proposal = propose(by_dates, direction * difference)
    assert proposal.use_scan == ("redate=yes" in row["note"])
    assert f">{proposal.threshold} days" in row["note"]
    assert proposal.late == ("warn" in row["note"])


@examples("acog700_reconcile")
def test_scan_near_the_dates_keeps_them(row):
    due_date = due_date_by_lmp(value_of("LMP", row))
    proposal = propose_redating(due_date, value_of("scan", row), age_in(row["input"]))
    assert proposal.due_date.isoformat() == row["expected_edd"]
    assert proposal.use_scan == ("not redated" not in row["note"])


@examples("term_class")
def test_term_class_follows_the_us_definition(row):
    age = age_in(row["input"])
    assert (str(age.weeks), str(age.days)) == (row["expected_weeks"], row["expected_days"])
    assert row["note"] == f"expected class {term_class(age)}"


def test_every_published_example_is_tested_once():
    assert len(EXAMPLES) == 66
    assert sorted(TESTED) == sorted(row["id"] for row in EXAMPLES)


def test_age_long_past_term_is_not_capped():
    due_date = due_date_by_lmp(date(2024, 2, 29))
    age = gestational_age(due_date, date(2025, 2, 28))
    assert (str(age), term_class(age)) == ("52w1d", "post-term")


# -- Any date --


@thoroughly
@given(DATES, AGES)
@example(date(2024, 2, 28), weeks(40))
@example(date(2024, 2, 29), weeks(40))
@example(date(2100, 2, 28), weeks(40))
def test_one_day_later_is_one_day_more(due_date, age):
    on = date_of(due_date, age)
    assert gestational_age(due_date, on + DAY).total_days == age.total_days + 1


@thoroughly
@given(DATES, AGES)
def test_age_and_date_are_a_round_trip(due_date, age):
    assert gestational_age(due_date, date_of(due_date, age)) == age


@thoroughly
@given(DATES, st.integers(20, 45))
def test_last_period_and_due_date_are_a_round_trip(last_period, cycle):
    assert last_period_by_due_date(due_date_by_lmp(last_period)) == last_period
    longer = due_date_by_lmp(last_period, cycle) - due_date_by_lmp(last_period)
    assert longer.days == cycle - 28


@thoroughly
@given(DATES, AGES)
def test_every_dating_method_agrees(last_period, age):
    due_date = due_date_by_lmp(last_period)
    conceived = conception_by_lmp(last_period)
    assert due_date_by_conception(conceived) == due_date
    assert due_date_by_ivf(conceived + 5 * DAY, 5) == due_date
    assert due_date_by_scan(date_of(due_date, age), age) == due_date


@thoroughly
@given(AGES)
def test_weeks_and_days_make_up_the_age(age):
    assert 0 <= age.days <= 6
    assert weeks(age.weeks, age.days) == age
    assert str(age) == f"{age.weeks}w{age.days}d"


def test_due_day_is_40w0d_and_last_period_0w0d():
    assert gestational_age(DUE_DATE, DUE_DATE) == weeks(40)
    assert gestational_age(DUE_DATE, last_period_by_due_date(DUE_DATE)) == weeks(0)


# -- Time zones --


def age_at(instant, zone):
    """Return the age by the calendar of a zone."""
    return gestational_age(DUE_DATE, instant.astimezone(ZoneInfo(zone)).date())


def hours_of_day(day, zone):
    """Return the hours of one calendar day of a zone, as instants."""
    hours = [datetime.combine(day, time(hour, 30), ZoneInfo(zone)) for hour in range(24)]
    return [hour.astimezone(UTC) for hour in hours]


# Clocks change on these days: in Europe, in America, in America, in Europe.
CHANGE_DAYS = [date(2026, 10, 25), date(2026, 11, 1), date(2027, 3, 14), date(2027, 3, 28)]


@pytest.mark.parametrize("day", CHANGE_DAYS, ids=str)
def test_calendar_date_alone_gives_the_age(day):
    expected = gestational_age(DUE_DATE, day)
    zones = available_timezones()
    wrong = [
        (zone, instant)
        for zone in zones
        for instant in hours_of_day(day, zone)
        if age_at(instant, zone) != expected
    ]
    assert len(zones) > 400
    assert wrong == []


@pytest.mark.parametrize("hour", range(24))
def test_zones_differ_only_by_calendar_date(hour):
    instant = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
    here = age_at(instant, "UTC").total_days
    for zone in available_timezones():
        date_difference = (instant.astimezone(ZoneInfo(zone)).date() - instant.date()).days
        assert age_at(instant, zone).total_days - here == date_difference


@pytest.mark.parametrize("zone", ["America/Denver", "Europe/Madrid"])
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_clock_change_nights_are_one_day_more(zone, hour):
    start = datetime(2026, 8, 1, hour, 59, tzinfo=ZoneInfo(zone))
    instants = [(start + day * DAY).astimezone(UTC) for day in range(270)]
    hours = {(later - earlier) / timedelta(hours=1) for earlier, later in pairwise(instants)}
    ages = [age_at(instant, zone).total_days for instant in instants]
    assert hours == {23, 24, 25}
    assert ages == list(range(ages[0], ages[0] + 270))


# -- Redating --

BOUNDARIES = [
    (weeks(6), 5),
    (weeks(8, 6), 5),
    (weeks(9), 7),
    (weeks(15, 6), 7),
    (weeks(16), 10),
    (weeks(21, 6), 10),
    (weeks(22), 14),
    (weeks(27, 6), 14),
    (weeks(28), 21),
    (weeks(41), 21),
]
at_each_boundary = pytest.mark.parametrize(("by_dates", "threshold"), BOUNDARIES, ids=str)
both_directions = pytest.mark.parametrize("direction", [-1, 1], ids=["smaller", "larger"])


def propose(by_dates, difference, **how):
    """Scan at an age by dates and find the baby some days larger (or smaller, if negative)."""
    by_scan = GestationalAge(by_dates.total_days + difference)
    return propose_redating(DUE_DATE, date_of(DUE_DATE, by_dates), by_scan, **how)


@at_each_boundary
def test_threshold_depends_on_age_by_dates(by_dates, threshold):
    assert redating_threshold(by_dates) == threshold


@both_directions
@at_each_boundary
def test_difference_of_the_threshold_keeps_the_dates(by_dates, threshold, direction):
    proposal = propose(by_dates, direction * threshold)
    assert (proposal.due_date, proposal.use_scan) == (DUE_DATE, False)
    assert (proposal.difference, proposal.threshold) == (threshold, threshold)
    assert proposal.late is False


@both_directions
@at_each_boundary
def test_one_day_over_the_threshold_redates(by_dates, threshold, direction):
    proposal = propose(by_dates, direction * (threshold + 1))
    assert proposal.due_date == DUE_DATE - direction * (threshold + 1) * DAY
    assert (proposal.use_scan, proposal.difference) == (True, threshold + 1)


@both_directions
@at_each_boundary
def test_late_redating_is_flagged_from_28_weeks(by_dates, threshold, direction):
    assert propose(by_dates, direction * (threshold + 1)).late == (by_dates >= weeks(28))


@both_directions
@at_each_boundary
def test_ivf_date_is_kept_whatever_the_scan(by_dates, threshold, direction):
    proposal = propose(by_dates, direction * (threshold + 30), by_ivf=True)
    assert (proposal.due_date, proposal.use_scan, proposal.late) == (DUE_DATE, False, False)
    assert (proposal.difference, proposal.threshold) == (threshold + 30, None)


def test_scan_before_the_pregnancy_is_refused():
    before = last_period_by_due_date(DUE_DATE) - DAY
    with pytest.raises(ValueError, match="before this pregnancy began"):
        propose_redating(DUE_DATE, before, weeks(6))


# -- Term --


@pytest.mark.parametrize(
    ("age", "name"),
    [
        (weeks(0), "preterm"),
        (weeks(36, 6), "preterm"),
        (weeks(37), "early-term"),
        (weeks(38, 6), "early-term"),
        (weeks(39), "full-term"),
        (weeks(40, 6), "full-term"),
        (weeks(41), "late-term"),
        (weeks(41, 6), "late-term"),
        (weeks(42), "post-term"),
    ],
    ids=str,
)
def test_term_class_changes_on_its_day(age, name):
    assert term_class(age) == name


# -- Bad input --


@pytest.mark.parametrize("cycle", [-28, 0, 19, 46])
def test_cycle_outside_20_to_45_is_refused(cycle):
    with pytest.raises(ValueError, match="outside 20 to 45"):
        due_date_by_lmp(DUE_DATE, cycle)


@pytest.mark.parametrize(("cycle", "due_date"), [(20, date(2027, 1, 31)), (45, date(2027, 2, 25))])
def test_cycle_of_20_and_45_is_accepted(cycle, due_date):
    assert due_date_by_lmp(date(2026, 5, 4), cycle) == due_date


@pytest.mark.parametrize("embryo_days", [-1, 8])
def test_embryo_outside_0_to_7_days_is_refused(embryo_days):
    with pytest.raises(ValueError, match="outside 0 to 7"):
        due_date_by_ivf(DUE_DATE, embryo_days)


@pytest.mark.parametrize(
    ("embryo_days", "due_date"), [(0, date(2027, 1, 25)), (7, date(2027, 1, 18))]
)
def test_embryo_of_0_and_7_days_is_accepted(embryo_days, due_date):
    assert due_date_by_ivf(date(2026, 5, 4), embryo_days) == due_date


@pytest.mark.parametrize(("week", "day"), [(20, 7), (20, -1), (-1, 0), (-1, 6)])
def test_impossible_weeks_and_days_are_refused(week, day):
    with pytest.raises(ValueError, match="is not a gestational age"):
        weeks(week, day)
