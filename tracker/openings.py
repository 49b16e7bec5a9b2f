"""Who opened a record, in words a patient understands."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tracker.models import AccessLog, Pregnancy

PAGES = {
    "chart": _("your record"),
    "review_checklist": _("your checklist"),
    "take_back_mark": _("your checklist"),
    "answer_question": _("a question you asked"),
    "visit_summary": _("your visit summary"),
    "dating": _("your due date"),
    "cerclage": _("your stitch"),
    "remove_stitch": _("your stitch"),
    "correct_stitch": _("your stitch"),
    "correct_removal": _("your stitch"),
    "strike_stitch": _("your stitch"),
    "add_length": _("your scans"),
    "correct_length": _("your scans"),
    "strike_length": _("your scans"),
    "discuss_length": _("your scans"),
    "add_note": _("the notes of your care team"),
    "correct_note": _("the notes of your care team"),
    "strike_note": _("the notes of your care team"),
    "change_history": _("your history"),
    "join_team": _("your care team, to join it"),
    "leave_team": _("your care team, to leave it"),
    "transfer": _("your move to another practice"),
    "transfers": _("your name and weeks, to answer if you may move to them"),
    "record_end": _("the end of your pregnancy"),
    "undo_recorded_end": _("the end of your pregnancy"),
    "start_pregnancy": _("the start of a new pregnancy"),
    "acknowledge_alert": _("what you told us, to say: I am on it"),
    "resolve_alert": _("what you told us, to write down what was done"),
    "reopen_alert": _("what you told us, to open it again"),
}


def openings_for(user: User):
    """Return every opening of her own record by someone else, newest first."""
    hers = Pregnancy.objects.visible_to(user)
    openings = AccessLog.objects.filter(pregnancy__in=hers).select_related("opened_by__practice")
    return openings.order_by("-opened_at", "-pk")


def page_words(opening: AccessLog) -> str:
    """Return which page it was; a page without words of its own is a part of her record."""
    return str(PAGES.get(opening.page, _("a part of your record")))
