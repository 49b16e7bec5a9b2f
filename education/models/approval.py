import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GOOD_FOR = datetime.timedelta(days=365)


def a_year_from_now() -> datetime.date:
    """Return the usual date by which a text is looked at again: in 12 months."""
    return timezone.localdate() + GOOD_FOR


class WrittenOnce(models.QuerySet):
    """Rows that are added and read, and nothing else."""

    def update(self, **kwargs):
        raise TypeError("An approval is written once and never changed.")

    def delete(self):
        raise TypeError("An approval is never deleted.")

    def of(self, text):
        """Return the approvals of one text, the newest first."""
        kind = ContentType.objects.get_for_model(text)
        return self.filter(content_type=kind, object_id=text.pk or 0)


class Approval(models.Model):
    """A clinician's word that a text is right as it stands: who, when, and exactly which words.

    ``words`` are all a patient can read of the text, ``digest`` is their SHA-256. Other words have
    another digest and need another approval. Never changed or deleted.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    text = GenericForeignKey("content_type", "object_id")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    words = models.JSONField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals"
    )
    approved_at = models.DateTimeField(auto_now_add=True)
    review_by = models.DateField(_("look at it again by"))
    comment = models.TextField(_("comment"), blank=True)

    objects = WrittenOnce.as_manager()

    class Meta:
        ordering = ["-approved_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "digest"], name="approved_words")
        ]

    def __str__(self):
        return f"{self.reviewer} {self.approved_at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("An approval is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An approval is never deleted.")
