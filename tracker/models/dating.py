import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.enums import DatingMethod
from tracker.models.pregnancy import Pregnancy


class DueDate(models.Model):
    """One due date a person accepted: how it was found, and what it replaced. Never edited.

    The newest is the one that counts. ``basis`` keeps what was entered, by field name (dates as
    ISO texts, ages in days); ``difference`` and ``threshold`` are the days of the redating rule,
    empty where nothing was compared (facts E-15 to E-24).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="due_dates")
    due_date = models.DateField(_("due date"))
    method = models.CharField(_("dated by"), max_length=12, choices=DatingMethod)
    basis = models.JSONField(_("basis"), default=dict)
    difference = models.PositiveSmallIntegerField(_("difference in days"), null=True, blank=True)
    threshold = models.PositiveSmallIntegerField(_("threshold in days"), null=True, blank=True)
    replaced_due_date = models.DateField(_("due date before"), null=True, blank=True)
    replaced_method = models.CharField(
        _("dated by, before"), max_length=12, choices=DatingMethod, blank=True
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-accepted_at"]

    def __str__(self):
        return f"{self.due_date}, {self.get_method_display()}"
