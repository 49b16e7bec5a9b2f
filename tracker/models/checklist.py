from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from education.models import ChecklistItem
from tracker.enums import MarkKind
from tracker.models.entries import set_together
from tracker.models.pregnancy import Pregnancy


class ChecklistMarkQuerySet(models.QuerySet["ChecklistMark"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class ChecklistMark(models.Model):
    """One thing that happened to one checklist item of one patient: read, reviewed or taught back.

    A mark made by mistake is withdrawn, not deleted; a new one may follow.
    """

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="marks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=12, choices=MarkKind)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChecklistMarkQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pregnancy", "item", "kind"],
                condition=Q(withdrawn_at=None),
                name="one_standing_mark",
            ),
            models.CheckConstraint(
                condition=set_together("withdrawn_at", "withdrawn_by"), name="withdrawn_by_someone"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.item}"
