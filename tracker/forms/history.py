import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.phones import validate_phone
from tracker.clinical.risk import RISKS
from tracker.invitations import spoken_languages

FOUR_DIGITS = re.compile(r"[0-9]{4}")
FOUR_NUMBERS = re.compile(r"[0-9]{1,2}(-[0-9]{1,2}){3}")
LONGEST_PARA = 10


class HistoryForm(forms.Form):
    """What is known of earlier pregnancies, and how to talk with her; and why it is changed."""

    gravida = forms.IntegerField(
        label=_("Gravida: pregnancies, this one included"),
        required=False,
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number, such as 3."),
            "min_value": _("This pregnancy counts too: write 1 or more."),
            "max_value": _("Check the number: write %(limit_value)s or less."),
        },
    )
    para = forms.CharField(
        label=_("Para: term, preterm, losses, living"),
        required=False,
        help_text=_("Four digits, such as 0111. With larger numbers: 10-0-2-9."),
    )
    earlier_insufficiency = forms.BooleanField(
        label=_("Earlier cervical insufficiency"), required=False
    )
    earlier_loss = forms.BooleanField(label=_("Earlier second-trimester loss"), required=False)
    earlier_preterm_birth = forms.BooleanField(
        label=_("Earlier spontaneous preterm birth"), required=False
    )
    checked = forms.BooleanField(label=_("I have checked this"), required=False)
    language = forms.ChoiceField(
        label=_("Preferred language"),
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=30, validators=[validate_phone]
    )
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        error_messages={
            "required": _("Say why, so that the next reader understands."),
            "max_length": _("Keep it under %(limit_value)d letters."),
        },
    )

    def __init__(self, *args, known: dict, **kwargs):
        super().__init__(*args, initial=known, **kwargs)
        self.known = known
        spoken = dict(spoken_languages())
        # Whatever she speaks by now stays a choice.
        self.fields["language"].choices = list(
            ({known["language"]: known["language"]} | spoken).items()
        )

    def clean_para(self) -> str:
        para = self.cleaned_data["para"].strip()
        if para and not (FOUR_DIGITS.fullmatch(para) or FOUR_NUMBERS.fullmatch(para)):
            raise ValidationError(
                _("Write four digits, such as 0111, or four numbers with dashes: 10-0-2-9.")
            )
        if len(para) > LONGEST_PARA:
            raise ValidationError(_("These numbers are too large. Check them."))
        return para

    @property
    def taken_away(self) -> list[str]:
        """Return the risk facts on record that this form would take away, in words."""
        cleaned = getattr(self, "cleaned_data", {})
        gone = [name for name in RISKS if self.known[name] and not cleaned.get(name)]
        return [str(self.fields[name].label) for name in gone]

    def clean(self) -> dict:
        cleaned = super().clean()
        self._check_counts(cleaned.get("gravida"), cleaned.get("para"))
        if self.taken_away and not cleaned.get("checked"):
            words = _now(
                "You take away: %(facts)s. This can lower the advice she gets. Tick the box to say that you checked."
            )
            self.add_error("checked", words % {"facts": ", ".join(self.taken_away)})
        return cleaned

    def _check_counts(self, gravida: int | None, para: str | None) -> None:
        """Refuse a para that names more pregnancies than gravida."""
        if not gravida or not para:
            return
        term, preterm, losses, _living = map(int, para.split("-") if "-" in para else para)
        if term + preterm + losses > gravida:
            words = _now(
                "These are %(many)s pregnancies, more than gravida %(gravida)s. Check both."
            )
            self.add_error("para", words % {"many": term + preterm + losses, "gravida": gravida})
