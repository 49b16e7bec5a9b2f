from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.clinical.triage import RULES_VERSION
from tracker.hazards import hazards


@role_required(Role.PROVIDER, Role.MANAGER, Role.EDITOR, Role.REVIEWER)
@require_safe
def safety(request):
    """The hazard log, for everyone who works with Cinta."""
    return render(
        request,
        "tracker/safety.html",
        {"hazards": hazards(), "rules_version": RULES_VERSION},
    )
