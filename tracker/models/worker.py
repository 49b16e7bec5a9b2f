from datetime import timedelta

from django.db import models
from django.utils import timezone

SILENT_AFTER = timedelta(seconds=60)


class WorkerBeat(models.Model):
    """The one row by which the task worker shows that it is alive."""

    name = models.CharField(max_length=20, primary_key=True, default="worker")
    beaten_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.beaten_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls) -> None:
        cls.objects.update_or_create(name="worker", defaults={"beaten_at": timezone.now()})

    @classmethod
    def is_alive(cls) -> bool:
        """Tell whether the worker has shown itself within the last minute."""
        return cls.objects.filter(beaten_at__gte=timezone.now() - SILENT_AFTER).exists()
