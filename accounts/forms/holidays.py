import datetime
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice

MOST_DAYS = 60
FURTHEST = datetime.timedelta(days=5 * 366)


class HolidayForm(forms.Form):
    """Days off with a name: one date, or several at once."""

    name = forms.CharField(
        label=_("What the day is"),
        max_length=80,
        help_text=_("Such as Thanksgiving or Staff training. Patients do not see it."),
        error_messages={"required": _("Say what the day is, such as Thanksgiving.")},
    )
    days = forms.CharField(
        label=_("Dates"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or several, as year-month-day, one a line: 2026-12-25."),
        error_messages={"required": _("Write at least one date, such as 2026-12-25.")},
    )

    def __init__(self, *args, practice: Practice, **kwargs):
        super().__init__(*args, **kwargs)
        self.practice = practice

    def clean_days(self) -> list[datetime.date]:
        """Return the dates; refuse one that is no date, past, far away, written twice or a day off already."""
        days = [self._day(word) for word in re.split(r"[\s,;]+", self.cleaned_data["days"]) if word]
        if not days or len(days) > MOST_DAYS:
            raise forms.ValidationError(
                _("Write 1 to %(most)d dates, one a line.") % {"most": MOST_DAYS}
            )
        twice = sorted({day for day in days if days.count(day) > 1})
        if twice:
            raise forms.ValidationError(_("%s is written twice.") % twice[0])
        known = self.practice.holidays.filter(day__in=days).first()
        if known:
            words = {"day": known.day, "name": known.name}
            raise forms.ValidationError(_("%(day)s is a day off already: %(name)s.") % words)
        return days

    def _day(self, word: str) -> datetime.date:
        today = self.practice.today()
        try:
            day = datetime.datetime.strptime(word, "%Y-%m-%d").date()
        except ValueError:
            raise forms.ValidationError(
                _("“%s” is not a date of the calendar. Write it as year-month-day: 2026-12-25.") % word[:30]
            ) from None  # fmt: skip
        if day < today:
            raise forms.ValidationError(_("%s is in the past. Write days that are to come.") % day)
        if day > today + FURTHEST:
            raise forms.ValidationError(_("%s is more than five years away. Check the year.") % day)
        return day
