"""What every page does that changes words of a practice's own: submit, take back, show what is new."""

from django.contrib import messages
from django.utils.translation import gettext as _

from education.actions import CannotReview, ChangedMeanwhile, submit_words, take_back, withdraw
from education.comparing import changes_between


def submitted(request, text, form) -> bool:
    """Submit what was typed for review, and say so; False when it was refused, with the reason in the form."""
    try:
        submit_words(own=text, by=request.user, seen=form.cleaned_data["seen"], **form.words)
    except ChangedMeanwhile as refusal:
        form.refuse(refusal, seen=refusal.newest)
        text.refresh_from_db()
        return False
    except CannotReview as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Saved. These words wait for a clinician; earlier words are kept."))
    return True


def take_away(request, text) -> None:
    """Take words back from review, or off the patients' screen, and say so."""
    if "withdraw" in request.POST:
        withdraw(text=text, by=request.user)
        messages.success(request, _("Withdrawn. No patient reads it any more; the text is kept."))
    elif take_back(text=text, by=request.user):
        messages.success(request, _("Taken back. It is a draft again."))
    else:
        messages.info(request, _("A clinician has decided meanwhile. Nothing was taken back."))


def waiting_changes(text) -> list:
    """Return what differs between the words patients read and the newest, if they read any."""
    if not (text.live and text.latest_revision_id):
        return []
    return changes_between(text, text.get_latest_revision_as_object())
