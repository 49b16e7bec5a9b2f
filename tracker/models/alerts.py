import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, User
from tracker.enums import AlertEventKind, AlertOutcome, Channel, Urgency
from tracker.models.entries import set_together, someone
from tracker.models.pregnancy import Pregnancy


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pregnancy__in=Pregnancy.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def unread(self) -> Self:
        return self.open().filter(acknowledged_at=None)

    def due(self, now: datetime) -> Self:
        """Return the open alerts whose next step of escalation has come."""
        return self.open().filter(escalate_at__lte=now).order_by("-urgency", "escalate_at")

    def most_urgent_first(self) -> Self:
        """Order by urgency, then longest wait."""
        return self.order_by("-urgency", "raised_at")

    def with_people(self) -> Self:
        return self.select_related("acknowledged_by", "seen_by", "resolved_by")


class Alert(models.Model):
    """A call to act on one pregnancy, open until a person closes it with what was done.

    One is open at a time: a new report joins it, may raise its urgency and never lowers it.
    ``escalate_at`` is when the next step is due, whatever became of the last message: the truth
    about what must happen is here, not in a queue. ``round`` counts how often the telling began
    anew, ``step`` how many steps of this round are done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="alerts")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="alerts")
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency)
    raised_at = models.DateTimeField(_("raised at"))
    told_at = models.DateTimeField(_("first message sent at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last opened at"), null=True, blank=True)
    seen_by = someone(_("last opened by"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    acknowledged_by = someone(_("acknowledged by"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = someone(_("resolved by"))
    outcome = models.CharField(_("what was done"), max_length=12, choices=AlertOutcome, blank=True)
    outcome_note = models.CharField(_("note"), max_length=500, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    round_began_at = models.DateTimeField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    escalate_at = models.DateTimeField(_("next step due at"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("to be confirmed by"), null=True, blank=True)

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
                condition=set_together("seen_at", "seen_by"), name="seen_by_someone"
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
            ),
            models.Index(fields=["escalate_at"], condition=Q(resolved_at=None), name="alert_due"),
        ]

    def __str__(self):
        return f"{self.get_urgency_display()}, {self.raised_at:%Y-%m-%d %H:%M}"

    @property
    def level(self) -> Urgency:
        return Urgency(self.urgency)

    @property
    def outcome_for_her(self) -> str:
        return str(AlertOutcome(self.outcome).for_her) if self.outcome else ""

    @property
    def is_overdue(self) -> bool:
        """Tell whether nobody has confirmed it in the time that was promised. Needs no worker to be true."""
        waits = not (self.acknowledged_at or self.resolved_at)
        return waits and self.confirm_by is not None and timezone.now() >= self.confirm_by

    @property
    def stage(self) -> str:
        """Return how far it has come: closed, taken, overdue, seen, told or listed."""
        if self.resolved_at:
            return "closed"
        if self.acknowledged_at:
            return "taken"
        if self.is_overdue:
            return "overdue"
        if self.seen_at:
            return "seen"
        return "told" if self.told_at else "listed"


class AlertEvent(models.Model):
    """One step in the life of an alert: what happened, when, and who did it. Never edited.

    ``by`` is empty for what Cinta did by itself; ``to`` is the person a message went to.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=AlertEventKind)
    at = models.DateTimeField()
    by = someone(_("by"))
    to = someone(_("to"))
    channel = models.CharField(max_length=5, choices=Channel, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    outcome = models.CharField(max_length=12, choices=AlertOutcome, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_trouble(self) -> bool:
        """Tell whether someone should look into it: a message or a person that failed."""
        return self.kind in {
            AlertEventKind.NOT_TOLD,
            AlertEventKind.NOBODY,
            AlertEventKind.WENT_QUIET,
        }
