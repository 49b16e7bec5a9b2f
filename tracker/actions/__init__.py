"""Changes that touch more than one row. Keyword-only, one transaction each, and ``by`` says who."""

from tracker.actions.alerts import (
    acknowledge_alert,
    escalate_due,
    reopen_alert,
    resolve_alert,
    see_alert,
)
from tracker.actions.checklist import mark_item, withdraw_mark
from tracker.actions.follow_ups import remind_due
from tracker.actions.records import replace_entry, strike
from tracker.actions.reports import answer_follow_up, report_feeling_ok, report_symptoms

__all__ = [
    "acknowledge_alert",
    "answer_follow_up",
    "escalate_due",
    "mark_item",
    "remind_due",
    "replace_entry",
    "reopen_alert",
    "report_feeling_ok",
    "report_symptoms",
    "resolve_alert",
    "see_alert",
    "strike",
    "withdraw_mark",
]
