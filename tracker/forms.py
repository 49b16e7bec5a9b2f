import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.enums import AlertOutcome, Symptom

NOTE_LENGTH = 2000


class SymptomsField(forms.MultipleChoiceField):
    """Lower-case codes in, codes of the rules out."""

    default_error_messages = {
        "invalid_choice": _(
            "We do not know the sign “%(value)s”. Tick the signs below that fit, or call us."
        )
    }

    def __init__(self, **kwargs):
        super().__init__(
            choices=[(code.lower(), label) for code, label in Symptom.choices], **kwargs
        )

    def clean(self, value):
        return {code.upper() for code in super().clean(value)}


class ReportForm(forms.Form):
    """What a patient reports. An empty report is refused with a way out: "I feel OK"."""

    symptoms = SymptomsField(required=False)
    started = forms.CharField(required=False, max_length=40)
    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={
            "max_length": _(
                "Please keep it under %(limit_value)d letters. You wrote %(show_value)d."
            )
        },
    )
    report_id = forms.CharField(required=False)
    feel_ok = forms.BooleanField(required=False)

    def clean_report_id(self) -> uuid.UUID:
        """Return the id the page made; a broken one is no reason to refuse a report."""
        try:
            return uuid.UUID(self.cleaned_data["report_id"])
        except ValueError:
            return uuid.uuid4()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["symptoms"] and not cleaned["feel_ok"]:
            self.add_error(
                "symptoms",
                _("Tick what fits, or choose “I feel OK”. If you are not sure, call us."),
            )
        return cleaned


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
