"""Changes that touch more than one row. Keyword-only, one transaction each, and ``by`` says who."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from education.models import ChecklistItem
from tracker.clinical.triage import Assessment
from tracker.enums import AlertEventKind, AlertOutcome, MarkKind
from tracker.models import Alert, AlertEvent, ChecklistMark, Pregnancy, SymptomReport


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
) -> SymptomReport:
    """Store what a patient reported and raise her alert. Sent twice, it is one report.

    ``symptoms`` are codes of triage.csv; ``assessment`` is the advice she is being shown.
    A form sent again with other words is a new report, so that nothing she adds is lost.
    """
    _one_at_a_time(pregnancy)
    told = {"symptoms": sorted(symptoms), "started": started, "note": note}
    stored = SymptomReport.objects.filter(pk=report_id, pregnancy=pregnancy).first()
    if stored and all(getattr(stored, name) == value for name, value in told.items()):
        return stored
    return SymptomReport.objects.create(
        **_report_basis(pregnancy, report_id),
        **told,
        alert=_raise_alert(pregnancy, assessment, by),
        urgency=assessment.urgency,
        rules=list(assessment.rules),
        rules_version=assessment.version,
    )


@transaction.atomic
def report_feeling_ok(*, pregnancy: Pregnancy, report_id: uuid.UUID) -> SymptomReport:
    """Store "I feel OK". It thanks her, and changes no alert."""
    _one_at_a_time(pregnancy)
    stored = SymptomReport.objects.filter(pk=report_id, pregnancy=pregnancy, feels_ok=True).first()
    return stored or SymptomReport.objects.create(
        **_report_basis(pregnancy, report_id), feels_ok=True
    )


def _one_at_a_time(pregnancy: Pregnancy) -> None:
    """Let a second tap on "save" wait for the first, so that it finds the report and not a conflict."""
    Pregnancy.objects.select_for_update().get(pk=pregnancy.pk)


def _report_basis(pregnancy: Pregnancy, report_id: uuid.UUID) -> dict[str, Any]:
    """Return what every report keeps of the moment. An id in use is replaced."""
    taken = SymptomReport.objects.filter(pk=report_id).exists()
    return {
        "pk": uuid.uuid4() if taken else report_id,
        "pregnancy": pregnancy,
        "gestational_days": pregnancy.age.total_days if pregnancy.age else None,
        "high_risk": pregnancy.is_high_risk,
    }


def _raise_alert(pregnancy: Pregnancy, assessment: Assessment, by: User) -> Alert:
    """Return her open alert, at least as urgent as this report and unread again; or a new one."""
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
    if not is_new:
        alert.urgency = max(alert.urgency, assessment.urgency)
        alert.raised_at = now if alert.acknowledged_at else alert.raised_at
        alert.acknowledged_at = alert.acknowledged_by = None
        alert.save(update_fields=["urgency", "raised_at", "acknowledged_at", "acknowledged_by"])
    _record(alert, AlertEventKind.RAISED if is_new else AlertEventKind.REPEATED, by)
    return alert


def _record(alert: Alert, kind: AlertEventKind, by: User) -> None:
    AlertEvent.objects.create(
        alert=alert, kind=kind, at=timezone.now(), by=by, urgency=alert.urgency
    )


@transaction.atomic
def acknowledge_alert(*, alert: Alert, by: User) -> bool:
    """Take an alert: the update is the claim. Return False when someone else was first."""
    claimed = (
        Alert.objects.unread()
        .filter(pk=alert.pk)
        .update(acknowledged_at=timezone.now(), acknowledged_by=by)
    )
    if claimed:
        _record(alert, AlertEventKind.ACKNOWLEDGED, by)
    return bool(claimed)


@transaction.atomic
def resolve_alert(*, alert: Alert, outcome: AlertOutcome, note: str, by: User) -> bool:
    """Close an alert with what was done. Return False when it was closed already.

    Whoever closes an alert that nobody took has read it: she becomes its reader first.
    """
    acknowledge_alert(alert=alert, by=by)
    closed = (
        Alert.objects.open()
        .filter(pk=alert.pk)
        .update(resolved_at=timezone.now(), resolved_by=by, outcome=outcome, outcome_note=note)
    )
    if closed:
        _record(alert, AlertEventKind.RESOLVED, by)
    return bool(closed)


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
