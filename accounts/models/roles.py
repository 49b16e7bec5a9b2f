from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in Cinta; one role each."""

    PATIENT = "patient", _("Patient")
    PROVIDER = "provider", _("Provider")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    MANAGER = "manager", _("Practice manager")


# Who may be told of an alert: those who may open it.
CARE_TEAM = [Role.PROVIDER]
