import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tracker.enums import FollowUpAnswer
from tracker.models.pregnancy import Pregnancy
from tracker.models.symptoms import SymptomReport


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pregnancy__in=Pregnancy.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(answered_at=None)

    def asked(self, now: datetime) -> Self:
        """Return the questions that stand before the patient now."""
        return self.open().filter(due_at__lte=now).order_by("due_at")

    def to_remind(self, now: datetime) -> Self:
        """Return the questions she should be reminded of now, while her pregnancy goes on."""
        return self.open().filter(remind_at__lte=now, pregnancy__ended_on=None)


class FollowUp(models.Model):
    """The question "is it still there?" about one report, asked again until she answers.

    ``due_at``: from when it stands on her pages. ``remind_at``: when the next message about it goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="follow_ups")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="follow_ups")
    due_at = models.DateTimeField(_("due at"))
    remind_at = models.DateTimeField(_("next reminder at"))
    reminders = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=FollowUpAnswer, blank=True)
    answered_with = models.ForeignKey(
        SymptomReport, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_with_an_answer",
            )
        ]
        indexes = [
            models.Index(
                fields=["remind_at"], condition=Q(answered_at=None), name="follow_up_to_remind"
            )
        ]

    def __str__(self):
        return f"{self.due_at:%Y-%m-%d %H:%M} {self.get_answer_display()}"
