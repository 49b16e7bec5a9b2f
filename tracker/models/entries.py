"""What every row of the record shares: who wrote it, and that a mistake stays visible."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def set_together(at: str, by: str) -> Q:
    """Return the condition that a moment and a person are both there or both missing."""
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


def someone(name: str) -> models.ForeignKey:
    """Return a reference to whoever did a step; a person with a step in a record is never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )


class EntryQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Leave out what was struck through."""
        return self.filter(struck_at=None)


class Entry(models.Model):
    """One row of a patient's record. Its words never change.

    A mistake is struck through with a reason; the row stays, and the row that is right instead, if
    there is one, ``replaces`` it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    struck_at = models.DateTimeField(_("struck through at"), null=True, blank=True)
    struck_by = someone(_("struck through by"))
    struck_because = models.CharField(_("why"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=set_together("struck_at", "struck_by"), name="%(class)s_struck_by_someone"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_because="")
                | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="%(class)s_struck_with_a_reason",
            ),
        ]
