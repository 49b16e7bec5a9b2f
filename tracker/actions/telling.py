"""Telling the care team, step by step, until someone has read an alert."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from tracker.enums import AlertEventKind, Channel, Urgency
from tracker.escalation import people_for, plan_for
from tracker.models import Alert, AlertEvent
from tracker.outbox import enqueue

logger = logging.getLogger(__name__)
FALLBACK = timedelta(minutes=15)


def begin_telling(alert: Alert, now: datetime, also: Collection[User] = ()) -> None:
    """Start a new round of telling, in the caller's transaction.

    If a practice's settings or anything else here fails, the report is kept all the same: the
    alert stays due, and the worker's sweep tries again.
    """
    alert.round += 1
    alert.step = 0
    alert.round_began_at = alert.escalate_at = now
    alert.told_at = None
    alert.confirm_by = now + FALLBACK
    alert.save()
    try:
        with transaction.atomic():
            plan = plan_for(alert.practice, alert.level, now)
            alert.confirm_by, alert.escalate_at = plan.confirm_by, plan.due_at(0, now)
            for person in also:
                _tell(alert, person)
            take_due_steps(alert, now, told=also)
    except Exception:
        if transaction.get_rollback():
            raise  # The database has given up the whole transaction: nothing of it would be kept.
        logger.exception("Nobody could be told of alert %s yet; the worker tries again.", alert.pk)


def take_due_steps(alert: Alert, now: datetime, told: Collection[User] = ()) -> None:
    """Take every step whose time has come, and note when the next one is due. The alert is locked.

    Whoever several missed steps name is told once; so is whoever was ``told`` just now.
    """
    plan = plan_for(alert.practice, alert.level, alert.round_began_at or now)
    done, was_due, found = set(told), False, False
    while alert.escalate_at and alert.escalate_at <= now:
        people = people_for(alert.practice, plan.step(alert.step).tells)
        for person in people:
            if person not in done:
                _tell(alert, person)
        done.update(people)
        was_due, found = True, found or bool(people)
        alert.step += 1
        alert.escalate_at = plan.due_at(alert.step, now)
    if was_due and not found:
        AlertEvent.objects.create(
            alert=alert, kind=AlertEventKind.NOBODY, at=now, urgency=alert.urgency
        )
    alert.save()


def _tell(alert: Alert, person: User) -> None:
    """Write a message to a person on every channel that fits the urgency."""
    for channel in channels_of(person, alert.level):
        key = f"alert:{alert.pk}:{alert.round}:{alert.step}:{person.pk}:{channel.value}"
        enqueue(key=key, to=person, channel=channel, alert=alert)


def channels_of(person: User, urgency: Urgency) -> list[Channel]:
    """Return the ways to reach a member of staff: the more urgent, the more of them.

    Asks only whether a way is switched on. One that is set up wrongly fails when it is used, and
    leaves the others alone.
    """
    channels = [Channel.EMAIL]
    if settings.VAPID_PRIVATE_KEY and person.push_subscriptions.exists():
        channels.append(Channel.PUSH)
    if person.phone and settings.SMS_GATEWAY and urgency >= Urgency.URGENT:
        channels.append(Channel.SMS)
        if urgency == Urgency.EMERGENCY:
            channels.append(Channel.VOICE)
    return channels
