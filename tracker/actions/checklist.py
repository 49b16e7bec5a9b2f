"""What happens to checklist items: marks on a patient's list, and what a practice has on its own."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from education.actions import free_slug, lock_practice, submit_words
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
    lock_practice(by)
    own = ChecklistItem.objects.filter(practice=by.practice)
    found: ChecklistItem | None = own.filter(translation_key=item_id).first()
    if found is not None:
        return found
    item = ChecklistItem(practice=by.practice, translation_key=item_id, live=False, **words)
    item.slug, item.locale = free_slug(item.title), item.get_default_locale()
    item.save()
    submit_words(own=item, by=by)
    return item
