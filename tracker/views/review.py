import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.models import Role
from education.models import ChecklistItem
from tracker.access import open_pregnancy
from tracker.actions import NotOpen, PregnancyEnded, withdraw_mark
from tracker.actions import save_review as store_review
from tracker.enums import NotDone
from tracker.forms import ReviewForm, TakeBackForm
from tracker.reviews import visit_of


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def review_checklist(request, pregnancy_id):
    """Go over the checklist with the patient, answer what she asked, and keep it all with one save."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    if request.method == "POST":
        return save_review(request, pregnancy)
    # The reason stands on the page before anyone saves it, and can be changed there.
    initial = {"review_id": uuid.uuid4(), "rest": NotDone.NO_TIME}
    return show_review(request, pregnancy, ReviewForm(visit=visit_of(pregnancy), initial=initial))


def show_review(request, pregnancy, form):
    return render(request, "tracker/review_checklist.html", {"pregnancy": pregnancy, "form": form})


def save_review(request, pregnancy):
    """Keep the review, and go on to the summary she takes home."""
    form = ReviewForm(request.POST, visit=visit_of(pregnancy))
    if pregnancy.ended_on or not (sent_before(form, pregnancy) or form.is_valid()):
        return show_review(request, pregnancy, form)
    try:
        review = sent_before(form, pregnancy) or store_review(
            pregnancy=pregnancy,
            review_id=form.cleaned_data["review_id"] or uuid.uuid4(),
            lines=form.lines,
            answers=form.answers,
            for_her=form.cleaned_data["for_her"],
            by=request.user,
        )
    except (NotOpen, PregnancyEnded):
        # Read anew, the page says what happened meanwhile.
        return show_review(request, pregnancy, ReviewForm(request.POST, visit=visit_of(pregnancy)))
    messages.success(request, _("The review is saved."))
    return redirect("visit_summary", pregnancy_id=pregnancy.pk, review_id=review.pk)


def sent_before(form, pregnancy):
    """Return the review this form has made already, when it is sent once more."""
    try:
        review_id = uuid.UUID(form.data.get("review_id", ""))
    except ValueError:
        return None
    return pregnancy.reviews.filter(pk=review_id).first()


@role_required(Role.PROVIDER)
@require_POST
def take_back_mark(request, pregnancy_id):
    """Take back that an item was reviewed or taught back: it was a mistake. The row stays."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    marked = ChecklistItem.objects.filter(marks__pregnancy=pregnancy).distinct()
    form = TakeBackForm(request.POST, items=marked)
    if form.is_valid() and not pregnancy.ended_on:
        withdraw_mark(pregnancy=pregnancy, by=request.user, **form.cleaned_data)
        messages.success(request, _("The mark is taken back. The record keeps that it was there."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("review_checklist", pregnancy_id=pregnancy.pk)
