from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A calendar date, picked or typed. What was typed is shown again, whatever it was."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        messages = {
            "required": _("Enter the date."),
            "invalid": _(
                "This is not a date of the calendar. Write it as year-month-day: 2026-11-20."
            ),
        }
        messages |= kwargs.pop("error_messages", {})
        super().__init__(error_messages=messages, **kwargs)
