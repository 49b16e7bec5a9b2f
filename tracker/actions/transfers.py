"""Handing a patient over to another practice: asked by one side, agreed by the other."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Practice, User
from tracker.actions.alerts import UNREAD
from tracker.actions.records import locked_record
from tracker.actions.telling import begin_telling
from tracker.enums import AlertEventKind
from tracker.models import Alert, AlertEvent, Pregnancy, TeamMember, Transfer


@transaction.atomic
def ask_transfer(
    *, pregnancy: Pregnancy, to_practice: Practice, reason: str, by: User
) -> Transfer | None:
    """Ask another practice to take a patient over. None when it was asked already, or she is gone."""
    current = locked_record(pregnancy)
    if current.practice_id != by.practice_id or current.transfers.open().exists():
        return None
    return Transfer.objects.create(
        pregnancy=current,
        from_practice_id=current.practice_id,
        to_practice=to_practice,
        reason=reason,
        asked_by=by,
    )


def withdraw_transfer(*, transfer: Transfer, by: User) -> bool:
    """Take the question back. Return False when the other side was first."""
    return _settle(transfer, Transfer.Outcome.WITHDRAWN, by)


def decline_transfer(*, transfer: Transfer, by: User) -> bool:
    """Say no. Return False when it was settled already."""
    return _settle(transfer, Transfer.Outcome.DECLINED, by)


@transaction.atomic
def accept_transfer(*, transfer: Transfer, by: User) -> bool:
    """Take a patient over: her account, her pregnancies and her open alerts move in one step.

    From the next request on the old practice sees nothing of her, and the new one everything.
    Return False when it was settled already, or she is no longer with the practice that asked.
    """
    patient = User.objects.select_for_update().get(pregnancies=transfer.pregnancy_id)
    hers = list(Pregnancy.objects.select_for_update().filter(patient=patient))
    still_there = any(
        each.pk == transfer.pregnancy_id and each.practice_id == transfer.from_practice_id
        for each in hers
    )
    if not still_there or not _settle(transfer, Transfer.Outcome.ACCEPTED, by):
        return False
    _move(patient, transfer, by)
    return True


def _settle(transfer: Transfer, outcome: Transfer.Outcome, by: User) -> bool:
    """Write how it ended, once: the update is the claim."""
    still_open = Transfer.objects.open().filter(pk=transfer.pk)
    return bool(still_open.update(outcome=outcome, settled_at=timezone.now(), settled_by=by))


def _move(patient: User, transfer: Transfer, by: User) -> None:
    """Move everything of hers. Closed alerts stay in the figures of the practice that worked them."""
    now, practice = timezone.now(), transfer.to_practice
    hers = Pregnancy.objects.filter(patient=patient)
    User.objects.filter(pk=patient.pk).update(practice=practice)
    TeamMember.objects.present().filter(pregnancy__in=hers).update(left_at=now)
    # What was asked about an earlier pregnancy has no one to answer it any more.
    Transfer.objects.open().filter(pregnancy__in=hers).update(
        outcome=Transfer.Outcome.WITHDRAWN, settled_at=now, settled_by=by
    )
    for alert in Alert.objects.select_for_update().open().filter(pregnancy__in=hers):
        _move_alert(alert, transfer, by)
    hers.update(practice=practice)


def _move_alert(alert: Alert, transfer: Transfer, by: User) -> None:
    """Tell the new team of an open alert from the beginning: nobody there has read it."""
    now = timezone.now()
    AlertEvent.objects.create(
        alert=alert,
        kind=AlertEventKind.TRANSFERRED,
        at=now,
        by=by,
        urgency=alert.urgency,
        note=f"{transfer.from_practice} → {transfer.to_practice}",
    )
    Alert.objects.filter(pk=alert.pk).update(
        practice=transfer.to_practice, seen_at=None, seen_by=None, **UNREAD
    )
    begin_telling(Alert.objects.select_related("practice").get(pk=alert.pk), now)
