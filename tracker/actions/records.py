"""Correcting the record: a mistake is struck through with a reason, and stays visible."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.models import Entry, Pregnancy

Row = TypeVar("Row", bound=Entry)


def locked_record(pregnancy: Pregnancy) -> Pregnancy:
    """Let whoever else changes this record wait, and return it as it stands now."""
    return Pregnancy.objects.select_for_update().get(pk=pregnancy.pk)


def strike(*, entry: Entry, because: str, by: User) -> bool:
    """Strike one row through. Return False when someone had done so before."""
    rows = type(entry)._default_manager.filter(pk=entry.pk, struck_at=None)
    return bool(rows.update(struck_at=timezone.now(), struck_by=by, struck_because=because))


@transaction.atomic
def replace_entry(*, entry: Row, because: str, by: User, **right: Any) -> Row | None:
    """Strike one row through and write the one that is right instead, in one step.

    ``right`` are the fields of the new row that differ; the others are carried over. Return None
    when the row was struck through already: nothing is written then.
    """
    if not strike(entry=entry, because=because, by=by):
        return None
    kept = {field.name: getattr(entry, field.name) for field in _own_fields(entry)}
    return type(entry)._default_manager.create(**kept | right, recorded_by=by, replaces=entry)


def _own_fields(entry: Entry) -> list[Any]:
    """Return the fields that say what the row says, without those every entry has."""
    shared = {field.name for field in Entry._meta.get_fields()} | {"id", "replaces"}
    return [field for field in entry._meta.concrete_fields if field.name not in shared]
