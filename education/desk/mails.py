"""Whom the desk writes to when a text is submitted."""

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from education.permissions import in_reach


class ReviewersNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Writes to the reviewers who may decide: nobody reads of another practice's own texts."""

    def get_recipient_users(self, task_state, **kwargs):
        text = task_state.revision.as_object()
        everyone = super().get_recipient_users(task_state, **kwargs)
        return {person for person in everyone if in_reach(person, text)}


# Takes the place of Wagtail's own notifier, which is connected later under the same name.
NOTIFIER = ReviewersNotifier()
task_submitted.connect(
    NOTIFIER,
    sender=TaskState,
    dispatch_uid="group_approval_task_submitted_email_notification",
)
