from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask

from education.locks import ReviewLock


class ClinicalReview(GroupApprovalTask):
    """The step between an editor's words and a patient: a clinician who did not write them approves.

    It is worked on its own page, which shows the exact words; Wagtail's own buttons do not approve.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("clinical review")

    def locked_for_user(self, obj, user):
        """Lock the text for everyone: what a reviewer reads must not change under her eyes."""
        return True

    def user_can_lock(self, obj, user):
        return False

    def get_actions(self, obj, user):
        return []

    def on_action(self, task_state, user, action_name, **kwargs):
        raise TypeError("A clinical review is decided in education.actions, nowhere else.")


class ReviewMail(models.Model):
    """One mail to one reviewer about the texts that are to be looked at again soon."""

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.reviewer} {self.written_at:%Y-%m-%d}"


class ReviewReminder(models.Model):
    """That a mail names a text and the day to look at it again: a reviewer reads of each day once."""

    mail = models.ForeignKey(ReviewMail, on_delete=models.CASCADE, related_name="reminders")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    review_by = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "review_by", "reviewer"],
                name="one_reminder_a_reviewer",
            )
        ]

    def __str__(self):
        return f"{self.reviewer} {self.review_by:%Y-%m-%d}"
