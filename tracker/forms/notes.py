from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.reasons import reason_field

LONGEST = 2000


class NoteForm(forms.Form):
    """A note for the next shift."""

    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST,
        help_text=_("Your team reads it. The patient does not see it here."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _(
                "Please keep it under %(limit_value)d letters. You wrote %(show_value)d."
            ),
        },
    )


class CorrectNoteForm(NoteForm):
    """The right words, and why."""

    because = reason_field(_("Why is it corrected?"))
