"""Changes that touch more than one row. Keyword-only, one transaction each, and ``by`` says who."""

from tracker.actions.alerts import (
    acknowledge_alert,
    escalate_due,
    reopen_alert,
    resolve_alert,
    see_alert,
)
from tracker.actions.cerclage import (
    correct_removal,
    correct_stitch,
    place_stitch,
    remove_stitch,
)
from tracker.actions.checklist import (
    add_item,
    hide_item,
    mark_item,
    show_item,
    withdraw_mark,
)
from tracker.actions.dating import accept_due_date
from tracker.actions.endings import end_pregnancy, undo_end
from tracker.actions.enrolment import (
    Account,
    confirm_identity,
    import_invitations,
    invite,
    join,
    join_again,
    resend_invitation,
    withdraw_invitation,
)
from tracker.actions.follow_ups import remind_due
from tracker.actions.history import change_history
from tracker.actions.library import remind_reviewers
from tracker.actions.notes import add_note, correct_note
from tracker.actions.pregnancies import start_pregnancy
from tracker.actions.questions import (
    answer_question,
    answer_teach_back,
    ask_question,
    withdraw_question,
)
from tracker.actions.records import replace_entry, strike
from tracker.actions.reports import answer_follow_up, report_feeling_ok, report_symptoms
from tracker.actions.review import NotOpen, PregnancyEnded, save_review
from tracker.actions.scans import correct_length, discuss_length, record_length, strike_length
from tracker.actions.staff import (
    change_colleague,
    deactivate,
    invite_colleague,
    reactivate,
    release_alerts_of,
)
from tracker.actions.team import join_team, leave_team
from tracker.actions.transfers import (
    accept_transfer,
    ask_transfer,
    decline_transfer,
    withdraw_transfer,
)

__all__ = [
    "add_note",
    "change_history",
    "correct_length",
    "correct_note",
    "discuss_length",
    "join_team",
    "leave_team",
    "record_length",
    "strike_length",
    "change_colleague",
    "deactivate",
    "invite_colleague",
    "reactivate",
    "release_alerts_of",
    "NotOpen",
    "PregnancyEnded",
    "add_item",
    "answer_question",
    "answer_teach_back",
    "ask_question",
    "hide_item",
    "save_review",
    "show_item",
    "withdraw_question",
    "accept_due_date",
    "accept_transfer",
    "ask_transfer",
    "decline_transfer",
    "withdraw_transfer",
    "Account",
    "confirm_identity",
    "correct_removal",
    "correct_stitch",
    "place_stitch",
    "remove_stitch",
    "import_invitations",
    "invite",
    "join",
    "join_again",
    "resend_invitation",
    "withdraw_invitation",
    "acknowledge_alert",
    "answer_follow_up",
    "end_pregnancy",
    "escalate_due",
    "mark_item",
    "remind_due",
    "remind_reviewers",
    "replace_entry",
    "reopen_alert",
    "report_feeling_ok",
    "report_symptoms",
    "resolve_alert",
    "see_alert",
    "start_pregnancy",
    "strike",
    "undo_end",
    "withdraw_mark",
]
