"""The windows of the ribbon: what happens in which weeks.

A window runs from its first day through its last, both included: the watch
weeks 14 to 20 end at 20+6, the stitch comes out between 36+0 and 38+0.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.clinical.dating import GestationalAge, date_of


class Milestone(StrEnum):
    """Named windows, in the order they begin."""

    STITCH_HISTORY = "stitch_history"
    STITCH_FOUND = "stitch_found"
    WATCH = "watch"
    SCANS = "scans"
    REMOVAL = "removal"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Window:
    """One milestone: first and last gestational age (inclusive) and its facts."""

    name: Milestone
    first: GestationalAge
    last: GestationalAge
    source: str

    def dates(self, due_date: date) -> tuple[date, date]:
        """Return the first and last calendar day for a due date."""
        return date_of(due_date, self.first), date_of(due_date, self.last)

    def is_now(self, age: GestationalAge) -> bool:
        return self.first <= age <= self.last

    def is_past(self, age: GestationalAge) -> bool:
        return age > self.last


_at = GestationalAge.of

WINDOWS = (
    Window(Milestone.STITCH_HISTORY, _at(12), _at(14, 6), "AP-07 A-40"),
    # Placed because of a scan or an exam: to 23+6.
    Window(Milestone.STITCH_FOUND, _at(14), _at(23, 6), "A-42 A-43 A-44"),
    Window(Milestone.WATCH, _at(14), _at(20, 6), "S0-18"),
    Window(Milestone.SCANS, _at(16), _at(24), "A-25 AP-08"),
    Window(Milestone.REMOVAL, _at(36), _at(38), "S0-39 A-52"),
    Window(Milestone.TERM, _at(37), _at(41, 6), "E-30"),
)


def window(name: Milestone) -> Window:
    """Return the window of a milestone."""
    return next(each for each in WINDOWS if each.name == name)
