import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.enums import PregnancyEnd
from tracker.models.entries import set_together, someone
from tracker.models.pregnancy import Pregnancy

UNDO_FOR = timedelta(days=7)


class Ending(models.Model):
    """That a pregnancy ended, or that she paused Cinta: who said so and when. Undone, the row stays.

    ``gestational_days`` is the age she had on that day, by the due date that counted then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="endings")
    kind = models.CharField(_("what happened"), max_length=12, choices=PregnancyEnd)
    ended_on = models.DateField(_("on"))
    gestational_days = models.PositiveSmallIntegerField(
        _("gestational age in days"), null=True, blank=True
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = someone(_("undone by"))

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=set_together("undone_at", "undone_by"), name="ending_undone_by_someone"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.ended_on}"

    @property
    def can_be_undone(self) -> bool:
        """Tell whether it stands and was recorded within the last 7 days."""
        return self.undone_at is None and timezone.now() < self.undo_until

    @property
    def undo_until(self) -> datetime:
        """Return the moment up to which it can be undone."""
        return self.recorded_at + UNDO_FOR
