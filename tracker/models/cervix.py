from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.clinical.cervix import SHORT_BEFORE, SHORT_MM, is_short
from tracker.enums import CerclageIndication
from tracker.models.pregnancy import Pregnancy


class CervicalLengthQuerySet(models.QuerySet["CervicalLength"]):
    def short(self) -> Self:
        """Return lengths that read as short at the age they were measured; an unknown age counts."""
        early = Q(gestational_days=None) | Q(gestational_days__lt=SHORT_BEFORE.total_days)
        return self.filter(early, length_mm__lte=SHORT_MM)


class CervicalLength(models.Model):
    """One transvaginal measurement of the cervix: length in mm on a calendar date."""

    pregnancy = models.ForeignKey(
        Pregnancy, on_delete=models.PROTECT, related_name="cervical_lengths"
    )
    measured_on = models.DateField(_("date"))
    gestational_days = models.PositiveSmallIntegerField(
        _("gestational age in days"), null=True, blank=True
    )
    length_mm = models.PositiveSmallIntegerField(
        _("length in mm"), validators=[MaxValueValidator(80)]
    )
    funneling = models.BooleanField(_("funneling"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = CervicalLengthQuerySet.as_manager()

    class Meta:
        ordering = ["measured_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(length_mm__lte=80), name="length_is_at_most_80_mm")
        ]

    def __str__(self):
        return f"{self.length_mm} mm, {self.measured_on}"

    @property
    def is_short(self) -> bool:
        return is_short(self.length_mm, self.pregnancy.age_on(self.measured_on))


class CerclageQuerySet(models.QuerySet["Cerclage"]):
    def in_place(self) -> Self:
        return self.filter(removed_on=None)


class Cerclage(models.Model):
    """One stitch around the cervix: when and why it was placed, and when it came out."""

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="cerclages")
    placed_on = models.DateField(_("placed on"))
    indication = models.CharField(_("indication"), max_length=12, choices=CerclageIndication)
    technique = models.CharField(_("technique"), max_length=60, blank=True)
    surgeon = models.CharField(_("surgeon"), max_length=120, blank=True)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = CerclageQuerySet.as_manager()

    class Meta:
        ordering = ["placed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(removed_on__gte=F("placed_on")),
                name="removed_after_placed",
            ),
            models.UniqueConstraint(
                fields=["pregnancy"], condition=Q(removed_on=None), name="one_stitch_in_place"
            ),
        ]

    def __str__(self):
        return f"{self.get_indication_display()}, {self.placed_on}"


def with_risk(pregnancies):
    """Add ``short_cervix`` and ``stitch_in_place`` to a list, so that no row needs a query of its own."""
    short = CervicalLength.objects.filter(pregnancy=OuterRef("pk")).short()
    stitch = Cerclage.objects.filter(pregnancy=OuterRef("pk")).in_place()
    return pregnancies.annotate(short_cervix=Exists(short), stitch_in_place=Exists(stitch))
