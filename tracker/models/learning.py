"""What a patient asks and answers about her checklist, and what a visit went over with her."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from education.models import ChecklistItem, TeachBackQuestion
from tracker.enums import NotDone, ReviewOutcome
from tracker.models.entries import set_together, someone
from tracker.models.pregnancy import Pregnancy


class PatientQuestionQuerySet(models.QuerySet["PatientQuestion"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pregnancy__in=Pregnancy.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(answered_at=None, withdrawn_at=None)


class PatientQuestion(models.Model):
    """One thing a patient wants to ask, mostly about an item of her checklist, with the answer.

    Not a report: no rule reads it, and the page where she writes it says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="questions")
    item = models.ForeignKey(
        ChecklistItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(_("question"), max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = someone(_("answered by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = PatientQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=set_together("answered_at", "answered_by"),
                name="question_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="question_answered_with_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["pregnancy"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="question_open",
            )
        ]

    def __str__(self):
        return self.text[:60]


class TeachBackAnswer(models.Model):
    """One answer to one teach-back question, in the words she was shown. Never edited, never a score."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(
        Pregnancy, on_delete=models.PROTECT, related_name="teach_back_answers"
    )
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        TeachBackQuestion, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked = models.CharField(max_length=200)
    chosen = models.CharField(max_length=200)
    fits = models.BooleanField()
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["answered_at"]
        indexes = [
            models.Index(fields=["pregnancy", "answered_at"], name="teach_back_by_pregnancy")
        ]

    def __str__(self):
        return f"{self.asked}: {self.chosen}"


class Review(models.Model):
    """One visit at which the care team went over the checklist with a patient. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(auto_now_add=True)
    for_her = models.CharField(_("next steps, in plain words for her"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-reviewed_at"]

    def __str__(self):
        return f"{self.reviewed_at:%Y-%m-%d %H:%M}"


class ReviewLine(models.Model):
    """One item at one visit: done, or not done and why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    why = models.CharField(_("why not"), max_length=12, choices=NotDone, blank=True)
    taught_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="one_line_an_item"),
            models.CheckConstraint(
                condition=Q(outcome=ReviewOutcome.DONE, why="")
                | (Q(outcome=ReviewOutcome.NOT_DONE, taught_back=False) & ~Q(why="")),
                name="not_done_has_a_why",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.get_outcome_display()}"
