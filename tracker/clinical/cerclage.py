"""When a stitch is usually placed, and when it comes out."""

from enum import StrEnum

from tracker.clinical.dating import GestationalAge
from tracker.clinical.milestones import Milestone, window


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
