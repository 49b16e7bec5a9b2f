from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_alert, open_pregnancy
from tracker.actions import acknowledge_alert as take_alert
from tracker.actions import mark_item, see_alert, withdraw_mark
from tracker.actions import reopen_alert as open_again
from tracker.actions import resolve_alert as close_alert
from tracker.advice import advice_of_alert
from tracker.checklists import progress_of
from tracker.enums import AlertOutcome, MarkKind
from tracker.forms import ResolveForm
from tracker.models import CervicalLength, Pregnancy
from tracker.signs import labels_of
from tracker.timelines import ribbon_of

REVIEW_MARKS = {"reviewed": MarkKind.REVIEWED, "teach_back": MarkKind.TEACH_BACK}


@role_required(Role.PROVIDER)
@require_safe
def chart(request, pregnancy_id):
    """One patient's record on one page."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    for alert in pregnancy.alerts.unread():
        see_alert(alert=alert, by=request.user)
    return show_chart(request, pregnancy, ResolveForm())


def show_chart(request, pregnancy: Pregnancy, form: ResolveForm):
    lengths = lengths_of(pregnancy)
    context = {
        "pregnancy": pregnancy,
        "lengths": lengths,
        "scan_events": [
            {"kind": "scan", "days": each.age.total_days} for each in lengths if each.age
        ],
        "cerclages": pregnancy.cerclages.all(),
        "progress": progress_of(pregnancy),
        "outcomes": AlertOutcome.choices,
        "form": form,
    }
    return render(request, "tracker/chart.html", context | log_of(pregnancy) | ribbon_of(pregnancy))


def log_of(pregnancy: Pregnancy) -> dict:
    """Return every report with what she was told, and the open alert with the reports behind it."""
    alerts = pregnancy.alerts.with_people().prefetch_related("reports", "events__by", "events__to")
    alert = alerts.open().first()
    closed = None if alert else alerts.order_by("-resolved_at").first()
    reports = list(
        pregnancy.reports.newest_first().select_related(
            "alert__resolved_by", "alert__acknowledged_by"
        )
    )
    words = labels_of(code for report in reports for code in report.symptoms)
    log = [
        {
            "report": report,
            "words": [words[code] for code in report.symptoms],
        }
        for report in reports
    ]
    return {
        "alert": alert,
        "closed": closed,
        "advice": advice_of_alert(alert) if alert else None,
        "alert_log": [entry for entry in log if alert and entry["report"].alert_id == alert.pk],
        "log": log,
    }


def lengths_of(pregnancy: Pregnancy) -> list[CervicalLength]:
    """Return her cervical lengths in order of date, each with the age it was measured at."""
    lengths = list(pregnancy.cervical_lengths.all())
    for length in lengths:
        length.pregnancy = pregnancy
        length.age = pregnancy.age_on(length.measured_on)
    return lengths


@role_required(Role.PROVIDER)
@require_POST
def acknowledge_alert(request, alert_id):
    """Take an alert: from now on the patient sees who has read it."""
    alert, pregnancy = open_alert(request, alert_id)
    if not take_alert(alert=alert, by=request.user):
        messages.info(request, _("Someone else was first: the alert was taken or closed already."))
    return redirect(pregnancy)


@role_required(Role.PROVIDER)
@require_POST
def resolve_alert(request, alert_id):
    """Close an alert with what was done."""
    alert, pregnancy = open_alert(request, alert_id)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        return show_chart(request, pregnancy, form)
    outcome = AlertOutcome(form.cleaned_data["outcome"])
    if not close_alert(
        alert=alert, outcome=outcome, note=form.cleaned_data["note"], by=request.user
    ):
        messages.info(request, _("Someone else was first: the alert was closed already."))
    return redirect(pregnancy)


@role_required(Role.PROVIDER)
@require_POST
def reopen_alert(request, alert_id):
    """Take back a closing made by mistake."""
    alert, pregnancy = open_alert(request, alert_id)
    if not open_again(alert=alert, by=request.user):
        messages.info(request, _("An alert of hers is open already."))
    return redirect(pregnancy)


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def review_checklist(request, pregnancy_id):
    """Go over the checklist with the patient: reviewed, and taught back, by whom and when."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    progress = progress_of(pregnancy)
    if request.method == "POST":
        save_review(progress, pregnancy, request.POST, by=request.user)
        messages.success(request, _("The review is saved."))
        return redirect("review_checklist", pregnancy_id=pregnancy.pk)
    return render(
        request, "tracker/review_checklist.html", {"pregnancy": pregnancy, "progress": progress}
    )


def save_review(progress, pregnancy, ticked, *, by):
    """Make every mark as the boxes say; only what changed becomes a row."""
    for task in progress.tasks:
        for name, kind in REVIEW_MARKS.items():
            wanted, stands = str(task.item.pk) in ticked.getlist(name), kind in task.marks
            if wanted != stands:
                act = mark_item if wanted else withdraw_mark
                act(pregnancy=pregnancy, item=task.item, kind=kind, by=by)
