import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, Role, User
from accounts.phones import validate_phone
from tracker.enums import DatingMethod
from tracker.models.entries import set_together, someone
from tracker.models.pregnancy import Pregnancy

WRONG_TRIES = 5


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """Return the invitations of her practice for a provider or manager, nothing for others."""
        if user.role in (Role.PROVIDER, Role.MANAGER) and user.practice_id:
            return self.filter(practice=user.practice_id)
        return self.none()

    def open(self, now: datetime) -> Self:
        """Return those that can still be used."""
        unused = self.filter(used_at=None, withdrawn_at=None, wrong_tries__lt=WRONG_TRIES)
        return unused.filter(expires_at__gt=now)


class Invitation(models.Model):
    """A practice's offer to one patient to join: by e-mail or on a printed card, for one use in 14 days.

    Whoever uses it must give the name and date of birth that stand here; after five wrong tries it
    is void. What is known of the pregnancy waits here until she has joined.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(_("code"), max_length=12, unique=True)
    email = models.EmailField(_("email address"), blank=True)
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    born_on = models.DateField(_("date of birth"))
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    language = models.CharField(_("preferred language"), max_length=8, default="en")
    due_date = models.DateField(_("due date"), null=True, blank=True)
    dating_method = models.CharField(
        _("dated by"), max_length=12, choices=DatingMethod, default=DatingMethod.STATED
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("can be used until"))
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    used_by = someone(_("used by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = someone(_("withdrawn by"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=set_together("used_at", "used_by"), name="invitation_used_by_someone"
            ),
            models.CheckConstraint(
                condition=set_together("withdrawn_at", "withdrawn_by"),
                name="invitation_withdrawn_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}, {self.stage}"

    @property
    def stage(self) -> str:
        """Return what became of it: used, withdrawn, blocked, expired or open."""
        if self.used_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        if self.wrong_tries >= WRONG_TRIES:
            return "blocked"
        return "expired" if timezone.now() >= self.expires_at else "open"


class Consent(models.Model):
    """That a patient agreed, when, and to which words. Never edited; taken back by a row of its own."""

    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents"
    )
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(_("version of the words"), max_length=20)
    words = models.TextField(_("what she agreed to"))
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self):
        return f"{self.version}, {self.given_at:%Y-%m-%d %H:%M}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def to_answer(self, user: User) -> Self:
        """Return what other practices ask this person's practice to take over."""
        if user.role != Role.PROVIDER or not user.practice_id:
            return self.none()
        return self.open().filter(to_practice=user.practice_id)


class Transfer(models.Model):
    """One practice hands a patient over to another. Nothing moves until the other side agrees."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="transfers")
    from_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    to_practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = someone(_("settled by"))

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pregnancy"], condition=Q(settled_at=None), name="one_open_transfer"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="transfer_settled_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(from_practice=models.F("to_practice")), name="transfer_goes_elsewhere"
            ),
        ]

    def __str__(self):
        return f"{self.from_practice} to {self.to_practice}"
