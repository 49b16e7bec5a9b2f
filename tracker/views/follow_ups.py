import logging

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker.actions import answer_follow_up as store_answer
from tracker.advice import advice_of, advice_of_report, assess_for
from tracker.enums import FollowUpAnswer
from tracker.models import FollowUp
from tracker.views.symptoms import show_advice

logger = logging.getLogger(__name__)


@role_required(Role.PATIENT)
@require_POST
def answer_follow_up(request, follow_up_id):
    """Take her answer. "Still there" is a report, and is answered with the advice itself.

    A page that was open before the end may still ask: then "still there" is a report all the same.
    """
    questions = FollowUp.objects.visible_to(request.user).select_related(
        "report", "pregnancy__practice"
    )
    follow_up = get_object_or_404(questions, pk=follow_up_id)
    if request.POST.get("answer") != FollowUpAnswer.GONE:
        return advise_again(request, follow_up.pregnancy, follow_up)
    if follow_up.pregnancy.ended_on:
        return redirect("today")
    store_answer(follow_up=follow_up, by=request.user, still=None)
    return render(request, "tracker/answer_follow_up.html")


def advise_again(request, pregnancy, follow_up):
    """Decide first, then store, as for any report; whatever fails after that, she gets the advice."""
    symptoms = follow_up.report.symptoms
    assessment, report = assess_for(pregnancy, symptoms), None
    try:
        report = store_answer(follow_up=follow_up, by=request.user, still=assessment)
    except Exception:
        logger.exception("An answer could not be stored; the patient was told so.")
    shown = advice_of_report(report) if report else advice_of(assessment, symptoms)
    return show_advice(request, pregnancy, shown, report)
