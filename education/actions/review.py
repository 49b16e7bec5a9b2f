"""A clinical review: an editor submits, a clinician who wrote none of it approves or sends back."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from education.models import Approval, ReviewedText
from education.permissions import may_review

# Published English is at most this hard, in US school grades; above it an editor gives a reason.
HARDEST = 8.0


class CannotReview(Exception):
    """A step of a review that must not be taken; the message says why and what to do instead."""


@transaction.atomic
def submit_for_review(*, text: ReviewedText, by: User) -> WorkflowState:
    """Ask the reviewers to look at the newest revision of a text. Raise CannotReview when it cannot be.

    Everything is read anew: what Wagtail keeps in memory from before a rejection points at the
    rejected revision.
    """
    text = type(text)._default_manager.get(pk=text.pk)
    if text.latest_revision is None:
        text.save_revision(clean=False, changed=False)
    draft = text.get_latest_revision_as_object()
    if draft.grade > HARDEST and not draft.grade_reason:
        raise CannotReview(
            _(
                "This reads at grade %(grade).1f; 8 is the most. Say it in plainer words, or give a reason."
            )
            % {"grade": draft.grade}
        )
    waiting = text.current_workflow_state
    if waiting and waiting.status == WorkflowState.STATUS_IN_PROGRESS:
        raise CannotReview(_("This text already waits for a clinician."))
    if waiting:
        waiting.resume(user=by)
        return waiting
    return text.get_workflow().start(text, by)


@transaction.atomic
def approve(
    *, task_state: TaskState, digest: str, review_by: datetime.date, by: User, comment: str = ""
) -> Approval:
    """Approve the words whose ``digest`` the reviewer read, and let them go live.

    ``review_by`` is the date, by the reviewer's calendar, when somebody must look again. Raise
    CannotReview when the words changed since, the review is over, or the reviewer wrote them.
    """
    task_state, text = _open_review(task_state, by)
    if by.pk in authors_of(text):
        raise CannotReview(_("You wrote some of these words. Another clinician must approve them."))
    if text.words_digest() != digest:
        raise CannotReview(
            _(
                "These words changed after you opened the page. Nothing was approved. Read them again."
            )
        )
    if review_by <= timezone.localdate():
        raise CannotReview(_("Choose a day in the future to look at it again."))
    approval = Approval.objects.create(
        text=text,
        revision=task_state.revision,
        digest=digest,
        words=text.words(),
        reviewer=by,
        review_by=review_by,
        comment=comment,
    )
    task_state.approve(user=by, comment=comment)
    return approval


@transaction.atomic
def send_back(*, task_state: TaskState, by: User, comment: str) -> None:
    """Send a text back to its editor with what has to change. What is live stays as it is."""
    if not comment.strip():
        raise CannotReview(_("Write what should change, so that the editor can do it."))
    task_state, _text = _open_review(task_state, by)
    task_state.reject(user=by, comment=comment)


def _open_review(task_state: TaskState, by: User) -> tuple[TaskState, ReviewedText]:
    """Return the step, locked and read anew, with the words it is about."""
    state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    task_state = TaskState.objects.get(pk=task_state.pk)
    if (
        state.current_task_state_id != task_state.pk
        or task_state.status != TaskState.STATUS_IN_PROGRESS
    ):
        raise CannotReview(
            _("This review is over: someone decided it, or the editor took it back.")
        )
    text = task_state.revision.as_object()
    if not may_review(by, text):
        raise CannotReview(_("Only a clinician who reviews for this library may decide."))
    if text.latest_revision_id != task_state.revision_id:
        raise CannotReview(
            _("These words changed after they were submitted. Ask the editor to submit them again.")
        )
    return task_state, text


def authors_of(text: ReviewedText) -> set[int]:
    """Return everyone who wrote at a text since it was last approved."""
    last = Approval.objects.of(text).first()
    revisions = text.revisions.filter(user__isnull=False)
    if last:
        revisions = revisions.filter(created_at__gt=last.approved_at)
    return set(revisions.values_list("user_id", flat=True))
