from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy
from tracker.actions import see_alert
from tracker.checklists import progress_of
from tracker.due_dates import due_dates_of
from tracker.endings import end_of
from tracker.enums import AlertOutcome
from tracker.forms import ResolveForm
from tracker.lengths import lengths_of
from tracker.logs import log_of
from tracker.models import Pregnancy
from tracker.records import notes_of, team_of
from tracker.stitches import stitches_of
from tracker.timelines import chart_events, ribbon_of


@role_required(Role.PROVIDER)
@require_safe
def chart(request, pregnancy_id):
    """One patient's record on one page."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    for alert in pregnancy.alerts.unread():
        see_alert(alert=alert, by=request.user)
    return show_chart(request, pregnancy, ResolveForm())


def show_chart(request, pregnancy: Pregnancy, form: ResolveForm):
    """Show the chart, with the form that closes its alert."""
    log = log_of(pregnancy, everything=request.GET.get("log") == "all")
    ribbon, lengths = ribbon_of(pregnancy), lengths_of(pregnancy)
    context = {
        "pregnancy": pregnancy,
        "progress": progress_of(pregnancy),
        "outcomes": AlertOutcome.choices,
        "form": form,
        **log,
        **ribbon,
        **chart_events(pregnancy, ribbon["events"], log["reports"], lengths["scan_plan"]),
        **lengths,
        **stitches_of(pregnancy),
        **due_dates_of(pregnancy),
        **end_of(pregnancy, request.user),
        **notes_of(pregnancy, everything=request.GET.get("notes") == "all"),
        **team_of(pregnancy),
    }
    context["on_team"] = any(each.person_id == request.user.pk for each in context["team"])
    return render(request, "tracker/chart.html", context)
