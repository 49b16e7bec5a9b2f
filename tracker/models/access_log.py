from django.conf import settings
from django.db import models

from tracker.models.pregnancy import Pregnancy


class AccessLog(models.Model):
    """One opening of a patient's record by someone else: who, when and which page. Never changed or deleted."""

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    page = models.CharField(max_length=60)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["pregnancy", "-opened_at"], name="openings_by_pregnancy")]

    def __str__(self):
        return f"{self.opened_by} {self.page} {self.opened_at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The access log is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The access log is never deleted.")
