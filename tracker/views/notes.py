from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker import actions
from tracker.access import open_pregnancy
from tracker.forms.notes import CorrectNoteForm, NoteForm
from tracker.forms.reasons import ReasonForm
from tracker.models import Note, Pregnancy

GET_AND_POST = ["GET", "HEAD", "POST"]


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def add_note(request, pregnancy_id):
    """Write a note for the next shift."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_note(pregnancy=pregnancy, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The note is saved."))
        return redirect(pregnancy)
    return render(request, "tracker/add_note.html", {"pregnancy": pregnancy, "form": form})


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def correct_note(request, pregnancy_id, note_id):
    """Write the right words as a new note; the old one stays, struck through."""
    pregnancy, note = open_note(request, pregnancy_id, note_id)
    form = CorrectNoteForm(request.POST or None, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        if actions.correct_note(note=note, by=request.user, **form.cleaned_data):
            messages.success(request, _("The corrected note is saved."))
        else:
            messages.info(request, _("Someone else was first: look at what stands now."))
        return redirect(pregnancy)
    context = {"pregnancy": pregnancy, "note": note, "form": form}
    return render(request, "tracker/correct_note.html", context)


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def strike_note(request, pregnancy_id, note_id):
    """Strike a note through, with a reason; it stays readable."""
    pregnancy, note = open_note(request, pregnancy_id, note_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.strike(entry=note, because=form.cleaned_data["because"], by=request.user):
            messages.success(request, _("The note is struck through."))
        return redirect(pregnancy)
    context = {"pregnancy": pregnancy, "note": note, "form": form}
    return render(request, "tracker/strike_note.html", context)


def open_note(request, pregnancy_id, note_id) -> tuple[Pregnancy, Note]:
    """Return a note of a record this person may open; a page for one that stands, an answer for any."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    notes = pregnancy.notes.select_related("recorded_by")
    if request.method != "POST":
        notes = notes.standing()
    return pregnancy, get_object_or_404(notes, public_id=note_id)
