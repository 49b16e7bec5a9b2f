from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_alert
from tracker.actions import acknowledge_alert as take_alert
from tracker.actions import reopen_alert as open_again
from tracker.actions import resolve_alert as close_alert
from tracker.enums import AlertOutcome
from tracker.forms import ResolveForm
from tracker.views.chart import show_chart


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
