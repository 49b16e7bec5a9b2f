from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.practice import OpeningHours, Practice


class ChangeSubject(models.TextChoices):
    """What of a practice was changed."""

    SETTINGS = "settings", _("Settings")
    HOURS = "hours", _("Opening hours")
    HOLIDAYS = "holidays", _("Holidays")
    ON_CALL = "on_call", _("On-call order")
    STAFF = "staff", _("Staff")
    LINK_SENT = "link_sent", _("Sign-in link sent")
    LINK_FAILED = "link_failed", _("Sign-in link not sent")


class PracticeChange(models.Model):
    """One change of how a practice is run: who, when, what stood there before and after. Never edited.

    ``before`` and ``after`` hold words by name of the field, of the weekday (0 Monday) or of the date.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="changes")
    subject = models.CharField(max_length=12, choices=ChangeSubject)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["practice", "-at"], name="change_by_practice")]

    def __str__(self):
        return f"{self.get_subject_display()}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return each thing that changed: its name, and what stood there before and after."""
        names = list(dict.fromkeys([*self.before, *self.after]))
        return [(self._label(n), self.before.get(n, ""), self.after.get(n, "")) for n in names]

    def _label(self, name: str) -> str:
        if self.subject == ChangeSubject.HOURS:
            return str(OpeningHours.Weekday(int(name)).label)
        if self.subject == ChangeSubject.ON_CALL:
            return str(_("Order"))
        if self.subject == ChangeSubject.HOLIDAYS:
            return name
        model = Practice if self.subject == ChangeSubject.SETTINGS else User
        return str(model._meta.get_field(name).verbose_name).capitalize()
