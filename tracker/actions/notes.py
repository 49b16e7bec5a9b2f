"""Notes for the next shift: written, corrected by a new row, struck through."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.records import locked_record, replace_entry
from tracker.models import Note, Pregnancy

TWICE = timedelta(minutes=1)


@transaction.atomic
def add_note(*, pregnancy: Pregnancy, text: str, by: User) -> Note:
    """Write a note. The same words from the same person within a minute are one note sent twice."""
    locked = locked_record(pregnancy)
    recent = locked.notes.standing().filter(recorded_by=by, text=text)
    sent = recent.filter(recorded_at__gte=timezone.now() - TWICE).first()
    return sent or Note.objects.create(pregnancy=locked, text=text, recorded_by=by)


@transaction.atomic
def correct_note(*, note: Note, text: str, because: str, by: User) -> Note | None:
    """Write the right words as a new note. None when the old one was struck through before."""
    return replace_entry(entry=note, because=because, by=by, text=text)
