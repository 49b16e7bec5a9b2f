"""When a stitch is usually placed and comes out, and the edges of both."""

from datetime import date

import pytest

from tracker.clinical.cerclage import (
    Removal,
    is_placed_outside,
    is_removed_outside,
    removal_of,
    removal_state,
    suggested_removal,
    usual_weeks,
)
from tracker.clinical.dating import GestationalAge
from tracker.enums import CerclageIndication

HISTORY, ULTRASOUND, EXAM, ABDOMINAL = CerclageIndication
at = GestationalAge.of


@pytest.mark.parametrize(
    ("indication", "weeks", "days", "outside"),
    [
        (HISTORY, 11, 6, True),
        (HISTORY, 12, 0, False),
        (HISTORY, 14, 6, False),
        (HISTORY, 15, 0, True),
        (ULTRASOUND, 13, 6, True),
        (ULTRASOUND, 14, 0, False),
        (ULTRASOUND, 23, 6, False),
        (ULTRASOUND, 24, 0, True),
        (EXAM, 23, 6, False),
        (EXAM, 24, 0, True),
        (ABDOMINAL, 5, 0, False),
        (ABDOMINAL, 30, 0, False),
    ],
)
def test_each_indication_has_its_weeks_and_their_edges(indication, weeks, days, outside):
    assert is_placed_outside(indication, at(weeks, days)) is outside


@pytest.mark.parametrize("indication", CerclageIndication)
def test_an_unknown_age_is_not_judged(indication):
    assert not is_placed_outside(indication, None) and not is_removed_outside(indication, None)


def test_no_weeks_are_named_for_an_abdominal_stitch():
    assert usual_weeks(ABDOMINAL) is None
    assert suggested_removal(ABDOMINAL, date(2027, 5, 4)) is None


@pytest.mark.parametrize("indication", [HISTORY, ULTRASOUND, EXAM])
def test_removal_is_suggested_at_37_weeks(indication):
    assert suggested_removal(indication, date(2027, 5, 4)) == date(2027, 4, 13)
    assert suggested_removal(indication, None) is None


@pytest.mark.parametrize(
    ("weeks", "days", "outside"), [(35, 6, True), (36, 0, False), (38, 0, False), (38, 1, True)]
)
def test_a_planned_removal_has_its_weeks(weeks, days, outside):
    assert is_removed_outside(HISTORY, at(weeks, days)) is outside
    assert not is_removed_outside(ABDOMINAL, at(weeks, days))


@pytest.mark.parametrize(
    ("now", "planned", "state"),
    [
        (at(35, 6), None, Removal.AHEAD),
        (at(36), None, Removal.DUE),
        (at(38), None, Removal.DUE),
        (at(38, 1), None, Removal.OVERDUE),
        (at(36), at(37), Removal.AHEAD),
        (at(37), at(37), Removal.DUE),
        (at(37, 1), at(37), Removal.OVERDUE),
        (at(38, 1), at(39), Removal.OVERDUE),
        (at(38), at(39), Removal.DUE),
        (at(20), at(19), Removal.OVERDUE),
    ],
)
def test_a_removal_is_ahead_due_or_overdue(now, planned, state):
    assert removal_of(now, planned) is state
    assert removal_state(HISTORY, now, planned) is state


@pytest.mark.parametrize(
    ("now", "planned", "state"),
    [
        (at(39), None, None),
        (None, at(39), None),
        (at(38, 6), at(39), Removal.AHEAD),
        (at(39), at(39), Removal.DUE),
        (at(39, 1), at(39), Removal.OVERDUE),
    ],
)
def test_an_abdominal_stitch_is_due_only_when_its_surgeon_planned_so(now, planned, state):
    assert removal_state(ABDOMINAL, now, planned) is state
