from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import practice_required, role_required
from accounts.models import Role
from tracker.figures import FEWEST, PERIODS, Figures, figures_of
from tracker.figures_csv import as_csv


@role_required(Role.PROVIDER, Role.MANAGER)
@practice_required
@require_safe
def figures(request):
    """The practice's own figures as plots with their tables: no names of patients."""
    context = {"figures": asked_for(request), "periods": PERIODS, "fewest": FEWEST}
    return render(request, "tracker/figures.html", context)


@role_required(Role.PROVIDER, Role.MANAGER)
@practice_required
@require_safe
def figures_csv(request):
    """The same figures as a file for a spreadsheet."""
    found = asked_for(request)
    name = f"cinta-figures-{request.user.practice.today():%Y-%m-%d}-{found.days}-days.csv"
    return HttpResponse(
        as_csv(request.user.practice, found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked_for(request) -> Figures:
    """Return the figures of the period that was chosen; of 90 days when none was."""
    asked = request.GET.get("days", "")
    days = next((each for each in PERIODS if str(each) == asked), PERIODS[1])
    return figures_of(request.user.practice, days, timezone.now())
