from django.utils import timezone

from accounts.models import User
from education.models import ChecklistItem
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
