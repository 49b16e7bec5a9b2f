"""The reviewer's pages: what waits for her, and one text with everything she needs to decide."""

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import TaskState

from education.actions import CannotReview, approve, send_back, submit_for_review
from education.actions.review import authors_of
from education.comparing import changes_between
from education.desk.decision import DecisionForm
from education.models import Approval, ClinicalReview
from education.permissions import REVIEWED, in_reach, is_reviewer, may_review
from education.report import texts_due


def steps_for(user) -> list[TaskState]:
    """Return the reviews within a reviewer's reach, the longest waiting first."""
    open_steps = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=ClinicalReview.objects.all()
    )
    steps = open_steps.select_related("revision__user", "revision__content_type")
    steps = steps.prefetch_related("revision__content_object").order_by("started_at")
    return [step for step in steps if in_reach(user, step.revision.content_object)]


@require_safe
def waiting(request):
    """What waits for a clinician, and what is to be looked at again within 60 days."""
    if not is_reviewer(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    due = [text for text in texts_due(today) if in_reach(request.user, text)]
    context = {"steps": steps_for(request.user), "due": due, "today": today}
    return render(request, "education/desk/waiting.html", context)


@require_POST
def open_review(request, model, pk):
    """Begin a review of a text as it stands, to approve it for the first time or once more."""
    if model not in {each._meta.model_name for each in REVIEWED}:
        raise Http404
    text = get_object_or_404(apps.get_model("education", model), pk=pk)
    if not may_review(request.user, text):
        raise PermissionDenied
    step = text.current_workflow_task_state
    if step is None:
        try:
            step = submit_for_review(text=text, by=request.user).current_task_state
        except CannotReview as refusal:
            messages.error(request, str(refusal))
            return redirect("waiting")
    return redirect("review", step.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, step):
    """One text: what changed, how a patient reads it, where it comes from, and the decision."""
    step = get_object_or_404(TaskState, pk=step, task__in=ClinicalReview.objects.all())
    text = step.revision.as_object()
    if not may_review(request.user, text):
        raise PermissionDenied
    form = DecisionForm(request.POST or None, initial={"digest": text.words_digest()})
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
        "changes": changes_between(step.revision.content_object, text),
        "wrote_it": request.user.pk in authors_of(text),
        "approvals": Approval.objects.of(text).select_related("reviewer"),
        "is_open": step.status == TaskState.STATUS_IN_PROGRESS,
    }
    return render(request, "education/desk/review.html", context)


def decide(step, decision, request):
    """Carry out what was decided, and say so."""
    if "approve" in request.POST:
        approve(task_state=step, by=request.user, **decision)
        messages.success(request, _("Approved: these words, and no others."))
    else:
        send_back(task_state=step, by=request.user, comment=decision["comment"])
        messages.success(request, _("Sent back to the editor with your comment."))
