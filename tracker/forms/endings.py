from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from tracker.clinical.dating import last_period_by_due_date
from tracker.clinical.risk import RISKS
from tracker.enums import PregnancyEnd
from tracker.models import Pregnancy

# Without a due date nobody knows when it began; no pregnancy is longer than this.
LONGEST = timedelta(weeks=45)


class EndForm(forms.Form):
    """How a pregnancy ended and on which day: today, unless another day is given."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=PregnancyEnd,
        error_messages={
            "required": _("Tap what happened."),
            "invalid_choice": _("Tap one of the buttons below."),
        },
    )
    ended_on = DayField(label=_("On which day?"), required=False)

    def __init__(self, *args, pregnancy: Pregnancy, **kwargs):
        self.pregnancy, self.today = pregnancy, pregnancy.practice.today()
        super().__init__(*args, initial={"ended_on": self.today}, **kwargs)

    def clean_kind(self) -> PregnancyEnd:
        return PregnancyEnd(self.cleaned_data["kind"])

    def clean_ended_on(self):
        """Return the day; today by the practice's calendar when none is given."""
        day, due = self.cleaned_data["ended_on"] or self.today, self.pregnancy.due_date
        began = last_period_by_due_date(due) if due else self.today - LONGEST
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Choose today or a day before."))
        if day < began:
            raise ValidationError(
                _("This is before the pregnancy began. Choose a later day."), code="too_early"
            )
        return day


class NewPregnancyForm(forms.Form):
    """What a new pregnancy begins with: the risks that earlier ones leave, and nothing else.

    ``known`` risks stand in an earlier record and stay. ``proposed`` ones come from how earlier
    pregnancies went; who leaves one out says why.
    """

    earlier_insufficiency = forms.BooleanField(
        label=_("Earlier cervical insufficiency"), required=False
    )
    earlier_loss = forms.BooleanField(label=_("Earlier second-trimester loss"), required=False)
    earlier_preterm_birth = forms.BooleanField(
        label=_("Earlier spontaneous preterm birth"), required=False
    )
    reason = forms.CharField(
        label=_("Why a proposed risk does not count"),
        required=False,
        max_length=300,
        error_messages={
            "max_length": _("Keep the reason under %(limit_value)d letters."),
        },
    )
    gravida = forms.IntegerField(
        label=_("Gravida"),
        required=False,
        max_value=30,
        validators=[MinValueValidator(1, _("Gravida counts this pregnancy too: 1 or more."))],
        error_messages={
            "invalid": _("Write a whole number, such as 2."),
            "max_value": _("Check this number: it is over 30."),
        },
    )
    para = forms.CharField(
        label=_("Para"),
        required=False,
        validators=[
            RegexValidator(r"^\d{4}$", _("Write four digits: term, preterm, losses, living."))
        ],
        help_text=_("Four digits: term, preterm, losses, living."),
    )

    def __init__(self, *args, known: frozenset[str], proposed: frozenset[str], **kwargs):
        self.known, self.proposed = known, proposed
        super().__init__(*args, **kwargs)
        for name in RISKS:
            self.fields[name].initial = name in known | proposed
            # What an earlier record says is kept, whatever a browser sends.
            self.fields[name].disabled = name in known

    @property
    def risks(self) -> frozenset[str]:
        return frozenset(name for name in RISKS if self.cleaned_data[name])

    def clean(self):
        cleaned = super().clean()
        left_out = self.proposed - frozenset(name for name in RISKS if cleaned.get(name))
        if left_out and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the risk you left out does not count."))
        return cleaned
