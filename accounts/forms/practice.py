import zoneinfo

import phonenumbers
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CARE_TEAM, Practice
from accounts.phones import validate_phone

NUMBERS = ("emergency_number", "crisis_number", "mood_number")
# What can do harm when it is wrong, and why; asked about once before it is stored.
GRAVE = {
    "phone": _("Patients of this practice are given this number at once, on every page."),
    "emergency_number": _(
        "Every “go to the hospital” page shows this number. In the US it is 911. Dial-test it before you go on."
    ),
    "country": _("Lessons, schedules and how numbers are dialed follow the country."),
    "time_zone": _(
        "Weeks of pregnancy, opening hours and “today” follow this clock. Weeks may shift by a day around midnight."
    ),
    "strict_reading": _(
        "On, every sign of cervical insufficiency means the hospital. Off, only the rules decide. Never advice below the rules."
    ),
}


class PracticeForm(forms.ModelForm):
    """The settings of a practice. What could do harm when it is wrong is asked about once more."""

    sure = forms.BooleanField(label=_("Yes, I have checked this. Change it."), required=False)

    class Meta:
        model = Practice
        fields = (
            "name",
            "phone",
            "after_hours_phone",
            "hospital_name",
            "hospital_address",
            "hospital_phone",
            "emergency_number",
            "crisis_number",
            "mood_number",
            "country",
            "time_zone",
            "strict_reading",
            "lead",
        )
        help_texts = {
            "after_hours_phone": _("Shown when the clinic is closed. Empty: the first number is."),
            "emergency_number": _("What a phone dials in an emergency in your country: 911."),
            "mood_number": _("For low mood and worry, in pregnancy and after."),
            "time_zone": _("As in America/Denver. Weeks and opening hours follow it."),
            "strict_reading": _(
                "Any sign of cervical insufficiency in weeks 14 to 36 means “go to the hospital”, for everyone. "
                "This can only raise what patients are told, never lower it."
            ),
        }
        widgets = {"time_zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings: list[str] = []
        people = self.instance.people.filter(role__in=CARE_TEAM, is_active=True)
        self.fields["lead"].queryset = people
        self.fields["lead"].empty_label = _("No lead")
        for name, field in self.fields.items():
            field.error_messages["required"] = _("Fill this in: patients need it.")
            if name in NUMBERS:
                field.validators.append(validate_phone)

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].upper()
        if country not in phonenumbers.SUPPORTED_REGIONS:
            raise forms.ValidationError(_("Write the two letters of a country, such as US or MX."))
        return country

    def clean(self):
        """Hold back a grave change until the manager has said that she means it."""
        cleaned = super().clean()
        grave = [name for name in GRAVE if name in self.changed_data and name not in self.errors]
        if grave and not cleaned.get("sure"):
            self.warnings = [self._warning(name) for name in grave]
            self.add_error("sure", _("Read what will change, then tick this box and save again."))
        return cleaned

    def _warning(self, name: str) -> str:
        words = {
            "what": self.fields[name].label,
            "old": plain(self.initial.get(name)),
            "new": plain(self.cleaned_data.get(name)),
            "why": GRAVE[name],
        }
        return gettext("%(what)s: from %(old)s to %(new)s. %(why)s") % words

    @property
    def values(self) -> dict:
        """Return what was typed, by field of the practice."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def zones(self) -> list[str]:
        """Return the time zones to choose from; others of the database may be typed."""
        return sorted(name for name in zoneinfo.available_timezones() if "/" in name)


def plain(value: object) -> str:
    """Return a setting in words for a warning."""
    if isinstance(value, bool):
        return gettext("on") if value else gettext("off")
    return str(value or "–")
