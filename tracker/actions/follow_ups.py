"""The question "is it still there?": later the same day, on day 3, and again until she answers."""

import uuid
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Practice
from tracker.enums import Channel, FollowUpAnswer
from tracker.models import FollowUp, SymptomReport
from tracker.outbox import enqueue

LATER_TODAY = timedelta(hours=4)
DAYS_UNTIL_SECOND = timedelta(days=3)
MORNING, NIGHT = time(9), time(21)


def plan_follow_ups(report: SymptomReport) -> None:
    """Ask about this report twice; what was still to be asked about earlier ones is overtaken by it."""
    now, practice = timezone.now(), report.pregnancy.practice
    FollowUp.objects.open().filter(pregnancy=report.pregnancy).update(
        answered_at=now, answer=FollowUpAnswer.OVERTAKEN, answered_with=report
    )
    day = timezone.localdate(now, timezone=practice.zone) + DAYS_UNTIL_SECOND
    for due in (now + LATER_TODAY, datetime.combine(day, MORNING, tzinfo=practice.zone)):
        FollowUp.objects.create(
            pregnancy=report.pregnancy,
            report=report,
            due_at=due,
            remind_at=after_the_night(due, practice),
        )


def after_the_night(moment: datetime, practice: Practice) -> datetime:
    """Return the moment itself, or the next morning at the practice when it falls into the night."""
    local = moment.astimezone(practice.zone)
    if MORNING <= local.time() < NIGHT:
        return moment
    day = local.date() + timedelta(days=local.time() >= NIGHT)
    return datetime.combine(day, MORNING, tzinfo=practice.zone)


def remind_due() -> None:
    """Send a reminder for every question that is due, and plan the next one for tomorrow morning."""
    due = FollowUp.objects.to_remind(timezone.now()).values_list("pk", flat=True)
    for follow_up_id in list(due[:500]):
        _remind(follow_up_id)


@transaction.atomic
def _remind(follow_up_id: uuid.UUID) -> None:
    now = timezone.now()
    asked = FollowUp.objects.select_for_update().to_remind(now).filter(pk=follow_up_id).first()
    if asked is None:
        return
    patient, practice = asked.pregnancy.patient, asked.pregnancy.practice
    earlier = FollowUp.objects.open().filter(pregnancy=asked.pregnancy, due_at__lt=asked.due_at)
    # One reminder a day is enough: it is about the oldest question.
    if patient.is_active and not earlier.exists():
        key = f"follow_up:{asked.pk}:{asked.reminders}"
        enqueue(key=key, to=patient, channel=Channel.EMAIL, follow_up=asked)
    tomorrow = timezone.localdate(now, timezone=practice.zone) + timedelta(days=1)
    asked.reminders += 1
    asked.remind_at = datetime.combine(tomorrow, MORNING, tzinfo=practice.zone)
    asked.save(update_fields=["reminders", "remind_at"])
