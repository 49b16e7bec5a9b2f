from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.clinical.cervix import SHORT_BEFORE, SHORT_MM, is_short
from tracker.clinical.dating import GestationalAge
from tracker.enums import CerclageIndication, RemovalReason
from tracker.models.entries import Entry, EntryQuerySet, set_together, someone
from tracker.models.pregnancy import Pregnancy


class CervicalLengthQuerySet(EntryQuerySet):
    def short(self) -> Self:
        """Return standing lengths that read as short; an unknown age counts as early."""
        early = Q(gestational_days=None) | Q(gestational_days__lt=SHORT_BEFORE.total_days)
        return self.standing().filter(early, length_mm__lte=SHORT_MM)

    def to_discuss(self) -> Self:
        """Return the short lengths nobody has talked over with the patient yet."""
        return self.short().filter(discussed_at=None)


class CervicalLength(Entry):
    """One transvaginal measurement of the cervix: length in mm on a calendar date.

    ``gestational_days`` is the earliest age that any accepted due date gave that day: what it is
    read by. A new due date can make it short, and never makes a short one long.
    """

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
    discussed_at = models.DateTimeField(_("talked over with her at"), null=True, blank=True)
    discussed_by = someone(_("talked over by"))

    objects = CervicalLengthQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["measured_on", "recorded_at"]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(length_mm__lte=80), name="length_is_at_most_80_mm"),
            models.UniqueConstraint(
                fields=["pregnancy", "measured_on"],
                condition=Q(struck_at=None),
                name="one_length_a_day",
            ),
            models.CheckConstraint(
                condition=set_together("discussed_at", "discussed_by"), name="discussed_by_someone"
            ),
        ]

    def __str__(self):
        return f"{self.length_mm} mm, {self.measured_on}"

    @property
    def is_short(self) -> bool:
        days = self.gestational_days
        return is_short(self.length_mm, None if days is None else GestationalAge(days))


class CerclageQuerySet(EntryQuerySet):
    def in_place(self) -> Self:
        return self.standing().filter(removed_on=None)


class Cerclage(Entry):
    """One stitch around the cervix: when and why it was placed, and when and why it came out.

    ``outside_because`` is why a date outside the usual windows is right all the same.
    """

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="cerclages")
    placed_on = models.DateField(_("placed on"))
    indication = models.CharField(_("indication"), max_length=12, choices=CerclageIndication)
    technique = models.CharField(_("technique"), max_length=60, blank=True)
    surgeon = models.CharField(_("surgeon"), max_length=120, blank=True)
    planned_removal_on = models.DateField(_("planned removal"), null=True, blank=True)
    outside_because = models.CharField(_("why outside the window"), max_length=300, blank=True)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    removed_because = models.CharField(
        _("why it came out"), max_length=12, choices=RemovalReason, blank=True
    )
    removal_note = models.CharField(_("note on the removal"), max_length=300, blank=True)
    removal_recorded_at = models.DateTimeField(null=True, blank=True)
    removal_recorded_by = someone(_("removal recorded by"))

    objects = CerclageQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["placed_on"]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(removed_on__gte=F("placed_on")),
                name="removed_after_placed",
            ),
            models.UniqueConstraint(
                fields=["pregnancy"],
                condition=Q(removed_on=None, struck_at=None),
                name="one_stitch_in_place",
            ),
            models.CheckConstraint(
                condition=set_together("removal_recorded_at", "removal_recorded_by"),
                name="removal_recorded_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.get_indication_display()}, {self.placed_on}"


def with_risk(pregnancies):
    """Add ``short_cervix`` and ``stitch_in_place`` to a list, so that no row needs a query of its own."""
    short = CervicalLength.objects.filter(pregnancy=OuterRef("pk")).short()
    stitch = Cerclage.objects.filter(pregnancy=OuterRef("pk")).in_place()
    return pregnancies.annotate(short_cervix=Exists(short), stitch_in_place=Exists(stitch))
