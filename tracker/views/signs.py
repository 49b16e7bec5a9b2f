from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from tracker.access import own_record
from tracker.aftermath import AFTER_PREGNANCY, is_over
from tracker.clinical.triage import RULES_VERSION
from tracker.models import Pregnancy
from tracker.signs import cards_of, closed_groups_of, lasting_signs, leveled_signs


def record_of_reader(request) -> Pregnancy | None:
    """Return a patient's own record; None for anyone else."""
    is_patient = request.user.is_authenticated and request.user.role == Role.PATIENT
    return own_record(request) if is_patient else None


@login_not_required
@require_safe
def warning_signs(request):
    """Every sign with what to do about it: for her week and risk, or for anyone who comes in from the street.

    What to look at first stands in a card for each level; the other signs are in groups that open.
    """
    pregnancy = record_of_reader(request)
    levels = leveled_signs(pregnancy)
    context = {
        "cards": cards_of(levels),
        "groups": closed_groups_of(levels),
        "signs": [each.sign for those in levels.values() for each in those],
        "pregnancy": pregnancy,
        "rules_version": RULES_VERSION,
    }
    return render(request, "tracker/warning_signs.html", context)


@login_not_required
@require_safe
def fridge(request):
    """The warning signs on one sheet of paper, to hang where she sees it."""
    pregnancy = record_of_reader(request)
    over = is_over(pregnancy)
    context = {
        "levels": {} if over else lasting_signs(pregnancy),
        "after": AFTER_PREGNANCY if over else [],
        "pregnancy": pregnancy,
        "rules_version": RULES_VERSION,
    }
    return render(request, "tracker/fridge.html", context)
