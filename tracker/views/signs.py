from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from tracker.access import own_record
from tracker.clinical.triage import RULES_VERSION
from tracker.signs import leveled_signs


@login_not_required
@require_safe
def warning_signs(request):
    """Every sign under what to do about it: for her week and risk, or for anyone who comes in from the street."""
    is_patient = request.user.is_authenticated and request.user.role == Role.PATIENT
    pregnancy = own_record(request) if is_patient else None
    context = {
        "levels": leveled_signs(pregnancy),
        "pregnancy": pregnancy,
        "rules_version": RULES_VERSION,
    }
    return render(request, "tracker/warning_signs.html", context)
