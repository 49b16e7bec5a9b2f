from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = {"max_length": _("Keep it under %(limit_value)d letters.")}


def reason_field(label) -> forms.CharField:
    """Return the field for why a row is corrected or struck through."""
    messages = {"required": _("Say why, so that the next reader understands.")} | TOO_LONG
    return forms.CharField(label=label, max_length=300, error_messages=messages)


class ReasonForm(forms.Form):
    """Why a row is struck through."""

    because = reason_field(_("Why is it struck through?"))
