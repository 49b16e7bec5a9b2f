from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy, patient_page
from tracker.reviews import reviews_of, summary_of


@role_required(Role.PROVIDER)
@require_safe
def visit_summary(request, pregnancy_id, review_id):
    """What a visit went over, on one page for the patient to take home."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    return show_summary(request, pregnancy, review_id, "tracker/visit_summary.html")


@patient_page
@require_safe
def visits(request, pregnancy):
    """Every visit at which her checklist was gone over."""
    return render(request, "tracker/visits.html", {"reviews": reviews_of(pregnancy)})


@patient_page
@require_safe
def my_visit(request, pregnancy, review_id):
    """The summary of one of her own visits."""
    return show_summary(request, pregnancy, review_id, "tracker/my_visit.html")


def show_summary(request, pregnancy, review_id, template):
    review = get_object_or_404(reviews_of(pregnancy), pk=review_id)
    review.pregnancy = pregnancy
    return render(
        request, template, {"pregnancy": pregnancy, "review": review, "summary": summary_of(review)}
    )
