from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import Role
from education.search.asked import MOST_LETTERS
from education.views.lessons import practice_of
from tracker.access import own_record
from tracker.clinical.triage import RULES_VERSION
from tracker.numbers import public_numbers
from tracker.searches import search_for

SUGGESTIONS = [
    _("Spotting"), _("Cramps"), _("Pressure low down"), _("Water broke"), _("Baby moves less"),
    _("Stitch out"), _("Scans"), _("Rest"), _("Week 20"),
]  # fmt: skip


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
def search(request):
    """Look in the library: a warning sign that is named comes first, with its advice.

    What somebody looks for is about her health: it is not stored, not logged and kept in no cache.
    """
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MOST_LETTERS]
    is_patient = request.user.is_authenticated and request.user.role == Role.PATIENT
    pregnancy = own_record(request) if is_patient else None
    context = {
        "query": query,
        "suggestions": SUGGESTIONS,
        "pregnancy": pregnancy,
        "public": public_numbers(),
        "rules_version": RULES_VERSION,
        "found": search_for(
            query,
            pregnancy=pregnancy,
            practice=practice_of(request),
            correct="exact" not in request.GET,
        )
        if query
        else None,
    }
    return render(request, "tracker/search.html", context)
