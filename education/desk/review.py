"""The reviewer's pages: what waits for her, and one text with everything she needs to decide."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import TaskState

from education.actions import CannotReview, approve, send_back
from education.actions.review import authors_of
from education.models import Approval
from education.models.approval import a_year_from_now
from education.permissions import is_reviewer, may_review

DAY = "%Y-%m-%d"


class DecisionForm(forms.Form):
    """Approve, or send back with a comment. ``digest`` says which words were on the screen."""

    digest = forms.CharField(widget=forms.HiddenInput)
    review_by = forms.DateField(
        label=_("Look at it again by"),
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
        error_messages={
            "required": _("Choose a day to look at it again."),
            "invalid": _("Give the day as year-month-day, such as 2027-11-21."),
        },
    )
    comment = forms.CharField(
        label=_("Comment for the editor"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


def steps_for(user):
    """Return the reviews a person may decide, the longest waiting first."""
    steps = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__name="Clinical review"
    )
    steps = steps.select_related("revision__user", "workflow_state__requested_by")
    return [
        step
        for step in steps.order_by("started_at")
        if may_review(user, step.revision.content_object)
    ]


@require_safe
def waiting(request):
    """What waits for a clinician."""
    if not is_reviewer(request.user):
        raise PermissionDenied
    return render(request, "education/desk/waiting.html", {"steps": steps_for(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, step):
    """One text: what changed, how a patient reads it, where it comes from, and the decision."""
    step = get_object_or_404(TaskState, pk=step)
    text = step.revision.as_object()
    if not may_review(request.user, text):
        raise PermissionDenied
    form = DecisionForm(
        request.POST or None,
        initial={"digest": text.words_digest(), "review_by": a_year_from_now().strftime(DAY)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            decide(step, form.cleaned_data, request)
            return redirect("waiting")
        except CannotReview as refusal:
            form.add_error(None, str(refusal))
    context = {
        "step": step,
        "text": text,
        "form": form,
        "wrote_it": request.user.pk in authors_of(text),
        "approvals": Approval.objects.of(text).select_related("reviewer"),
        "is_open": step.status == TaskState.STATUS_IN_PROGRESS,
    }
    return render(request, "education/desk/review.html", context)


def decide(step, decision, request):
    """Carry out what was decided, and say so."""
    if "approve" in request.POST:
        approve(task_state=step, by=request.user, **decision)
        messages.success(
            request, _("Approved. Patients read these words from now on, or from the planned date.")
        )
    else:
        send_back(task_state=step, by=request.user, comment=decision["comment"])
        messages.success(request, _("Sent back to the editor with your comment."))
