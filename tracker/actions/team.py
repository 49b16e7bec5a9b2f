"""Who of the care team knows a patient: joined, and left."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.records import locked_record
from tracker.models import Pregnancy, TeamMember


@transaction.atomic
def join_team(*, pregnancy: Pregnancy, by: User) -> TeamMember:
    """Put a person on her team; a second time changes nothing."""
    locked = locked_record(pregnancy)
    member, _ = TeamMember.objects.present().get_or_create(pregnancy=locked, person=by)
    return member


def leave_team(*, pregnancy: Pregnancy, by: User) -> bool:
    """Take a person off her team; the row stays. False when she was not on it."""
    present = TeamMember.objects.present().filter(pregnancy=pregnancy, person=by)
    return bool(present.update(left_at=timezone.now()))
