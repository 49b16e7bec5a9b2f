from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker import actions
from tracker.access import open_pregnancy


@role_required(Role.PROVIDER)
@require_POST
def join_team(request, pregnancy_id):
    """Join a patient's team."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    actions.join_team(pregnancy=pregnancy, by=request.user)
    messages.success(request, _("You are on her team."))
    return redirect(pregnancy)


@role_required(Role.PROVIDER)
@require_POST
def leave_team(request, pregnancy_id):
    """Leave a patient's team; that you were on it stays on record."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    if actions.leave_team(pregnancy=pregnancy, by=request.user):
        messages.success(request, _("You left her team."))
    return redirect(pregnancy)
