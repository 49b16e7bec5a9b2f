"""What a patient tells us: stored once, with the alert it raises and the questions it leads to."""

import json
import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.alerts import raise_alert, record
from tracker.actions.follow_ups import plan_follow_ups
from tracker.actions.records import locked_record
from tracker.clinical.triage import Assessment
from tracker.enums import AlertEventKind, FollowUpAnswer, Started
from tracker.models import FollowUp, Pregnancy, SymptomReport

logger = logging.getLogger(__name__)


@transaction.atomic
def report_symptoms(
    *,
    pregnancy: Pregnancy,
    report_id: uuid.UUID,
    symptoms: Iterable[str],
    assessment: Assessment,
    by: User,
    started: str = "",
    note: str = "",
    made_at: datetime | None = None,
    device_clock: datetime | None = None,
) -> SymptomReport:
    """Store what a patient reported and raise her alert. Sent twice, it is one report.

    ``symptoms`` are codes of triage.csv; ``assessment`` is the advice she is being shown.
    ``made_at`` is when she said it, if that was not now; ``device_clock`` what her device showed then.
    A form sent again with other words is a new report, so that nothing she adds is lost.
    """
    _one_at_a_time(pregnancy)
    told = {"symptoms": sorted(symptoms), "started": started, "note": note}
    for known in (report_id, _id_of_other_words(report_id, told)):
        stored = SymptomReport.objects.filter(pk=known, pregnancy=pregnancy).first()
        if stored and all(getattr(stored, name) == value for name, value in told.items()):
            return stored
    report = SymptomReport.objects.create(
        **_report_basis(pregnancy, report_id, _id_of_other_words(report_id, told), made_at),
        device_clock=device_clock,
        **told,
        alert=raise_alert(pregnancy=pregnancy, assessment=assessment, by=by),
        urgency=assessment.urgency,
        rules=list(assessment.rules),
        rules_version=assessment.version,
    )
    _ask_later(report)
    return report


@transaction.atomic
def report_feeling_ok(
    *,
    pregnancy: Pregnancy,
    report_id: uuid.UUID,
    made_at: datetime | None = None,
    device_clock: datetime | None = None,
) -> SymptomReport:
    """Store "I feel OK". It thanks her, and changes no alert."""
    _one_at_a_time(pregnancy)
    other_id = _id_of_other_words(report_id, {"feels_ok": True})
    same = SymptomReport.objects.filter(pk__in=[report_id, other_id], pregnancy=pregnancy)
    stored = same.filter(feels_ok=True).first()
    return stored or SymptomReport.objects.create(
        **_report_basis(pregnancy, report_id, other_id, made_at),
        device_clock=device_clock,
        feels_ok=True,
    )


@transaction.atomic
def answer_follow_up(
    *, follow_up: FollowUp, by: User, still: Assessment | None
) -> SymptomReport | None:
    """Store her answer once. "Still there" is a new report of the same signs; "gone" closes nothing.

    ``still`` is the advice she is being shown, None when it is gone. Return the new report, if any.
    """
    _one_at_a_time(follow_up.pregnancy)
    answer = FollowUpAnswer.STILL if still else FollowUpAnswer.GONE
    answered = (
        FollowUp.objects.open()
        .filter(pk=follow_up.pk)
        .update(answered_at=timezone.now(), answer=answer)
    )
    if still is None:
        if answered and follow_up.report.alert:
            record(follow_up.report.alert, AlertEventKind.GONE, by=by)
        return None
    report = report_symptoms(
        pregnancy=follow_up.pregnancy,
        report_id=uuid.uuid5(follow_up.pk, "still"),
        symptoms=follow_up.report.symptoms,
        assessment=still,
        started=Started.BEFORE,
        by=by,
    )
    FollowUp.objects.filter(pk=follow_up.pk).update(answered_with=report)
    return report


def _one_at_a_time(pregnancy: Pregnancy) -> None:
    """Let a second tap on "save" wait for the first, so that it finds the report and not a conflict.

    Learn at the same time whether the pregnancy has ended meanwhile.
    """
    pregnancy.ended_on = locked_record(pregnancy).ended_on


def _id_of_other_words(report_id: uuid.UUID, told: dict[str, Any]) -> uuid.UUID:
    """Return the id of a report whose own id has been used for other words: the same each time it is sent."""
    return uuid.uuid5(report_id, json.dumps(told, sort_keys=True))


def _report_basis(
    pregnancy: Pregnancy,
    report_id: uuid.UUID,
    other_id: uuid.UUID,
    made_at: datetime | None,
) -> dict[str, Any]:
    """Return what every report keeps of the moment she made it. After the end the week is unknown.

    An id in use gives way to the other one; if someone else has taken even that, to a new one.
    """
    made_at = made_at or timezone.now()
    day = timezone.localdate(made_at, timezone=pregnancy.practice.zone)
    age = None if pregnancy.ended_on else pregnancy.age_on(day)
    taken = set(
        SymptomReport.objects.filter(pk__in=[report_id, other_id]).values_list("pk", flat=True)
    )
    return {
        "pk": next((each for each in (report_id, other_id) if each not in taken), uuid.uuid4()),
        "pregnancy": pregnancy,
        "made_at": made_at,
        "gestational_days": age.total_days if age else None,
        "high_risk": pregnancy.is_high_risk,
    }


def _ask_later(report: SymptomReport) -> None:
    """Plan the questions about a report. If that fails, the report is kept all the same.

    After the end of a pregnancy Cinta never asks again.
    """
    if report.pregnancy.ended_on:
        return
    try:
        with transaction.atomic():
            plan_follow_ups(report)
    except Exception:
        if transaction.get_rollback():
            raise  # The database has given up the whole transaction: nothing of it would be kept.
        logger.exception("No question could be planned for report %s.", report.pk)
