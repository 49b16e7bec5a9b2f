from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from tracker.enums import Tells, Urgency

WEEK = 7 * 24 * 60


class EscalationStep(models.Model):
    """One step of a practice's own escalation: after so many minutes without a reader, tell someone.

    The steps of one urgency replace Cinta's own for that urgency, all of them. Minutes count from
    the report, on the clock or in opening hours.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="escalation_steps"
    )
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency)
    after_minutes = models.PositiveSmallIntegerField(
        _("after minutes"), validators=[MaxValueValidator(WEEK)]
    )
    in_opening_hours = models.BooleanField(_("counted in opening hours"), default=False)
    tells = models.CharField(_("tells"), max_length=8, choices=Tells)

    class Meta:
        ordering = ["-urgency", "after_minutes", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "urgency", "after_minutes", "tells"], name="one_step_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.get_urgency_display()}, {self.after_minutes} min: {self.get_tells_display()}"
