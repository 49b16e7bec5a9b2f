"""The provider's list: every current patient of the practice with what a glance must tell."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import User
from tracker.worklists.rows import Row, rows_of
from tracker.worklists.search import matcher

__all__ = ["Row", "Show", "Worklist", "worklist_of"]


class Show(StrEnum):
    """Which patients are in view."""

    ACT = "act"
    WATCH = "watch"
    STITCH = "stitch"
    TEACH = "teach"
    DISCUSS = "discuss"
    ALL = "all"


BELONGS: dict[Show, Callable[[Row], bool]] = {
    Show.ACT: lambda row: row.alert is not None,
    Show.WATCH: lambda row: row.is_watched,
    Show.STITCH: lambda row: row.is_due_out,
    Show.TEACH: lambda row: row.to_teach > 0,
    Show.DISCUSS: lambda row: row.has_to_discuss,
    Show.ALL: lambda row: True,
}


@dataclass(frozen=True)
class Worklist:
    """All rows of a provider, those with an open alert first; and the rows that are in view.

    The counts of the filters and of what is to act on are those of all rows, whatever was typed.
    """

    everyone: list[Row]
    show: Show
    typed: str
    rows: list[Row]

    @property
    def unread(self) -> list[Row]:
        return [row for row in self.rows if row.is_unread]

    @property
    def acknowledged(self) -> list[Row]:
        return [row for row in self.rows if row.alert and row.alert.taken]

    @property
    def quiet(self) -> list[Row]:
        return [row for row in self.rows if row.alert is None]

    @property
    def to_act_on(self) -> int:
        return sum(row.alert is not None for row in self.everyone)

    @property
    def waiting(self) -> list[Row]:
        """Return every row with an alert that nobody took, in view or not."""
        return [row for row in self.everyone if row.is_unread]

    @property
    def out_of_view(self) -> int:
        """Return how many alerts that nobody took the filter or the search leaves out."""
        return len(self.waiting) - len(self.unread)

    @property
    def counts(self) -> dict[Show, int]:
        return {
            show: sum(belongs(row) for row in self.everyone) for show, belongs in BELONGS.items()
        }

    def fingerprint(self, *more: object) -> str:
        """Return what is the same only as long as the list would look the same."""
        seen = (self.everyone, self.show, self.typed, more)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def worklist_of(user: User, show: Show = Show.ALL, typed: str = "") -> Worklist:
    """Return the list of one provider in a fixed number of queries, however many patients there are."""
    everyone = rows_of(user)
    is_meant = matcher(typed) if typed else BELONGS[Show.ALL]
    rows = [row for row in everyone if BELONGS[show](row) and is_meant(row)]
    return Worklist(everyone, show, typed, rows)
