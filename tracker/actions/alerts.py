"""The life of an alert: raised, told, seen, acknowledged, resolved; each step a row."""

import logging
import uuid
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.telling import begin_telling, take_due_steps
from tracker.clinical.triage import Assessment
from tracker.enums import AlertEventKind, AlertOutcome
from tracker.escalation import QUIET, moment_of
from tracker.models import Alert, AlertEvent, Pregnancy

logger = logging.getLogger(__name__)
UNREAD = {"acknowledged_at": None, "acknowledged_by": None}


def raise_alert(*, pregnancy: Pregnancy, assessment: Assessment, by: User) -> Alert:
    """Return her open alert, at least as urgent as this report and unread again; or a new one.

    Runs in the caller's transaction. The telling begins anew when the alert is new, more urgent
    than before, or was already taken by someone who has not read this report.
    """
    now = timezone.now()
    alert, is_new = Alert.objects.select_for_update().get_or_create(
        pregnancy=pregnancy,
        resolved_at=None,
        defaults={
            "practice": pregnancy.practice,
            "urgency": assessment.urgency,
            "raised_at": now,
        },
    )
    begins = is_new or alert.acknowledged_at or assessment.urgency > alert.urgency
    if not is_new:
        alert.urgency = max(alert.urgency, assessment.urgency)
        alert.raised_at = now if alert.acknowledged_at else alert.raised_at
        alert.acknowledged_at = alert.acknowledged_by = alert.seen_at = alert.seen_by = None
        alert.save()
    record(alert, AlertEventKind.RAISED if is_new else AlertEventKind.REPEATED, by=by)
    if begins:
        begin_telling(alert, now)
    return alert


def record(
    alert: Alert,
    kind: AlertEventKind,
    *,
    by: User | None,
    outcome: str = "",
    note: str = "",
) -> None:
    """Write one step. ``by`` is None for what Cinta did by itself."""
    AlertEvent.objects.create(
        alert=alert,
        kind=kind,
        at=timezone.now(),
        by=by,
        urgency=alert.urgency,
        outcome=outcome,
        note=note,
    )


@transaction.atomic
def see_alert(*, alert: Alert, by: User) -> None:
    """Note that someone of the team has opened an alert nobody took yet; once per person and telling."""
    if not Alert.objects.unread().filter(pk=alert.pk).exists():
        return
    seen = alert.events.filter(kind=AlertEventKind.SEEN, by=by)
    if alert.seen_at and seen.filter(at__gte=alert.round_began_at or alert.raised_at).exists():
        return
    Alert.objects.unread().filter(pk=alert.pk).update(seen_at=timezone.now(), seen_by=by)
    record(alert, AlertEventKind.SEEN, by=by)


@transaction.atomic
def acknowledge_alert(*, alert: Alert, by: User) -> bool:
    """Take an alert: the update is the claim. Return False when someone else was first.

    Whoever took it may do so again, to say that she is still on it: that starts the wait anew
    after which a quiet alert is raised again.
    """
    now = timezone.now()
    mine = Alert.objects.open().filter(pk=alert.pk, acknowledged_by=by)
    claimed = (
        Alert.objects.unread()
        .filter(pk=alert.pk)
        .update(acknowledged_at=now, acknowledged_by=by, seen_at=now, seen_by=by)
    )
    if not claimed and not mine.exists():
        return False
    current = Alert.objects.select_related("practice").get(pk=alert.pk)
    mine.update(escalate_at=moment_of(current.practice, QUIET[current.level], now))
    record(current, AlertEventKind.ACKNOWLEDGED, by=by)
    return True


@transaction.atomic
def resolve_alert(*, alert: Alert, outcome: AlertOutcome, note: str, by: User) -> bool:
    """Close an alert with what was done. Return False when it was closed already.

    Whoever closes an alert that nobody took has read it: she becomes its reader first.
    """
    if Alert.objects.unread().filter(pk=alert.pk).exists():
        acknowledge_alert(alert=alert, by=by)
    closed = (
        Alert.objects.open()
        .filter(pk=alert.pk)
        .update(
            resolved_at=timezone.now(),
            resolved_by=by,
            outcome=outcome,
            outcome_note=note,
            escalate_at=None,
        )
    )
    if closed:
        record(alert, AlertEventKind.RESOLVED, by=by, outcome=outcome, note=note)
    return bool(closed)


@transaction.atomic
def reopen_alert(*, alert: Alert, by: User) -> bool:
    """Open an alert again that was closed by mistake; whoever does is on it.

    Return False when it is open, or when her next alert is open already.
    """
    now = timezone.now()
    Pregnancy.objects.select_for_update().get(pk=alert.pregnancy_id)
    if Alert.objects.open().filter(pregnancy=alert.pregnancy_id).exists():
        return False
    Alert.objects.filter(pk=alert.pk).update(
        resolved_at=None,
        resolved_by=None,
        outcome="",
        outcome_note="",
        acknowledged_at=now,
        acknowledged_by=by,
        escalate_at=moment_of(alert.practice, QUIET[alert.level], now),
    )
    record(alert, AlertEventKind.REOPENED, by=by)
    return True


def escalate_due() -> bool:
    """Take every step of escalation that is due. Return False when one could not be taken.

    One alert that fails does not keep the others waiting; it is tried again at the next sweep.
    """
    all_taken = True
    for alert_id in list(Alert.objects.due(timezone.now()).values_list("pk", flat=True)[:500]):
        try:
            _escalate(alert_id)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("Alert %s could not be escalated.", alert_id)
            all_taken = False
    return all_taken


@transaction.atomic
def _escalate(alert_id: uuid.UUID) -> None:
    """Take the next steps of one alert, unless another worker just did."""
    now = timezone.now()
    alert = Alert.objects.select_for_update().due(now).filter(pk=alert_id).first()
    if alert is None:
        return
    if alert.acknowledged_at:
        _raise_again(alert, now)
    else:
        take_due_steps(alert, now)


def _raise_again(alert: Alert, now: datetime) -> None:
    """Begin anew with an alert that someone took and that went quiet. Who had it stays on record."""
    record(alert, AlertEventKind.WENT_QUIET, by=None, note=str(alert.acknowledged_by.signature))
    holder = alert.acknowledged_by
    alert.acknowledged_at = alert.acknowledged_by = None
    alert.save()
    begin_telling(alert, now, also=[holder] if holder else [])
