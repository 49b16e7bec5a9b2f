"""Changes of how a practice is run. Each leaves a row that says who, when, and what stood before and after."""

from accounts.actions.calendars import add_holidays, change_hours, remove_holiday
from accounts.actions.changes import note_change
from accounts.actions.on_call import change_on_call, clear_duties
from accounts.actions.settings import change_practice

__all__ = [
    "add_holidays",
    "change_hours",
    "change_on_call",
    "change_practice",
    "clear_duties",
    "note_change",
    "remove_holiday",
]
