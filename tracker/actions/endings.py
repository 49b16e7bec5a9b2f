"""The end of a pregnancy, or a pause: everything that would reach her stops in the same transaction."""

import datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.records import locked_record
from tracker.enums import FollowUpAnswer, MessageState, PregnancyEnd
from tracker.models import Ending, FollowUp, Message, Pregnancy

Undone = Literal["undone", "too_late", "another_runs", "already"]


@transaction.atomic
def end_pregnancy(
    *, pregnancy: Pregnancy, kind: PregnancyEnd, ended_on: datetime.date, by: User
) -> Ending | None:
    """End a pregnancy, and every message and question to her. Return None when it had ended already.

    An open alert stays open: only a person of her care team closes it.
    """
    locked = locked_record(pregnancy)
    if locked.ended_on is not None:
        return None
    now, age = timezone.now(), locked.age_on(ended_on)
    Pregnancy.objects.filter(pk=locked.pk).update(ended_on=ended_on, end=kind)
    FollowUp.objects.open().filter(pregnancy=locked).update(
        answered_at=now, answer=FollowUpAnswer.ENDED
    )
    Message.objects.waiting().filter(to=locked.patient_id).update(
        state=MessageState.WITHDRAWN, settled_at=now
    )
    return Ending.objects.create(
        pregnancy=locked,
        kind=kind,
        ended_on=ended_on,
        gestational_days=age.total_days if age else None,
        recorded_by=by,
    )


@transaction.atomic
def undo_end(*, ending: Ending, by: User) -> Undone:
    """Let a pregnancy go on as before; the row of its end stays, with who took it back.

    What was asked or about to be sent before the end is not taken up again.
    """
    # Her account, so that no new pregnancy begins between the look and the change.
    User.objects.select_for_update().get(pk=ending.pregnancy.patient_id)
    current = Ending.objects.select_for_update().get(pk=ending.pk)
    if current.undone_at is not None:
        return "already"
    if not current.can_be_undone:
        return "too_late"
    if Pregnancy.objects.current().filter(patient=ending.pregnancy.patient_id).exists():
        return "another_runs"
    Pregnancy.objects.filter(pk=ending.pregnancy_id).update(ended_on=None, end="")
    current.undone_at, current.undone_by = timezone.now(), by
    current.save(update_fields=["undone_at", "undone_by"])
    return "undone"
