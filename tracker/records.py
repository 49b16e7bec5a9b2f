"""What is written about one patient beside her reports: notes, her history, and who knows her."""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.models import HistoryEntry, Note, Pregnancy

NEWEST = 20
NAMES = {
    "gravida": _("Gravida"),
    "para": _("Para"),
    "earlier_insufficiency": _("Earlier cervical insufficiency"),
    "earlier_loss": _("Earlier second-trimester loss"),
    "earlier_preterm_birth": _("Earlier spontaneous preterm birth"),
    "language": _("Preferred language"),
    "needs_interpreter": _("Needs an interpreter"),
    "phone": _("Phone"),
}


@dataclass
class Change:
    """One thing that a state of the history changed, in words."""

    name: str
    before: str
    after: str


@dataclass
class State:
    """One state of her history, with what it changed."""

    row: HistoryEntry
    changes: list[Change]


def notes_of(pregnancy: Pregnancy, *, everything: bool = False) -> dict:
    """Return the newest notes, or all of them, each with who struck it through, if anyone did."""
    rows = pregnancy.notes.select_related("recorded_by", "struck_by")
    notes: list[Note] = list(rows)
    return {"notes": notes if everything else notes[:NEWEST], "notes_total": len(notes)}


def history_of(pregnancy: Pregnancy) -> list[State]:
    """Return every state of her history, the newest first."""
    rows = pregnancy.history_entries.select_related("recorded_by")
    return [State(row, changes_of(row)) for row in rows]


def changes_of(row: HistoryEntry) -> list[Change]:
    """Return what one state changed; a name it does not know is shown as it is stored."""
    return [
        Change(str(NAMES.get(name, name)), _in_words(row.before.get(name)), _in_words(value))
        for name, value in row.after.items()
        if row.before.get(name) != value
    ]


def _in_words(value) -> str:
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    return str(value) if value not in (None, "") else _now("not known")


def team_of(pregnancy: Pregnancy) -> dict:
    """Return who is on her team now, who left it, and who is on call at her practice."""
    members = list(pregnancy.team.select_related("person"))
    return {
        "team": [each for each in members if each.left_at is None],
        "former_team": [each for each in members if each.left_at is not None],
        "on_call": pregnancy.practice.on_call_order(),
    }
