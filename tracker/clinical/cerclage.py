"""When a stitch is usually placed, and when it comes out."""

from datetime import date
from enum import StrEnum

from tracker.clinical.dating import GestationalAge, date_of
from tracker.clinical.milestones import Milestone, Window, window
from tracker.enums import CerclageIndication, RemovalReason

# Proposed for a removal that nobody has planned yet (facts: 36-37, about 37, 36-38).
SUGGESTED_REMOVAL = GestationalAge.of(37)
PLACED_IN = {
    CerclageIndication.HISTORY: Milestone.STITCH_HISTORY,
    CerclageIndication.ULTRASOUND: Milestone.STITCH_FOUND,
    CerclageIndication.EXAM: Milestone.STITCH_FOUND,
}
# Why a stitch came out sooner than planned: these need a clinician now.
UNPLANNED = frozenset(
    {
        RemovalReason.LABOR,
        RemovalReason.WATERS,
        RemovalReason.INFECTION,
        RemovalReason.BLEEDING,
        RemovalReason.SLIPPED,
    }
)


class Removal(StrEnum):
    """Where the removal of a stitch stands."""

    AHEAD = "ahead"
    DUE = "due"
    OVERDUE = "overdue"


def removal_of(now: GestationalAge, planned: GestationalAge | None = None) -> Removal:
    """Tell whether a stitch in place is due out: from 36+0, overdue after 38+0 (facts S0-39, A-52).

    A planned removal counts instead of the window; never later than 38+0 without being overdue.
    """
    usual = window(Milestone.REMOVAL)
    first = min(planned or usual.first, usual.last)
    last = min(planned or usual.last, usual.last)
    if now > last:
        return Removal.OVERDUE
    return Removal.DUE if now >= first else Removal.AHEAD


def usual_weeks(indication: CerclageIndication) -> Window | None:
    """Return when a stitch for this indication is usually placed (facts A-40, A-42 to A-44).

    History: 12+0 to 14+6. Ultrasound or exam: 14+0 to 23+6. None for an abdominal stitch: no fact
    names its weeks.
    """
    name = PLACED_IN.get(indication)
    return window(name) if name else None


def is_placed_outside(indication: CerclageIndication, age: GestationalAge | None) -> bool:
    """Tell whether a stitch was placed outside its usual weeks. An unknown age is not judged."""
    usual = usual_weeks(indication)
    return usual is not None and age is not None and not usual.is_now(age)


def is_removed_outside(indication: CerclageIndication, age: GestationalAge | None) -> bool:
    """Tell whether a planned removal lies outside 36+0 to 38+0 (facts S0-39, A-52).

    Nothing is said of an abdominal stitch or an unknown age.
    """
    if indication == CerclageIndication.ABDOMINAL or age is None:
        return False
    return not window(Milestone.REMOVAL).is_now(age)


def suggested_removal(indication: CerclageIndication, due_date: date | None) -> date | None:
    """Return the date of 37+0. None for an abdominal stitch (ask the surgeon), or without a due date."""
    if indication == CerclageIndication.ABDOMINAL or due_date is None:
        return None
    return date_of(due_date, SUGGESTED_REMOVAL)


def removal_state(
    indication: CerclageIndication,
    now: GestationalAge | None,
    planned: GestationalAge | None = None,
) -> Removal | None:
    """Tell where the removal of a stitch in place stands, as :func:`removal_of`; None when unknown.

    An abdominal stitch has no usual weeks: only what its surgeon planned counts.
    """
    if now is None:
        return None
    if indication != CerclageIndication.ABDOMINAL:
        return removal_of(now, planned)
    if planned is None:
        return None
    if now == planned:
        return Removal.DUE
    return Removal.OVERDUE if now > planned else Removal.AHEAD
