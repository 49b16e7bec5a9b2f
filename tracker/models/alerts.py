import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, User
from tracker.enums import AlertEventKind, AlertOutcome, Urgency
from tracker.models.pregnancy import Pregnancy


def set_together(at: str, by: str) -> Q:
    """Return the condition that a moment and a person are both there or both missing."""
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pregnancy__in=Pregnancy.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def unread(self) -> Self:
        return self.open().filter(acknowledged_at=None)

    def most_urgent_first(self) -> Self:
        """Order by urgency, then longest wait."""
        return self.order_by("-urgency", "raised_at")


class Alert(models.Model):
    """A call to act on one pregnancy, open until a person closes it with what was done.

    One is open at a time: a new report joins it, may raise its urgency and never lowers it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="alerts")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="alerts")
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency)
    raised_at = models.DateTimeField(_("raised at"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("what was done"), max_length=12, choices=AlertOutcome, blank=True)
    outcome_note = models.CharField(_("note"), max_length=500, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-urgency", "raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pregnancy"], condition=Q(resolved_at=None), name="one_open_alert"
            ),
            models.CheckConstraint(
                condition=set_together("acknowledged_at", "acknowledged_by"),
                name="acknowledged_by_someone",
            ),
            models.CheckConstraint(
                condition=set_together("resolved_at", "resolved_by"), name="resolved_by_someone"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, outcome="")
                | (Q(resolved_at__isnull=False) & ~Q(outcome="")),
                name="resolved_with_what_was_done",
            ),
        ]
        indexes = [
            models.Index(
                F("practice"),
                F("urgency").desc(),
                F("raised_at"),
                condition=Q(resolved_at=None),
                name="alert_open_practice",
            )
        ]

    def __str__(self):
        return f"{self.get_urgency_display()}, {self.raised_at:%Y-%m-%d %H:%M}"

    @property
    def level(self) -> Urgency:
        return Urgency(self.urgency)


class AlertEvent(models.Model):
    """One step in the life of an alert: what happened, when, and who did it. Never edited."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=AlertEventKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    urgency = models.PositiveSmallIntegerField(choices=Urgency)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
