import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.entries import Entry, EntryQuerySet
from tracker.models.pregnancy import Pregnancy


class Note(Entry):
    """What one of the care team wrote for the next shift. Staff read it, the patient does not."""

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"), max_length=2000)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["-recorded_at"]

    def __str__(self):
        return self.text[:60]


class HistoryEntry(models.Model):
    """One state of what is known of earlier pregnancies, with why it was changed. Never edited.

    The newest is what the pregnancy carries; the first keeps, in ``before``, what stood until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pregnancy = models.ForeignKey(
        Pregnancy, on_delete=models.PROTECT, related_name="history_entries"
    )
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name_plural = _("history entries")

    def __str__(self):
        return self.reason[:60]


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def present(self) -> Self:
        return self.filter(left_at=None)


class TeamMember(models.Model):
    """One person of the care team who knows this patient, from a moment on and until she leaves it."""

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="patients_of_hers"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pregnancy", "person"], condition=Q(left_at=None), name="on_the_team_once"
            )
        ]

    def __str__(self):
        return str(self.person)
