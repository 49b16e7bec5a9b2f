"""What the forms of a practice's own words share: plain words in, paragraphs out, and what to do when refused."""

import re
from html import unescape

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from education.actions import HARDEST
from education.models import Audience
from education.models.weeks import FIRST_WEEK, LAST_WEEK
from education.reading import plain_text, read

TOO_LONG = _("Keep it under %(limit_value)d letters. You wrote %(show_value)d.")
WEEKS_MESSAGE = _("Give a week from 4 to 42, as a number.")
LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*")


def to_rich_text(words: str) -> str:
    """Return plain words as paragraphs; whatever looks like a tag is shown, never run."""
    return linebreaks(words, autoescape=True)


def to_plain_words(rich: str) -> str:
    """Return what was typed: one empty line between paragraphs."""
    paragraphs = LINE_BREAK.sub("\n", rich).split("</p>")
    return "\n\n".join(unescape(plain_text(each)).strip() for each in paragraphs).strip()


class WordsField(forms.CharField):
    """Several lines of text. A line break counts as one sign, as the browser counts it."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, required_message: str = "", **kwargs):
        errors = {"max_length": TOO_LONG}
        if required_message:
            errors["required"] = required_message
        super().__init__(error_messages=errors, **kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value):
        words = super().to_python(value)
        return words.replace("\r\n", "\n") if words else words


def line(label, most: int, required: str, **kwargs) -> forms.CharField:
    """Return one line of text whose messages say what to do."""
    errors = {"required": required, "max_length": TOO_LONG}
    return forms.CharField(label=label, max_length=most, error_messages=errors, **kwargs)


def week_field(label) -> forms.IntegerField:
    """Return a field for one completed week, 4 to 42."""
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


def audience_field() -> forms.ChoiceField:
    """Return a field for whom a text is."""
    return forms.ChoiceField(
        label=_("For whom"),
        choices=Audience,
        error_messages={
            "required": _("Choose whom it is for."),
            "invalid_choice": _("Choose whom it is for from the list."),
        },
    )


class OwnWordsForm(forms.Form):
    """Words of a practice's own, which go to a clinician when they are sent.

    ``seen`` says which version was on the screen, so that two people at once do not overwrite each
    other unasked. ``words_field`` is what patients read.
    """

    words_field = "text"
    not_words: tuple[str, ...] = ("seen",)

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    grade_reason = forms.CharField(
        label=_("Why it cannot be said in plainer words"),
        max_length=200,
        required=False,
        error_messages={"max_length": TOO_LONG},
        help_text=_("Only for a text above grade 8. The clinician reads it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade_reason"] = self.fields.pop("grade_reason")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("week_from"), cleaned.get("week_to")
        if first and last and last < first:
            self.add_error("week_to", _("The last week must not come before the first."))
        return cleaned

    @property
    def shown_fields(self) -> list:
        """Return the fields in order; a reason is asked for only where one is needed."""
        return [each for each in self if each.name != "grade_reason" or self.asks_reason]

    @property
    def asks_reason(self) -> bool:
        typed = self[self.words_field].value() or ""
        return bool(self["grade_reason"].value()) or read(typed).grade > HARDEST

    @property
    def words(self) -> dict:
        """Return what was typed as the fields of a text."""
        words = {k: value for k, value in self.cleaned_data.items() if k not in self.not_words}
        return words | {self.words_field: to_rich_text(words[self.words_field])}

    def refuse(self, refusal: Exception, *, seen: int | None = None) -> None:
        """Show why nothing was saved, beside what was typed. With ``seen`` it can be sent once more."""
        self.add_error(self.words_field if seen is None else None, str(refusal))
        if seen is not None:
            self.data = self.data.copy()
            self.data["seen"] = seen


def newest_words(text, *names: str, words_field: str) -> dict:
    """Return the newest words of a text as their form begins; they may still wait for a clinician."""
    newest = text.get_latest_revision_as_object() if text.latest_revision_id else text
    first = {name: getattr(newest, name) for name in (*names, "grade_reason")}
    first[words_field] = to_plain_words(getattr(newest, words_field))
    return first | {"seen": text.latest_revision_id}
