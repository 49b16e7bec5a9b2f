import uuid
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from tracker.enums import Symptom

NOTE_LENGTH = 2000
LONGEST_WAIT = timedelta(days=60)


def said_at(
    received: datetime, device_made_at: datetime | None, device_sent_at: datetime | None
) -> datetime:
    """Return when she said it, by our clock.

    Both readings come from her device's clock, so their difference is true even when that clock is
    a year off. A wait that runs backwards or is longer than 60 days is no wait: then it is now.
    """
    if device_made_at is None or device_sent_at is None:
        return received
    waited = device_sent_at - device_made_at
    return received - waited if timedelta(0) <= waited <= LONGEST_WAIT else received


class DeviceTimeField(forms.Field):
    """A reading of a device's clock, ISO 8601 with its offset. A broken one is no reason to refuse a report."""

    def clean(self, value) -> datetime | None:
        try:
            time = parse_datetime(value or "")
        except ValueError:
            return None
        if time is None or time.tzinfo is None or not MINYEAR < time.year < MAXYEAR:
            return None
        return time.astimezone(UTC)


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
    device_made_at = DeviceTimeField(required=False)
    device_sent_at = DeviceTimeField(required=False)

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

    def said_at(self, received: datetime) -> datetime:
        """Return when she said it, for a report that reached us at ``received``."""
        return said_at(
            received, self.cleaned_data["device_made_at"], self.cleaned_data["device_sent_at"]
        )
