from django import forms
from django.utils.translation import gettext_lazy as _

from education.models.approval import a_year_from_now


class DecisionForm(forms.Form):
    """Approve, or send back with a comment. ``digest`` says which words were on the screen."""

    digest = forms.CharField(widget=forms.HiddenInput)
    review_by = forms.DateField(
        label=_("Look at it again by"),
        initial=a_year_from_now,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day to look at it again."),
            "invalid": _("Give the day as year-month-day, such as 2027-11-21."),
        },
    )
    comment = forms.CharField(
        label=_("Comment for the editor"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
