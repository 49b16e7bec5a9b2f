"""What a manager types about the library: that she answers for it, topics of her own, other paragraphs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from education.forms.words import OwnWordsForm, WordsField, audience_field, line, week_field

DAYS = [(30, _("30 days")), (60, _("60 days")), (90, _("90 days"))]


class AcceptanceForm(forms.Form):
    """That a manager shows her patients what no clinician has checked, and for how long."""

    days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=DAYS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose 30, 60 or 90 days."),
            "invalid_choice": _("Choose 30, 60 or 90 days."),
        },
    )
    understood = forms.BooleanField(
        label=_(
            "I understand: no clinician has checked these texts. They may be wrong or out of date. My patients read them with my name on each page."
        ),
        error_messages={"required": _("Tick the sentence, or leave the texts closed.")},
    )


class OwnTopicForm(OwnWordsForm):
    """A topic of the practice's own: what she reads, who she is, and when."""

    words_field = "body"
    not_words = ("seen", "topic_id")

    topic_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = line(
        _("Title"),
        100,
        _("Give it a title, such as “Parking at our clinic”."),
        help_text=_("A few words, such as “Parking at our clinic”."),
    )
    summary = line(
        _("In one sentence"),
        200,
        _("Say in one sentence what it is about."),
        help_text=_("She reads it in the list of lessons, under the title."),
    )
    body = WordsField(
        label=_("What she reads"),
        max_length=10000,
        rows=12,
        required_message=_("Write what she should read."),
        help_text=_("Plain words and short sentences. An empty line begins a new paragraph."),
    )
    audience = audience_field()
    week_from = week_field(_("From week"))
    week_to = week_field(_("To week"))


class OwnParagraphForm(OwnWordsForm):
    """The practice's words in place of one paragraph of the library."""

    text = WordsField(
        label=_("Our words"),
        max_length=2000,
        rows=6,
        required_message=_("Write what she should read in place of the library’s words."),
        help_text=_(
            "Plain words and short sentences: your numbers, your hours, how she comes to you."
        ),
    )
