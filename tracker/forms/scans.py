import datetime
import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from tracker.clinical.dating import last_period_by_due_date
from tracker.forms.reasons import reason_field
from tracker.models import CervicalLength, Pregnancy

LONGEST_MM = 80
# Without a due date nobody knows when it began; no pregnancy is longer than this.
LONGEST_PREGNANCY = timedelta(weeks=45)
WHOLE = re.compile(r"([0-9]+)\s*(?:mm)?", re.IGNORECASE)
CENTIMETERS = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*cm", re.IGNORECASE)
DECIMAL = re.compile(r"([0-9]+[.,][0-9]+)\s*(?:mm)?", re.IGNORECASE)


class MillimetersField(forms.CharField):
    """A length in whole millimeters. Centimeters are recognised and never converted silently."""

    default_error_messages = {"required": _("Enter the length in millimeters, such as 24.")}

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value) -> int:
        text = super().clean(value).strip()
        whole = WHOLE.fullmatch(text)
        if not whole:
            raise ValidationError(_why_not(text))
        # A number of more digits is no length, however long it is.
        number = int(whole[1][:6])
        if number > LONGEST_MM:
            words = _now("%(text)s mm is too long. Write whole millimeters, 0 to %(most)s: 24")
            raise ValidationError(words % {"text": whole[1][:6], "most": LONGEST_MM})
        return number


def _why_not(text: str) -> str:
    """Return what to write instead of something that is no whole number of millimeters."""
    centimeters, decimal = CENTIMETERS.fullmatch(text), DECIMAL.fullmatch(text)
    if centimeters:
        meant = round(float(centimeters[1].replace(",", ".")) * 10)
        if meant <= LONGEST_MM:
            return _now("Write whole millimeters: %(mm)s") % {"mm": meant}
    if decimal:
        return _now("Write whole millimeters, without a decimal point: 24")
    if re.fullmatch(r"[-−–]\s*[0-9]+.*", text):
        return _now("A length cannot be below 0. Write whole millimeters, 0 to 80: 24")
    return _now("Write whole millimeters, 0 to 80: 24")


class LengthForm(forms.Form):
    """One transvaginal length. ``standing`` is the one of that day, if there is one already."""

    measured_on = DayField(label=_("Date of the scan"))
    length_mm = MillimetersField(
        label=_("Length in millimeters"),
        help_text=_("Transvaginal, whole millimeters, 0 to 80."),
    )
    funneling = forms.BooleanField(label=_("Funneling seen"), required=False)

    def __init__(self, *args, pregnancy: Pregnancy, length: CervicalLength | None = None, **kwargs):
        self.pregnancy, self.length = pregnancy, length
        self.standing: CervicalLength | None = None
        self.today = pregnancy.practice.today()
        super().__init__(*args, **kwargs)

    def clean_measured_on(self) -> datetime.date:
        day, due = self.cleaned_data["measured_on"], self.pregnancy.due_date
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Choose today or a day before."))
        if day < (last_period_by_due_date(due) if due else self.today - LONGEST_PREGNANCY):
            raise ValidationError(_("This is before the pregnancy began. Choose a later day."))
        if self.pregnancy.ended_on and day > self.pregnancy.ended_on:
            raise ValidationError(_("This is after the pregnancy ended. Choose an earlier day."))
        self.refuse_second(day)
        return day

    def refuse_second(self, day: datetime.date) -> None:
        """Refuse a second length of one day, and remember which one stands."""
        others = self.pregnancy.cervical_lengths.standing().filter(measured_on=day)
        if self.length:
            others = others.exclude(pk=self.length.pk)
        self.standing = others.select_related("recorded_by").first()
        if self.standing:
            words = _now(
                "A scan of this day is on record: %(mm)s mm. Correct that one, or choose another day."
            )
            raise ValidationError(words % {"mm": self.standing.length_mm})

    @property
    def was_sent_twice(self) -> bool:
        """Tell whether the scan of that day says exactly the same."""
        said = self.cleaned_data.get("length_mm"), self.cleaned_data.get("funneling")
        stands = self.standing
        return stands is not None and said == (stands.length_mm, stands.funneling)


class CorrectLengthForm(LengthForm):
    """The right length, and why."""

    because = reason_field(_("Why is it corrected?"))

    def clean(self) -> dict:
        cleaned = super().clean()
        names = ("measured_on", "length_mm", "funneling")
        if self.length and all(
            name in cleaned and cleaned[name] == getattr(self.length, name) for name in names
        ):
            self.add_error("length_mm", _("This is what stands already. Write what is right."))
        return cleaned
