import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.calendars import Stretch
from accounts.hours import MIDNIGHT
from accounts.models import OpeningHours, Practice

MOST_ROWS = 8
LEAST_ROWS = 2


class ClockField(forms.TimeField):
    """A time of day. A field left empty says nothing."""

    def __init__(self, **kwargs):
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        wrong = {
            "invalid": _(
                "Write a time such as 08:00 or 17:30. The end of the day is 12:00 AM, or 00:00."
            )
        }
        super().__init__(required=False, widget=widget, error_messages=wrong, **kwargs)

    def to_python(self, value):
        """Take 24:00 for the end of the day, and leave out seconds."""
        if value in ("24:00", "24:00:00"):
            return MIDNIGHT
        time = super().to_python(value)
        return time and time.replace(second=0, microsecond=0)


class WeekForm(forms.Form):
    """The opening hours of a week: rows of two times for each day. An empty row is no stretch."""

    def __init__(self, data=None, *, practice: Practice):
        super().__init__(data)
        stored: dict[int, list[tuple[datetime.time, datetime.time]]] = {}
        for each in practice.opening_hours.all():
            stored.setdefault(each.weekday, []).append((each.opens, each.closes))
        most = max((len(rows) for rows in stored.values()), default=0)
        self.rows = min(max(most + 1, LEAST_ROWS, self._sent_rows()), MOST_ROWS)
        for day in OpeningHours.Weekday:
            for row in range(self.rows):
                times = stored.get(day, [])[row : row + 1]
                self._add_row(day, row, times[0] if times else (None, None))

    def _sent_rows(self) -> int:
        return sum(f"opens_0_{row}" in self.data for row in range(MOST_ROWS))

    def _add_row(self, day: int, row: int, times: tuple) -> None:
        words = {"day": OpeningHours.Weekday(day).label, "number": row + 1}
        labels = (_("%(day)s opens, %(number)s"), _("%(day)s closes, %(number)s"))
        for name, label, time in zip(("opens", "closes"), labels, times, strict=True):
            self.fields[f"{name}_{day}_{row}"] = ClockField(label=label % words, initial=time)

    def days(self) -> list[dict]:
        """Return each weekday with its rows of two fields."""
        return [
            {"number": day.value, "name": day.label, "rows": [self.pair(day, n) for n in range(self.rows)]}
            for day in OpeningHours.Weekday
        ]  # fmt: skip

    def pair(self, day: int, row: int) -> tuple:
        return self[f"opens_{day}_{row}"], self[f"closes_{day}_{row}"]

    def clean(self):
        cleaned = super().clean()
        self.stretches: list[Stretch] = []
        for day in self.source_days():
            of_day = [each for row in range(self.rows) for each in self._stretch(day, row)]
            self._refuse_overlap(day, of_day)
            self.stretches += [(day, opens, closes) for _row, opens, closes in of_day]
        if self.copies_monday:
            self._forget_overwritten()
            monday = [(opens, closes) for day, opens, closes in self.stretches if day == 0]
            self.stretches += [(day, *times) for day in range(1, 5) for times in monday]
        return cleaned

    def _forget_overwritten(self) -> None:
        """What was typed for Tuesday to Friday does not count any more; Monday must say something."""
        for name in [name for name in self.errors if name.split("_")[1] in ("1", "2", "3", "4")]:
            del self.errors[name]
        if not any(day == 0 for day, _opens, _closes in self.stretches):
            self.add_error("opens_0_0", _("Fill in Monday first: its hours are copied."))

    @property
    def copies_monday(self) -> bool:
        """Tell whether Monday's hours are to hold from Tuesday to Friday too."""
        return self.data.get("do") == "copy"

    def source_days(self) -> list[int]:
        return [0, 5, 6] if self.copies_monday else list(range(7))

    def _stretch(self, day: int, row: int) -> list[tuple[int, datetime.time, datetime.time]]:
        """Return the stretch of one row; none when it is empty or refused."""
        names = f"opens_{day}_{row}", f"closes_{day}_{row}"
        if any(name in self.errors for name in names):
            return []
        opens, closes = (self.cleaned_data.get(name) for name in names)
        if opens is None and closes is None:
            return []
        if opens is None or closes is None:
            missing = names[0] if opens is None else names[1]
            self.add_error(missing, _("Fill in both times, or empty both to take the row away."))
        elif closes <= opens and closes != MIDNIGHT:
            self.add_error(
                names[1],
                _("Closing comes before opening. Past midnight: close at 12:00 AM (00:00), and open the next day at 12:00 AM."),
            )  # fmt: skip
        else:
            return [(row, opens, closes)]
        return []

    def _refuse_overlap(self, day: int, of_day: list) -> None:
        in_order = sorted(of_day, key=lambda each: each[1])
        for (_r, _o, closes), (row, opens, _c) in zip(in_order, in_order[1:], strict=False):
            if closes == MIDNIGHT or opens < closes:
                self.add_error(
                    f"opens_{day}_{row}",
                    _("This begins before the hours above it end. Make one row of both."),
                )
