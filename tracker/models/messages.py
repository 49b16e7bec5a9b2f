import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from education.models import ReviewMail
from tracker.enums import Channel, MessageState
from tracker.models.alerts import Alert
from tracker.models.enrolment import Invitation
from tracker.models.follow_ups import FollowUp
from tracker.models.learning import PatientQuestion

SUBJECTS = ["alert", "follow_up", "question", "invitation", "review_mail"]


def about_one_thing() -> Q:
    """Return the condition that exactly one of the things a message can be about is there."""
    one = Q()
    for subject in SUBJECTS:
        one |= Q(**{f"{other}__isnull": other != subject for other in SUBJECTS})
    return one


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        return self.filter(state=MessageState.WAITING)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(try_at__lte=now).order_by("try_at")


class Message(models.Model):
    """One message to one person on one channel: the row that says whether it has left Cinta.

    It is about one thing. ``to`` is empty for an invitation: whoever it is for has no account yet.

    ``key`` names it: asked for twice it is one row, and the receiver can drop a repeat. ``try_at``
    is when it may be tried (again); while someone is sending it, that moment lies ahead, so that
    a sender that was killed is replaced and two never send at once. SENT means the mail server,
    push service or gateway took it, not that a person read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
    )
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    alert_round = models.PositiveSmallIntegerField(null=True, blank=True)
    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    question = models.ForeignKey(
        PatientQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    review_mail = models.ForeignKey(
        ReviewMail, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=MessageState, default=MessageState.WAITING
    )
    created_at = models.DateTimeField(auto_now_add=True)
    try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.WAITING, settled_at=None)
                | (~Q(state=MessageState.WAITING) & Q(settled_at__isnull=False)),
                name="settled_unless_waiting",
            ),
            models.CheckConstraint(condition=about_one_thing(), name="about_one_thing"),
            models.CheckConstraint(
                condition=Q(to__isnull=False) | Q(invitation__isnull=False),
                name="message_to_someone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at"], condition=Q(state=MessageState.WAITING), name="message_due"
            )
        ]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.get_state_display()}"

    @property
    def address(self) -> str:
        """Return the e-mail address it goes to."""
        return self.to.email if self.to else self.invitation.email


class PushSubscription(models.Model):
    """One browser of one person that agreed to be notified."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.URLField(_("endpoint"), max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.user}, {self.created_at:%Y-%m-%d}"

    @property
    def info(self) -> dict:
        """Return the subscription as the push protocol writes it."""
        return {
            "endpoint": self.endpoint,
            "keys": {"p256dh": self.p256dh, "auth": self.auth},
        }
