from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from education.forms import WordsField
from tracker.enums import MarkKind, NotDone, ReviewOutcome
from tracker.models import PatientQuestion, ReviewLine
from tracker.reviews import Point, Visit

GONE = _("An item has left the checklist meanwhile. Look at the list and save again.")
# What can be gone over with her; what is long done can be taken back only.
ON_THE_FORM = ("due", "otherwise", "to_teach_back", "ahead")


def why_field(empty) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", empty), *NotDone.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )


class ReviewForm(forms.Form):
    """What was gone over at a visit, what was left and why, and the answers to what she asked.

    ``why_<item>`` and ``answer_<question>`` are fields of their own, so that each has its message
    beside it. A question that someone else answered meanwhile keeps what was typed.
    """

    review_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reviewed = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": GONE})
    teach_back = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": GONE})
    all_due = forms.BooleanField(required=False)
    rest = why_field(_("No reason"))
    for_her = WordsField(
        label=_("Next steps for her"),
        max_length=1000,
        required=False,
        help_text=_("Short and plain. It is printed on her summary as you write it."),
    )

    def __init__(self, *args, visit: Visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit = visit
        choices = [(str(point.pk), point.pk) for point in visit.points]
        self.fields["reviewed"].choices = self.fields["teach_back"].choices = choices
        for point in self.points:
            self.fields[f"why_{point.pk}"] = why_field(_("Not today, because …"))
            self.fields[f"why_{point.pk}"].label = point.task.item.title
        for question in visit.open_questions:
            self.fields[f"answer_{question.pk}"] = WordsField(
                label=_("Your answer"), max_length=1000, required=False, rows=2
            )

    @cached_property
    def groups(self) -> dict[str, list[Point]]:
        return self.visit.groups

    @property
    def points(self) -> list[Point]:
        return [point for name in ON_THE_FORM for point in self.groups[name]]

    def clean(self):
        cleaned = super().clean()
        for point in self.points:
            name = f"why_{point.pk}"
            if cleaned.get(name) and self._is_ticked(point):
                self.add_error(name, _("Gone over, or not today? Take one of the two back."))
        if self.unsent:
            raise forms.ValidationError(_("One answer was not sent: see below, then save again."))
        if not self.errors and not (self.lines or self.answers or cleaned.get("for_her")):
            raise forms.ValidationError(_("Nothing is ticked yet. Tick what you went over."))
        return cleaned

    def _is_ticked(self, point: Point) -> bool:
        ticked = self.cleaned_data.get("reviewed", []), self.cleaned_data.get("teach_back", [])
        return any(str(point.pk) in names for names in ticked)

    @property
    def lines(self) -> list[ReviewLine]:
        """Return one line for each item that something was said about, not stored yet."""
        lines = (self._line(point) for point in self.visit.points)
        return [line for line in lines if line]

    def _line(self, point: Point) -> ReviewLine | None:
        item, cleaned, is_due = point.task.item, self.cleaned_data, point in self.groups["due"]
        why = cleaned.get(f"why_{point.pk}")
        if self._is_ticked(point) or (is_due and cleaned["all_due"] and not why):
            taught = str(point.pk) in cleaned["teach_back"]
            return ReviewLine(item=item, outcome=ReviewOutcome.DONE, taught_back=taught)
        why = why or (cleaned["rest"] if is_due else "")
        return ReviewLine(item=item, outcome=ReviewOutcome.NOT_DONE, why=why) if why else None

    @property
    def answers(self) -> dict[PatientQuestion, str]:
        """Return what was typed for the questions that are still open."""
        typed = {
            each: self.cleaned_data.get(f"answer_{each.pk}") for each in self.visit.open_questions
        }
        return {question: answer for question, answer in typed.items() if answer}

    @property
    def unsent(self) -> list[tuple[PatientQuestion | None, str]]:
        """Return what was typed for questions that are open no longer, with the answer that stands.

        Without a question she took it back herself.
        """
        closed = {f"answer_{each.pk}": each for each in self.visit.questions if each.answered_at}
        typed = {name: self.data[name] for name in self.data if name.startswith("answer_")}
        return [
            (closed.get(name), words)
            for name, words in typed.items()
            if name not in self.fields and words.strip()
        ]

    # -- What the page shows ------------------------------------------------------

    @property
    def cards(self) -> dict[str, list[dict]]:
        """Return each group as the page shows it: every item with its boxes as they were left."""
        return {name: [self._card(point) for point in self.groups[name]] for name in ON_THE_FORM}

    def _card(self, point: Point) -> dict:
        ticked = {
            name: str(point.pk) in (self[name].value() or []) for name in ("reviewed", "teach_back")
        }
        return ticked | {"point": point, "why": self[f"why_{point.pk}"]}

    @property
    def open_questions(self) -> list[tuple]:
        return [(each, self[f"answer_{each.pk}"]) for each in self.visit.open_questions]


class TakeBackForm(forms.Form):
    """Which mark of which item was made by mistake."""

    item = forms.ModelChoiceField(queryset=None)
    kind = forms.ChoiceField(
        choices=[(kind, kind.label) for kind in (MarkKind.REVIEWED, MarkKind.TEACH_BACK)]
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
