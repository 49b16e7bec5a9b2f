import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tracker.clinical.dating import GestationalAge
from tracker.enums import Started, Urgency
from tracker.models.pregnancy import Pregnancy

LATE_AFTER = timedelta(minutes=10)


class SymptomReportQuerySet(models.QuerySet["SymptomReport"]):
    def newest_first(self) -> Self:
        return self.order_by("-reported_at")


class SymptomReport(models.Model):
    """What a patient told us at one moment and what she was told to do. Never edited.

    It keeps the rules that fired and their version, the week she was in and the risk that counted,
    so that later changes of dating or rules do not rewrite what happened. ``urgency`` is empty for
    "I feel OK", and only then. ``reported_at`` is the server's receipt; ``made_at`` is when she said
    it, corrected from both clocks when it came late; ``device_clock`` is what her device showed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="reports")
    alert = models.ForeignKey(
        "Alert", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    reported_at = models.DateTimeField(_("reached us at"), auto_now_add=True)
    made_at = models.DateTimeField(_("told at"), default=timezone.now)
    device_clock = models.DateTimeField(_("told at, by her device's clock"), null=True, blank=True)
    symptoms = models.JSONField(_("symptoms"), default=list)
    feels_ok = models.BooleanField(_("feels OK"), default=False)
    started = models.CharField(_("started"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, null=True, blank=True)
    rules = models.JSONField(_("rules that fired"), default=list)
    rules_version = models.CharField(_("rules version"), max_length=20, blank=True)
    gestational_days = models.PositiveSmallIntegerField(
        _("gestational age in days"), null=True, blank=True
    )
    high_risk = models.BooleanField(_("high risk"), default=False)

    objects = SymptomReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(feels_ok=True, urgency=None) | Q(feels_ok=False, urgency__isnull=False),
                name="symptoms_have_an_urgency",
            )
        ]
        indexes = [models.Index(fields=["pregnancy", "-reported_at"], name="report_by_pregnancy")]

    def __str__(self):
        return f"{self.reported_at:%Y-%m-%d %H:%M} {', '.join(self.symptoms) or 'feels OK'}"

    def get_absolute_url(self):
        return reverse("advice", args=[self.pk])

    @property
    def level(self) -> Urgency | None:
        return Urgency(self.urgency) if self.urgency else None

    @property
    def came_late(self) -> bool:
        """Tell whether it reached us so long after she said it that both times must be shown."""
        return self.reported_at - self.made_at > LATE_AFTER

    @property
    def started_label(self) -> str:
        """Return when it began, in words; what a device sent in other words is shown as it was sent."""
        return Started(self.started).label if self.started in Started.values else self.started

    @cached_property
    def age(self) -> GestationalAge | None:
        """Return the gestational age she had then."""
        return None if self.gestational_days is None else GestationalAge(self.gestational_days)
