"""What a page says of a text: who checked it, until when that holds, and where it comes from."""

import datetime

from django import template
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import Role, User
from education.models import Acceptance, ReviewedText, Source
from education.shown import acceptance_of

register = template.Library()


@register.inclusion_tag("components/checked.html", takes_context=True)
def checked(context, text, compact=False):
    """Say who checked a text and when, or that nobody has yet: from stored rows only."""
    is_checked = text.is_checked
    return {
        "text": text,
        "approval": text.approval if is_checked else None,
        "acceptance": None if is_checked or compact else standing_acceptance(context),
        "compact": compact,
        **_for_staff(context, text, is_checked),
    }


@register.inclusion_tag("components/checked_together.html", takes_context=True)
def checked_together(context, texts):
    """Say the same of a page that is made of many texts."""
    approved = [text for text in texts if text.approval_id]
    prefetch_related_objects(approved, "approval__reviewer", "sources")
    standing = [text.approval for text in approved if text.is_checked]
    all_done = bool(texts) and len(standing) == len(texts)
    names = sorted({approval.reviewer.signature for approval in standing})
    review_by = min((text.review_by for text in texts), default=None)
    return {
        "reviewers": get_text_list(names, _("and")) if all_done else "",
        "last": max((approval.approved_at for approval in standing), default=None),
        "review_by": review_by,
        "done": len(standing),
        "total": len(texts),
        "is_overdue": review_by is not None and _is_overdue(context, review_by),
    }


def _for_staff(context, text: ReviewedText, is_checked: bool) -> dict:
    """Return what staff are told besides: overdue, or no longer the words that were approved."""
    if _staff_of(context) is None:
        return {}
    return {
        "is_overdue": _is_overdue(context, text.review_by),
        "changed_since": None if is_checked else text.approval,
    }


def _is_overdue(context, review_by: datetime.date) -> bool:
    """Tell staff, and only staff, that a date has passed."""
    staff = _staff_of(context)
    if staff is None:
        return False
    today = staff.practice.today() if staff.practice else timezone.localdate()
    return review_by < today


def _staff_of(context) -> User | None:
    """Return whoever reads, unless it is a patient or a stranger."""
    user = getattr(context.get("request"), "user", None)
    is_staff = user is not None and user.is_authenticated and user.role != Role.PATIENT
    return user if is_staff else None


@register.simple_tag(takes_context=True)
def standing_acceptance(context) -> Acceptance | None:
    """Return the manager's acceptance of the unreviewed library that holds for this reader; read once a request."""
    request, practice = context.get("request"), context.get("practice")
    if request is None or practice is None:
        return None
    if not hasattr(request, "standing_acceptance"):
        request.standing_acceptance = acceptance_of(practice)
    return request.standing_acceptance


@register.filter
def live(sources) -> list[Source]:
    """Return the sources that a reader may be sent to."""
    return [source for source in sources if source.live]
