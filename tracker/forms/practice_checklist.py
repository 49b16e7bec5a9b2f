from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from education.forms import OwnWordsForm, WordsField, newest_words
from education.forms.words import audience_field, line, week_field
from education.models import ChecklistItem, Topic


class PracticeItemForm(OwnWordsForm):
    """An item of the practice's own: what she should know, for whom, and when."""

    not_words = ("seen", "item_id")

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
    audience = audience_field()
    week_from = week_field(_("From week"))
    week_to = week_field(_("To week"))
    topic = forms.ModelChoiceField(
        label=_("Lesson it belongs to"),
        queryset=None,
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Choose a lesson from the list.")},
    )

    def __init__(self, *args, practice: Practice, **kwargs):
        super().__init__(*args, **kwargs)
        # Hidden ones too: an item that points at one keeps it.
        ours = Topic.objects.live().filter(Q(practice=None) | Q(practice=practice))
        self.fields["topic"].queryset = ours.in_language()


def words_of_item(item: ChecklistItem) -> dict:
    """Return an item as its form begins: its newest words, which may still wait for a clinician."""
    names = ("title", "teach_back", "audience", "week_from", "week_to", "topic")
    return newest_words(item, *names, words_field="text")
