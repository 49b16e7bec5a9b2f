"""What a practice makes of the shared library for its own patients."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from education.models.checklist import ChecklistItem
from education.models.reviewed import ReviewedQuerySet, ReviewedText, text_field
from education.models.topics import Topic
from education.models.weeks import Week

# A manager sees so long before that what she answers for will close.
WARNED_BEFORE = datetime.timedelta(days=14)


class Hiding(models.Model):
    """That a practice leaves something of the library out."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    hidden_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class HiddenItem(Hiding):
    """That a practice leaves an item of the library out of its checklist."""

    item = models.ForeignKey(ChecklistItem, on_delete=models.CASCADE, related_name="hidings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "item"], name="hidden_once_a_practice")
        ]

    def __str__(self):
        return f"{self.practice}: {self.item}"


class HiddenTopic(Hiding):
    """That a practice leaves a topic of the library out of its lessons."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="hidings")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "topic"], name="topic_hidden_once_a_practice"
            )
        ]

    def __str__(self):
        return f"{self.practice}: {self.topic}"


class OwnParagraph(ReviewedText):
    """A practice's words about its phone numbers and visits, in place of one paragraph of the library.

    ``original`` is the library's paragraph as it stood, in HTML. When the library changes beneath
    it, it no longer fits, and the library's words are shown until the practice has looked again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="own_paragraphs")
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="own_paragraphs"
    )
    week = models.ForeignKey(
        Week, on_delete=models.CASCADE, null=True, blank=True, related_name="own_paragraphs"
    )
    original = models.TextField(_("paragraph of the library"))
    text = text_field(_("text"))

    content_fields = ("original", "text")
    objects = ReviewedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("paragraph of a practice")
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, week__isnull=False) | Q(topic__isnull=False, week=None),
                name="paragraph_of_one_lesson",
            )
        ]

    def __str__(self):
        return f"{self.practice}: {self.lesson}"

    @property
    def lesson(self) -> Topic | Week:
        """Return the lesson whose paragraph it replaces."""
        return self.topic or self.week


class AcceptanceQuerySet(models.QuerySet):
    def open_on(self, day: datetime.date):
        """Return those that still hold on a date."""
        return self.filter(until__gte=day, ended_at=None)


class Acceptance(models.Model):
    """That a manager shows the shipped library to patients although no clinician has checked it.

    It holds to the end of ``until``, by the practice's calendar, unless it is ended before.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="acceptances")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["-accepted_at"]

    def __str__(self):
        return f"{self.practice}, {self.accepted_by}, until {self.until:%Y-%m-%d}"

    @property
    def ends_soon(self) -> bool:
        """Tell whether it ends within 14 days, by the practice's calendar."""
        return self.until - self.practice.today() <= WARNED_BEFORE
