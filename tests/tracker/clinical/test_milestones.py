"""The windows of the ribbon and their edges."""

from datetime import date

import pytest

from tracker.clinical.dating import GestationalAge
from tracker.clinical.milestones import WINDOWS, Milestone, window

DUE_DATE = date(2027, 5, 4)
# First and last day in days of pregnancy, and on the calendar for the due date above.
EDGES = {
    "stitch_history": (12 * 7, 14 * 7 + 6, date(2026, 10, 20), date(2026, 11, 9)),
    "stitch_found": (14 * 7, 23 * 7 + 6, date(2026, 11, 3), date(2027, 1, 11)),
    "watch": (14 * 7, 20 * 7 + 6, date(2026, 11, 3), date(2026, 12, 21)),
    "scans": (16 * 7, 24 * 7, date(2026, 11, 17), date(2027, 1, 12)),
    "removal": (36 * 7, 38 * 7, date(2027, 4, 6), date(2027, 4, 20)),
    "term": (37 * 7, 41 * 7 + 6, date(2027, 4, 13), date(2027, 5, 17)),
}
every_window = pytest.mark.parametrize("name", Milestone)


@every_window
def test_window_has_its_calendar_dates(name):
    assert window(name).dates(DUE_DATE) == EDGES[name][2:]


@every_window
def test_window_includes_its_first_and_last_day(name):
    first, last, *_ = EDGES[name]
    days = [day for day in range(50 * 7) if window(name).is_now(GestationalAge(day))]
    assert days == list(range(first, last + 1))


@every_window
def test_window_is_past_after_its_last_day(name):
    last = EDGES[name][1]
    past = [day for day in range(50 * 7) if window(name).is_past(GestationalAge(day))]
    assert past == list(range(last + 1, 50 * 7))


def test_every_milestone_has_one_window_in_order():
    assert [each.name for each in WINDOWS] == list(Milestone)
    assert [each.first for each in WINDOWS] == sorted(each.first for each in WINDOWS)


def test_every_window_names_its_facts():
    assert [each.name for each in WINDOWS if not each.source.strip()] == []


def test_watch_weeks_are_14w0d_to_20w6d():
    watch = window(Milestone.WATCH)
    assert (str(watch.first), str(watch.last)) == ("14w0d", "20w6d")


def test_stitch_comes_out_36w0d_to_38w0d():
    removal = window(Milestone.REMOVAL)
    assert (str(removal.first), str(removal.last)) == ("36w0d", "38w0d")
    assert removal.dates(DUE_DATE) == (date(2027, 4, 6), date(2027, 4, 20))
