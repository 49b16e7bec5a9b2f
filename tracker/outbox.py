"""The transactional outbox: a message is a row written with what it is about, and sent afterwards.

The task is the fast path. The row is the truth: a sweep in the worker finds every message that is
due, so a lost task costs one sweep, a killed worker no more than its restart, neither a message.
At least once: a sender killed between handing over and noting it sends again, under the same key.
"""

import logging
import time
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from education.models import ReviewMail
from tracker.enums import AlertEventKind, Channel, MessageState
from tracker.gateways import Undeliverable
from tracker.models import (
    Alert,
    AlertEvent,
    FollowUp,
    Invitation,
    Message,
    PatientQuestion,
)
from tracker.notifications import send

logger = logging.getLogger(__name__)

# A sender that has not come back after this long is taken for dead.
LEASE = timedelta(seconds=60)
WAITS = [timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600)]
MOST_TRIES = 24  # then the waits add up to more than three hours
SWEEP_SECONDS = 20.0
LONGEST_ERROR = 200


@task()
def send_message(message_id: str) -> None:
    """Send one message now, ahead of the sweep."""
    deliver(uuid.UUID(message_id))


def enqueue(
    *,
    key: str,
    to: User | None,
    channel: Channel,
    alert: Alert | None = None,
    follow_up: FollowUp | None = None,
    question: PatientQuestion | None = None,
    invitation: Invitation | None = None,
    review_mail: ReviewMail | None = None,
) -> None:
    """Write a message and its task in the caller's transaction. The same key twice is one message.

    It is about one thing; ``to`` is empty only for an invitation, which knows its address itself.
    """
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "channel": channel,
            "alert": alert,
            "alert_round": alert.round if alert else None,
            "follow_up": follow_up,
            "question": question,
            "invitation": invitation,
            "review_mail": review_mail,
        },
    )
    if is_new:
        send_message.enqueue(str(message.pk))


def deliver_due() -> int:
    """Send what is due for one sweep's time. Return how many messages were tried.

    The most urgent alert goes first: a slow mail server must not keep an emergency behind a reminder.
    """
    started, tried = time.monotonic(), 0
    urgent_first = F("alert__urgency").desc(nulls_last=True)
    due = Message.objects.due(timezone.now()).order_by(urgent_first, "try_at")
    for message_id in list(due.values_list("pk", flat=True)[:500]):
        if time.monotonic() - started > SWEEP_SECONDS:
            break
        tried += deliver(message_id)
    return tried


def deliver(message_id: uuid.UUID) -> bool:
    """Send one message if it is still due and nobody else is sending it. Return whether it was tried."""
    now = timezone.now()
    mine = Message.objects.due(now).filter(pk=message_id)
    if not mine.update(try_at=now + LEASE, tries=F("tries") + 1):
        return False
    message = Message.objects.select_related(
        "to__practice",
        "alert",
        "follow_up__pregnancy",
        "question__pregnancy",
        "invitation__practice",
    ).get(pk=message_id)
    if not is_needed(message):
        _settle(message, MessageState.WITHDRAWN)
        return False
    try:
        send(message)
    except Undeliverable as error:
        _settle(message, MessageState.FAILED, str(error))
    except Exception as error:
        _postpone(message, error)
    else:
        _settle(message, MessageState.SENT)
    return True


def end_leases() -> None:
    """Let what a killed worker had in hand be tried at once. Run when the only worker starts."""
    Message.objects.waiting().filter(tries__gt=0).update(try_at=timezone.now())


def is_needed(message: Message) -> bool:
    """Tell whether there is still a reason to send: nobody has read the alert, no answer was given.

    To a patient whose pregnancy has ended nothing goes any more, nor to anyone who has left.
    """
    alert, follow_up, question = message.alert, message.follow_up, message.question
    if message.to is not None and not message.to.is_active:
        return False
    if alert is not None:
        unread = alert.acknowledged_at is None and alert.resolved_at is None
        return unread and alert.round == message.alert_round
    if follow_up is not None:
        return follow_up.answered_at is None and follow_up.pregnancy.ended_on is None
    if question is not None:
        return question.answered_at is not None and question.pregnancy.ended_on is None
    if message.review_mail_id:
        return True
    return message.invitation is not None and message.invitation.stage == "open"


def _postpone(message: Message, error: Exception) -> None:
    """Keep the message for a later try, or give up and let the alert say so."""
    # Only the kind of error: what a mail server says names the person, and a log is read by others.
    logger.warning("Message %s was not delivered: %s", message.pk, type(error).__name__)
    words = f"{type(error).__name__}: {error}"
    if message.tries >= MOST_TRIES:
        _settle(message, MessageState.FAILED, words)
        return
    wait = WAITS[min(message.tries, len(WAITS)) - 1]
    # Unless someone else is trying by now, because this took longer than the lease.
    mine = Message.objects.waiting().filter(pk=message.pk, tries=message.tries)
    mine.update(try_at=timezone.now() + wait, error=printable(words))


def printable(words: str) -> str:
    """Return what a database can store of what a stranger's server said: PostgreSQL takes no NUL."""
    return "".join(sign if sign.isprintable() else " " for sign in words)[:LONGEST_ERROR]


@transaction.atomic
def _settle(message: Message, state: MessageState, error: str = "") -> None:
    """Write what became of a message, once, and the step in the life of its alert."""
    now, error = timezone.now(), printable(error)
    waiting = Message.objects.waiting().filter(pk=message.pk)
    alert = message.alert
    if not waiting.update(state=state, settled_at=now, error=error) or alert is None:
        return
    if state == MessageState.SENT and alert.round == message.alert_round:
        Alert.objects.filter(pk=alert.pk, round=alert.round, told_at=None).update(told_at=now)
    if state != MessageState.WITHDRAWN:
        AlertEvent.objects.create(
            alert=alert,
            kind=AlertEventKind.TOLD if state == MessageState.SENT else AlertEventKind.NOT_TOLD,
            at=now,
            to=message.to,
            channel=message.channel,
            urgency=alert.urgency,
            note=error,
        )
