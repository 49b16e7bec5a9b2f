import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, Role, User
from education.models import Audience
from tracker.clinical.cervix import SHORT_MM
from tracker.clinical.dating import GestationalAge, gestational_age
from tracker.enums import DatingMethod, PregnancyEnd


class PregnancyQuerySet(models.QuerySet["Pregnancy"]):
    def visible_to(self, user: User) -> Self:
        """Return what a person may open: her own for a patient, her practice's for a provider."""
        if user.role == Role.PATIENT:
            return self.filter(patient=user)
        if user.role == Role.PROVIDER and user.practice_id:
            return self.filter(practice=user.practice_id)
        return self.none()

    def current(self) -> Self:
        return self.filter(ended_on=None)

    def with_people(self) -> Self:
        return self.select_related("patient", "practice")


class Pregnancy(models.Model):
    """One pregnancy of one patient, in the care of one practice.

    The due date is a calendar date; weeks are computed from it in the practice's time zone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pregnancies"
    )
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="pregnancies")
    due_date = models.DateField(_("due date"), null=True, blank=True)
    dating_method = models.CharField(
        _("dated by"), max_length=12, choices=DatingMethod, default=DatingMethod.LMP
    )
    earlier_insufficiency = models.BooleanField(_("earlier cervical insufficiency"), default=False)
    earlier_loss = models.BooleanField(_("earlier second-trimester loss"), default=False)
    earlier_preterm_birth = models.BooleanField(
        _("earlier spontaneous preterm birth"), default=False
    )
    gravida = models.PositiveSmallIntegerField(_("gravida"), null=True, blank=True)
    para = models.CharField(
        _("para"),
        max_length=10,
        blank=True,
        help_text=_("Four digits: term, preterm, losses, living."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=12, choices=PregnancyEnd, blank=True)

    objects = PregnancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("pregnancies")
        ordering = ["due_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_on=None), name="one_current_pregnancy"
            )
        ]
        indexes = [
            models.Index(
                fields=["practice", "due_date"],
                condition=Q(ended_on=None),
                name="pregnancy_worklist",
            )
        ]

    def __str__(self):
        return f"{self.patient}, {self.due_date or '?'}"

    def get_absolute_url(self):
        return reverse("chart", args=[self.pk])

    def age_on(self, day: datetime.date) -> GestationalAge | None:
        """Return the gestational age on a calendar date; None without a due date or before it began."""
        if self.due_date is None:
            return None
        try:
            return gestational_age(self.due_date, day)
        except ValueError:
            return None

    @cached_property
    def age(self) -> GestationalAge | None:
        """Return the gestational age today, by the practice's calendar; None once it has ended."""
        return None if self.ended_on else self.age_on(self.practice.today())

    @property
    def age_at_end(self) -> GestationalAge | None:
        """Return the gestational age on the day it ended."""
        return self.age_on(self.ended_on) if self.ended_on else None

    @property
    def aftermath(self) -> str:
        """Return what its end leaves her in: birth, loss or away; empty while it goes on."""
        return PregnancyEnd(self.end).aftermath if self.ended_on and self.end else ""

    @cached_property
    def stitch_in_place(self) -> bool:
        return self.cerclages.in_place().exists()

    @cached_property
    def short_cervix(self) -> bool:
        return self.cervical_lengths.short().exists()

    @property
    def is_high_risk(self) -> bool:
        """Tell whether the triage rows for high risk apply (architecture, clinical decisions)."""
        return bool(self.risk_reasons)

    @property
    def risk_reasons(self) -> list[str]:
        """Return, in words for staff, why this pregnancy is at high risk."""
        reasons = {
            _("earlier cervical insufficiency"): self.earlier_insufficiency,
            _("earlier second-trimester loss"): self.earlier_loss,
            _("earlier spontaneous preterm birth"): self.earlier_preterm_birth,
            _("cervix %(mm)s mm or less") % {"mm": SHORT_MM}: self.short_cervix,
            _("cerclage in place"): self.stitch_in_place,
        }
        return [str(reason) for reason, holds in reasons.items() if holds]

    @property
    def audiences(self) -> list[str]:
        """Return which lessons are for her."""
        audiences = [Audience.EVERYONE]
        if self.is_high_risk:
            audiences.append(Audience.RISK)
        if self.stitch_in_place:
            audiences.append(Audience.CERCLAGE)
        return audiences
