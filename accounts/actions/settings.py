from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions.changes import note_change
from accounts.models import ChangeSubject, Practice, User


def in_words(value: object) -> str:
    """Return a setting as it is kept in the list of changes."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None else str(value)


@transaction.atomic
def change_practice(*, practice: Practice, values: Mapping[str, Any], by: User) -> bool:
    """Store new settings. Return False when they are what stands there already."""
    current = Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    before = {name: in_words(getattr(current, name)) for name in values}
    for name, value in values.items():
        setattr(current, name, value)
    after = {name: in_words(getattr(current, name)) for name in values}
    if not note_change(
        practice=current, subject=ChangeSubject.SETTINGS, by=by, before=before, after=after
    ):
        return False
    current.save(update_fields=list(values))
    return True
