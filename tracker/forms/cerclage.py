import datetime
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from tracker.clinical.cerclage import (
    is_placed_outside,
    is_removed_outside,
    suggested_removal,
    usual_weeks,
)
from tracker.clinical.dating import last_period_by_due_date
from tracker.enums import CerclageIndication, RemovalReason
from tracker.forms.reasons import TOO_LONG, reason_field
from tracker.models import Cerclage, Pregnancy

# Without a due date nobody knows when it began or ends; no pregnancy is longer than this.
LONGEST = timedelta(weeks=45)
AFTER_DUE = timedelta(weeks=3)
# An abdominal stitch may have been placed before this pregnancy, though not in another life.
OLDEST = timedelta(days=40 * 365)
FUTURE = _("This day has not come yet. Choose today or a day before.")
CHOOSE = {"required": _("Tap one."), "invalid_choice": _("Tap one of the buttons below.")}


class StitchForm(forms.Form):
    """A stitch as it was placed. A date outside the usual weeks needs a reason, and is kept with it."""

    indication = forms.ChoiceField(
        label=_("Indication"),
        choices=CerclageIndication,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    placed_on = DayField(label=_("Placed on"))
    technique = forms.CharField(
        label=_("Technique"), required=False, max_length=60, error_messages=TOO_LONG
    )
    surgeon = forms.CharField(
        label=_("Surgeon"), required=False, max_length=120, error_messages=TOO_LONG
    )
    planned_removal_on = DayField(label=_("Planned removal"), required=False)
    outside_because = forms.CharField(
        label=_("Why this date is right all the same"),
        required=False,
        max_length=300,
        error_messages=TOO_LONG,
    )

    def __init__(self, *args, pregnancy: Pregnancy, stitch: Cerclage | None = None, **kwargs):
        self.pregnancy, self.stitch = pregnancy, stitch
        self.today = pregnancy.practice.today()
        self.warnings: dict[str, str] = {}
        super().__init__(*args, **kwargs)
        self.fields["technique"].widget.attrs["list"] = "techniques"
        self.fields["surgeon"].widget.attrs["list"] = "surgeons"

    @property
    def asks_why(self) -> bool:
        """Tell whether the reason is asked for: after a warning, or where one stands already."""
        return bool(self.warnings or self["outside_because"].value())

    @property
    def asks_why_planned(self) -> bool:
        """Tell whether only the planned removal lies outside: the reason stands beside that date then."""
        return "planned_removal_on" in self.warnings and "placed_on" not in self.warnings

    def clean_placed_on(self) -> datetime.date:
        day = self.cleaned_data["placed_on"]
        if day > self.today:
            raise ValidationError(FUTURE)
        if day < (self.pregnancy.patient.born_on or self.today - OLDEST):
            raise ValidationError(_("This day is too long ago. Check the year."))
        if self.stitch and self.stitch.removed_on and day > self.stitch.removed_on:
            raise ValidationError(_("This is after the day it came out. Choose an earlier day."))
        return day

    def clean_planned_removal_on(self) -> datetime.date | None:
        day = self.cleaned_data["planned_removal_on"]
        stands = self.stitch is not None and day == self.stitch.planned_removal_on
        if day is None or stands:
            return day
        due = self.pregnancy.due_date
        if day < self.today and not (self.stitch and self.stitch.removed_on):
            raise ValidationError(_("This day is past. Choose today or a later day."))
        if day > (due + AFTER_DUE if due else self.today + LONGEST):
            raise ValidationError(_("This is long after the due date. Check the year."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        placed, planned = cleaned.get("placed_on"), cleaned.get("planned_removal_on")
        if placed and planned and planned < placed:
            self.add_error(
                "planned_removal_on", _("This is before the stitch was placed. Choose a later day.")
            )
        if cleaned.get("indication"):
            indication = CerclageIndication(cleaned["indication"])
            self._check_placement(indication, placed)
            self._check_plan(indication, cleaned.get("planned_removal_on"))
        if not cleaned.get("outside_because"):
            self.fields["outside_because"].required = bool(self.warnings)
            for name, warning in self.warnings.items():
                self.add_error(name, warning)
        elif not self.warnings:
            cleaned["outside_because"] = ""
        return cleaned

    def _check_placement(self, indication: CerclageIndication, day: datetime.date | None) -> None:
        if day is None:
            return
        due, age = self.pregnancy.due_date, self.pregnancy.age_on(day)
        if day < (last_period_by_due_date(due) if due else self.today - LONGEST):
            if indication != CerclageIndication.ABDOMINAL:
                too_early = _("This is before the pregnancy began. Choose a later day.")
                self.add_error("placed_on", too_early)
            else:
                self.warnings["placed_on"] = _now(
                    "This is before the pregnancy began. If it is right, say why below."
                )
        elif is_placed_outside(indication, age):
            usual = usual_weeks(indication)
            self.warnings["placed_on"] = _now(
                "That day she was %(age)s. For this indication a stitch is usually placed from "
                "%(first)s to %(last)s. If it is right, say why below."
            ) % {"age": age, "first": usual.first, "last": usual.last}

    def _check_plan(self, indication: CerclageIndication, day: datetime.date | None) -> None:
        if day is None:
            return
        age = self.pregnancy.age_on(day)
        if is_removed_outside(indication, age):
            self.warnings["planned_removal_on"] = _now(
                "That day she is %(age)s. A stitch usually comes out from 36w0d to 38w0d. "
                "If it is right, say why below."
            ) % {"age": age}
        elif indication == CerclageIndication.ABDOMINAL and self._is_the_suggestion(day):
            self.warnings["planned_removal_on"] = _now(
                "No date is suggested for an abdominal stitch. Ask the surgeon: empty this field, "
                "or say below why the date is right."
            )

    def _is_the_suggestion(self, day: datetime.date) -> bool:
        """Tell whether it is the day the form proposed for any other stitch."""
        return day == suggested_removal(CerclageIndication.HISTORY, self.pregnancy.due_date)


class CorrectStitchForm(StitchForm):
    """What is right about a stitch, and why the old words are not."""

    because = reason_field(_("What was wrong?"))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and set(self.changed_data) <= {"because"}:
            raise ValidationError(_("Nothing is different from what is on record."))
        return cleaned


class RemovalForm(forms.Form):
    """When and why a stitch came out. A planned removal outside 36 to 38 weeks needs a note."""

    removed_on = DayField(label=_("Removed on"))
    removed_because = forms.ChoiceField(
        label=_("Why it came out"),
        choices=RemovalReason,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    removal_note = forms.CharField(
        label=_("Note"), required=False, max_length=300, error_messages=TOO_LONG
    )

    def __init__(self, *args, stitch: Cerclage, **kwargs):
        self.stitch = stitch
        super().__init__(*args, **kwargs)

    def clean_removed_on(self) -> datetime.date | None:
        day = self.cleaned_data["removed_on"]
        if day and day > self.stitch.pregnancy.practice.today():
            raise ValidationError(FUTURE)
        if day and day < self.stitch.placed_on:
            raise ValidationError(
                _now("The stitch was placed on %(date)s: this is before. Choose a later day.")
                % {"date": self.stitch.placed_on.isoformat()}
            )
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        day, why = cleaned.get("removed_on"), cleaned.get("removed_because")
        if cleaned.get("removal_note") or "removal_note" in self.errors:
            return cleaned
        if why == RemovalReason.OTHER:
            self.add_error("removal_note", _("Say here why it came out."))
        age = self.stitch.pregnancy.age_on(day) if day else None
        indication = CerclageIndication(self.stitch.indication)
        if why == RemovalReason.PLANNED and is_removed_outside(indication, age):
            self.add_error(
                "removed_on",
                _now(
                    "That day she was %(age)s. A planned removal is usually from 36w0d to 38w0d. "
                    "If it is right, say why in the note."
                )
                % {"age": age},
            )
        return cleaned


class CorrectRemovalForm(RemovalForm):
    """What is right about a removal; or that it never was, and the stitch is in place."""

    still_in_place = forms.BooleanField(
        label=_("It was not removed: the stitch is in place"), required=False
    )
    because = reason_field(_("What was wrong?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["removed_on"].required = self.fields["removed_because"].required = False

    def clean(self) -> dict:
        cleaned = super().clean() if not self.data.get("still_in_place") else self.cleaned_data
        if cleaned.get("still_in_place"):
            self._check_place_is_free()
            return cleaned
        for name, words in (
            ("removed_on", _("Enter the date.")),
            ("removed_because", _("Tap one.")),
        ):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        if not self.errors and set(self.changed_data) <= {"because"}:
            raise ValidationError(_("Nothing is different from what is on record."))
        return cleaned

    def _check_place_is_free(self) -> None:
        """What stands in the other fields does not matter then; another stitch does."""
        for name in ("removed_on", "removed_because", "removal_note"):
            self.errors.pop(name, None)
        if self.stitch.pregnancy.cerclages.in_place().exists():
            self.add_error(
                "still_in_place",
                _("Another stitch is on record as in place. Correct or remove that one first."),
            )


class StrikeForm(forms.Form):
    """Why a row of the record is a mistake."""

    because = reason_field(_("Why is it a mistake?"))
