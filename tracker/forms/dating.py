import datetime
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from tracker.clinical.dating import (
    GestationalAge,
    due_date_by_conception,
    due_date_by_ivf,
    due_date_by_lmp,
    due_date_by_scan,
    last_period_by_due_date,
)
from tracker.due_dates import Proposal, keep_words
from tracker.enums import DatingMethod
from tracker.models import Pregnancy

LAST_PERIOD_WITHIN = timedelta(weeks=44)
DUE_WITHIN = timedelta(weeks=42)
PAST_DUE_WITHIN = timedelta(weeks=5)


def number_field(label, first: int, last: int, message, **kwargs) -> forms.IntegerField:
    """Return a field for a whole number in a range, with one message for whatever else is typed."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": first, "max": last})
    return forms.IntegerField(
        label=label,
        widget=widget,
        validators=[MinValueValidator(first, message), MaxValueValidator(last, message)],
        error_messages={"required": message, "invalid": message},
        **kwargs,
    )


class DatingForm(forms.Form):
    """What a due date is computed from. ``main`` is the date that a wrong result is said beside."""

    main: ClassVar[str]
    method: ClassVar[DatingMethod]

    def __init__(self, *args, pregnancy: Pregnancy, **kwargs):
        self.pregnancy, self.today = pregnancy, pregnancy.practice.today()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.main in cleaned and cleaned[self.main] > self.today and self.main != "due_date":
            self.add_error(self.main, _("This day has not come yet. Choose today or a day before."))
        if not self.errors:
            self._check_result(self.computed)
        return cleaned

    @property
    def computed(self) -> datetime.date:
        """Return the due date by what was entered, once the form is valid."""
        raise NotImplementedError

    @property
    def basis(self) -> dict[str, Any]:
        """Return what was entered, as it is kept."""
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in self.cleaned_data.items()
        }

    def _check_result(self, due_date: datetime.date) -> None:
        words = {"date": date_format(due_date, "M j, Y")}
        if due_date > self.today + DUE_WITHIN:
            self.add_error(
                self.main,
                _now("Due %(date)s: that is more than 42 weeks from now. Check the date.") % words,
            )
        elif due_date < self.today - PAST_DUE_WITHIN:
            self.add_error(
                self.main,
                _now("Due %(date)s: that is more than 5 weeks ago. Check the date.") % words,
            )


class LastPeriodForm(DatingForm):
    """The last period, and how long her cycles are."""

    main, method = "last_period", DatingMethod.LMP
    last_period = DayField(label=_("First day of the last period"))
    cycle_days = number_field(
        _("Cycle length in days"), 20, 45, _("Write a whole number from 20 to 45."), initial=28
    )

    def clean_last_period(self) -> datetime.date:
        day = self.cleaned_data["last_period"]
        if day < self.today - LAST_PERIOD_WITHIN:
            raise ValidationError(_("This is more than 44 weeks ago. Check the year."))
        return day

    @property
    def computed(self) -> datetime.date:
        return due_date_by_lmp(self.cleaned_data["last_period"], self.cleaned_data["cycle_days"])


class ConceptionForm(DatingForm):
    """A known day of conception, also of an insemination."""

    main, method = "conceived_on", DatingMethod.CONCEPTION
    conceived_on = DayField(label=_("Conceived on"))

    @property
    def computed(self) -> datetime.date:
        return due_date_by_conception(self.cleaned_data["conceived_on"])


class TransferForm(DatingForm):
    """An IVF transfer, fresh or frozen."""

    main, method = "transferred_on", DatingMethod.IVF
    transferred_on = DayField(label=_("Day of the transfer"))
    embryo_days = number_field(
        _("Age of the embryo in days"), 0, 7, _("Write a whole number from 0 to 7."), initial=5
    )

    @property
    def computed(self) -> datetime.date:
        return due_date_by_ivf(
            self.cleaned_data["transferred_on"], self.cleaned_data["embryo_days"]
        )


class ScanForm(DatingForm):
    """A dating scan: its day, and the age it found."""

    main, method = "scanned_on", DatingMethod.ULTRASOUND
    scanned_on = DayField(label=_("Day of the scan"))
    weeks = number_field(_("Weeks on the scan"), 4, 42, _("Write a whole number from 4 to 42."))
    days = number_field(_("and days"), 0, 6, _("Write a whole number from 0 to 6."), initial=0)

    def clean_scanned_on(self) -> datetime.date:
        day, due = self.cleaned_data["scanned_on"], self.pregnancy.due_date
        if due and day < last_period_by_due_date(due):
            raise ValidationError(
                _("By the due date that stands, this is before the pregnancy began. Check the day.")
            )
        return day

    @property
    def age(self) -> GestationalAge:
        return GestationalAge.of(self.cleaned_data["weeks"], self.cleaned_data["days"])

    @property
    def computed(self) -> datetime.date:
        return due_date_by_scan(self.cleaned_data["scanned_on"], self.age)

    @property
    def basis(self) -> dict[str, Any]:
        day = self.cleaned_data["scanned_on"].isoformat()
        return {"scanned_on": day, "age_days": self.age.total_days}


class StatedForm(DatingForm):
    """A due date from elsewhere, with no word on how it was found."""

    main, method = "due_date", DatingMethod.STATED
    due_date = DayField(label=_("Due date as stated"))

    @property
    def computed(self) -> datetime.date:
        return self.cleaned_data["due_date"]


DATING_FORMS: dict[str, type[DatingForm]] = {
    form.method: form
    for form in (LastPeriodForm, ConceptionForm, TransferForm, ScanForm, StatedForm)
}
USE_SCAN, KEEP = "scan", "keep"


class AcceptForm(forms.Form):
    """What a person makes of a proposal. Whoever goes against the rule says why."""

    take = forms.ChoiceField(
        label=_("Which due date counts?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Keep it under %(limit_value)d letters.")},
    )

    def __init__(self, *args, proposal: Proposal, **kwargs):
        self.proposal = proposal
        super().__init__(*args, **kwargs)
        if proposal.redating is None:
            del self.fields["take"]
            return
        scan, standing = (
            date_format(day, "M j, Y") for day in (proposal.entered, proposal.standing)
        )
        words = {
            USE_SCAN: _now("%(date)s: use the scan") % {"date": scan},
            KEEP: f"{standing}: {keep_words(proposal.standing_method)}",
        }
        words[self.by_the_rule] += _now(" (by the rule)")
        self.fields["take"].choices = list(words.items())
        self.initial["take"] = self.by_the_rule

    @property
    def by_the_rule(self) -> str:
        return USE_SCAN if self.proposal.redating.use_scan else KEEP

    @property
    def keeps(self) -> bool:
        """Tell whether the standing due date was chosen, once the form is valid."""
        return self.cleaned_data.get("take") == KEEP

    def clean(self) -> dict:
        cleaned = super().clean()
        if "take" in self.fields:
            against = bool(cleaned.get("take")) and cleaned["take"] != self.by_the_rule
        else:
            against = self.proposal.leaves_ivf
        if against and not cleaned.get("reason") and "reason" not in self.errors:
            self.fields["reason"].required = True
            self.add_error("reason", _("This goes against the rule. Say why."))
        return cleaned
