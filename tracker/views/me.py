from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import own_record
from tracker.openings import openings_for, page_words

OPENINGS_A_PAGE = 50


@role_required(Role.PATIENT)
@require_safe
def me(request):
    """Her own page: her care team, who she is to us, what she agreed to, and the way to pause."""
    record = own_record(request)
    team = record.team.present().select_related("person") if record else []
    context = {
        "pregnancy": record,
        "team": [each.person for each in team if each.person.is_active],
        "consents": request.user.consents.select_related("practice"),
        "practice_of_record": record.practice if record else request.user.practice,
    }
    return render(request, "tracker/me.html", context)


@role_required(Role.PATIENT)
@require_safe
def my_access(request):
    """Who opened her record, when, and which page of it."""
    page = Paginator(openings_for(request.user), OPENINGS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(opening, page_words(opening)) for opening in page]
    return render(request, "tracker/my_access.html", {"page": page, "rows": rows})
