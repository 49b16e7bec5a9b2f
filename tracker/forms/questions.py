from django import forms
from django.utils.translation import gettext_lazy as _

from education.forms import WordsField
from education.models import ChecklistItem
from tracker.checklists import answers_in_order


class QuestionForm(forms.Form):
    """What a patient wants to ask about an item; she may leave the words for the visit."""

    text = WordsField(
        label=_("What do you want to ask?"),
        max_length=500,
        required=False,
        help_text=_("You can also leave it empty. Then we ask you at your visit."),
    )


class AnswerForm(forms.Form):
    """What the care team answers. She reads it as it is written."""

    answer = WordsField(
        label=_("Your answer, in plain words for her"),
        max_length=1000,
        required_message=_("Write the answer first: she reads it as you write it."),
    )


class TeachBackForm(forms.Form):
    """One answer to one teach-back question of an item, in the words that were shown."""

    question = forms.ModelChoiceField(queryset=None)
    chosen = forms.CharField(
        max_length=200, error_messages={"required": _("Choose an answer first.")}
    )

    def __init__(self, *args, item: ChecklistItem, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = item.questions.all()

    def clean_chosen(self):
        question, chosen = self.cleaned_data.get("question"), self.cleaned_data["chosen"]
        if question is None or chosen not in answers_in_order(question):
            raise forms.ValidationError(
                _("This question has changed. Please look at it once more.")
            )
        return chosen
