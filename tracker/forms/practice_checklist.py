import re
from html import unescape

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from education.models import Audience, ChecklistItem, Topic
from education.reading import plain_text
from tracker.forms.questions import TOO_LONG, WordsField

FIRST_WEEK, LAST_WEEK = 4, 42
WEEKS_MESSAGE = _("Give a week from 4 to 42, as a number.")
LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*")


def to_rich_text(words: str) -> str:
    """Return plain words as paragraphs; whatever looks like a tag is shown, never run."""
    return linebreaks(words, autoescape=True)


def to_plain_words(rich: str) -> str:
    """Return what was typed: one empty line between paragraphs."""
    paragraphs = LINE_BREAK.sub("\n", rich).split("</p>")
    return "\n\n".join(unescape(plain_text(each)).strip() for each in paragraphs).strip()


def line(label, most: int, required: str, **kwargs) -> forms.CharField:
    """Return one line of text whose messages say what to do."""
    errors = {"required": required, "max_length": TOO_LONG}
    return forms.CharField(label=label, max_length=most, error_messages=errors, **kwargs)


def week_field(label) -> forms.IntegerField:
    limits = [
        MinValueValidator(FIRST_WEEK, WEEKS_MESSAGE),
        MaxValueValidator(LAST_WEEK, WEEKS_MESSAGE),
    ]
    return forms.IntegerField(
        label=label,
        validators=limits,
        widget=forms.NumberInput(attrs={"min": FIRST_WEEK, "max": LAST_WEEK}),
        error_messages={"required": WEEKS_MESSAGE, "invalid": WEEKS_MESSAGE},
    )


class PracticeItemForm(forms.Form):
    """An item of the practice's own: what she should know, for whom, and when."""

    item_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = line(
        _("Title"),
        120,
        _("Give it a title, as she would say it: “I know …”."),
        help_text=_("As she would say it: “I know where to park at night”."),
    )
    text = WordsField(
        label=_("What she reads"),
        max_length=4000,
        rows=8,
        required_message=_("Write what she should read."),
        help_text=_("Plain words and short sentences. An empty line begins a new paragraph."),
    )
    teach_back = line(
        _("Teach-back: what staff ask"),
        300,
        _("Write what staff ask, for her to answer in her own words."),
        help_text=_("She answers in her own words: “Ask: what would you do if …?”"),
    )
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Audience,
        error_messages={
            "required": _("Choose whom it is for."),
            "invalid_choice": _("Choose whom it is for from the list."),
        },
    )
    week_from = week_field(_("From week"))
    week_to = week_field(_("To week"))
    topic = forms.ModelChoiceField(
        label=_("Lesson it belongs to"),
        queryset=Topic.objects.live(),
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose a lesson from the list.")},
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("week_from"), cleaned.get("week_to")
        if first and last and last < first:
            self.add_error("week_to", _("The last week must not come before the first."))
        return cleaned

    @property
    def words(self) -> dict:
        """Return what was typed as the fields of an item."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "item_id"}
        return words | {"text": to_rich_text(words["text"])}


def words_of_item(item: ChecklistItem) -> dict:
    """Return an item as its form begins."""
    names = ("title", "teach_back", "audience", "week_from", "week_to", "topic")
    return {name: getattr(item, name) for name in names} | {"text": to_plain_words(item.text)}
