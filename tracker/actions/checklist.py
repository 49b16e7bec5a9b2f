"""What happens to checklist items: marks on a patient's list, and what a practice has on its own."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from education.actions import submit_for_review
from education.models import ChecklistItem, HiddenItem
from tracker.enums import MarkKind
from tracker.models import ChecklistMark, Pregnancy


def mark_item(
    *, pregnancy: Pregnancy, item: ChecklistItem, kind: MarkKind, by: User
) -> ChecklistMark:
    """Record that an item was read, reviewed or taught back; a second time changes nothing."""
    mark, _ = ChecklistMark.objects.standing().get_or_create(
        pregnancy=pregnancy, item=item, kind=kind, defaults={"made_by": by}
    )
    return mark


def withdraw_mark(*, pregnancy: Pregnancy, item: ChecklistItem, kind: MarkKind, by: User) -> None:
    """Take back a mark made by mistake; the row stays, with who took it back and when."""
    marks = ChecklistMark.objects.standing().filter(pregnancy=pregnancy, item=item, kind=kind)
    marks.update(withdrawn_at=timezone.now(), withdrawn_by=by)


def hide_item(*, item: ChecklistItem, by: User) -> None:
    """Take an item off the checklist of one's practice; what happened to it stays. No other practice sees this."""
    HiddenItem.objects.get_or_create(practice=by.practice, item=item, defaults={"hidden_by": by})


def show_item(*, item: ChecklistItem, by: User) -> None:
    """Put an item back on the checklist of one's practice."""
    HiddenItem.objects.filter(practice=by.practice, item=item).delete()


@transaction.atomic
def add_item(*, item_id: uuid.UUID, by: User, **words: Any) -> ChecklistItem:
    """Write an item of the practice's own. Sent twice with the same ``item_id``, it is one item."""
    own = ChecklistItem.objects.filter(practice=by.practice)
    found: ChecklistItem | None = own.filter(translation_key=item_id).first()
    if found is not None:
        return found
    item = ChecklistItem(
        practice=by.practice,
        translation_key=item_id,
        slug=free_slug(words["title"]),
        live=False,
    )
    item.locale = item.get_default_locale()
    change_item(item=item, by=by, **words)
    return item


def free_slug(title: str) -> str:
    """Return an address that no file of the library and no other practice will ever have."""
    return f"{slugify(title)[:40] or 'item'}-{uuid.uuid4().hex[:12]}"


@transaction.atomic
def change_item(*, item: ChecklistItem, by: User, **words: Any) -> None:
    """Write new words for one's own item and submit them for review; what patients read now stays.

    Each version stays as a revision, with who wrote it. Words that still wait are taken back.
    """
    waiting = item.current_workflow_state if item.pk else None
    if waiting:
        waiting.cancel(user=by)
    for name, value in words.items():
        setattr(item, name, value)
    if not item.live:
        item.save()
    item.save_revision(user=by, clean=False)
    submit_for_review(text=item, by=by)
