from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.enums import AlertOutcome


class ResolveForm(forms.Form):
    """How an alert was closed."""

    outcome = forms.ChoiceField(
        choices=AlertOutcome,
        error_messages={
            "required": _("Say what was done."),
            "invalid_choice": _("Choose what was done from the list."),
        },
    )
    note = forms.CharField(required=False, max_length=500)
