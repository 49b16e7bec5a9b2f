"""An open alert, weighed again when her week or her risk is known better. It rises or stays."""

from dataclasses import replace

from django.utils import timezone

from accounts.models import User
from tracker.actions.alerts import record
from tracker.actions.telling import begin_telling
from tracker.advice import answers_for
from tracker.clinical.triage import assess
from tracker.enums import AlertEventKind
from tracker.models import Alert, Pregnancy, SymptomReport


def weigh_open_alert_again(*, pregnancy: Pregnancy, because: str, by: User) -> None:
    """Raise her open alert if her reports are more urgent by what is known now; it never falls.

    Runs in the caller's transaction. The reports keep the level they were answered with. The
    telling begins anew, as for a report that is more urgent than those before.
    """
    alert = Alert.objects.select_for_update().open().filter(pregnancy=pregnancy).first()
    if alert is None:
        return
    known_now = Pregnancy.objects.with_people().get(pk=pregnancy.pk)
    urgency = max((_urgency_now(known_now, report) for report in alert.reports.all()), default=0)
    if urgency <= alert.urgency:
        return
    now = timezone.now()
    alert.urgency = urgency
    alert.raised_at = now if alert.acknowledged_at else alert.raised_at
    alert.acknowledged_at = alert.acknowledged_by = alert.seen_at = alert.seen_by = None
    alert.save()
    record(alert, AlertEventKind.REASSESSED, by=by, note=because)
    begin_telling(alert, now)


def _urgency_now(pregnancy: Pregnancy, report: SymptomReport) -> int:
    """Return the level of a report for the week of its own day, at her risk of now or of then."""
    day = timezone.localdate(report.made_at, timezone=pregnancy.practice.zone)
    age = pregnancy.age_on(day)
    answers = answers_for(pregnancy, report.symptoms)
    then = replace(
        answers,
        gestational_days=age.total_days if age else None,
        high_risk=answers.high_risk or report.high_risk,
    )
    return assess(then).urgency
