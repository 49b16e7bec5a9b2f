from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from accounts.models import Practice
from accounts.phones import validate_phone
from tracker.enums import DatingMethod
from tracker.invitations import (
    check_born_on,
    check_due_date,
    check_email,
    check_name,
    known_here,
    person_key,
    spoken_languages,
)
from tracker.invitations_csv import MOST_BYTES

NAME_LENGTH = 150
TOO_LONG = {"max_length": _("A name has at most %(limit_value)d letters.")}


class InviteForm(forms.Form):
    """Whom a practice invites. The same person twice is a question, not an error."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=NAME_LENGTH,
        validators=[check_name],
        error_messages=TOO_LONG | {"required": _("Enter her first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=NAME_LENGTH,
        validators=[check_name],
        error_messages=TOO_LONG | {"required": _("Enter her last name.")},
    )
    born_on = DayField(
        label=_("Date of birth"), error_messages={"required": _("Enter her date of birth.")}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        validators=[check_email],
        help_text=_("Without an address she gets the printed card only."),
        error_messages={"invalid": _("Enter an e-mail address such as ana@example.org.")},
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=30, validators=[validate_phone]
    )
    language = forms.ChoiceField(
        label=_("Preferred language"),
        choices=spoken_languages,
        initial="en",
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )
    due_date = DayField(label=_("Due date"), required=False)
    dating_method = forms.ChoiceField(
        label=_("Dated by"), choices=DatingMethod, initial=DatingMethod.STATED, required=False
    )
    anyway = forms.BooleanField(label=_("Yes, invite her anyway"), required=False)

    def __init__(self, *args, practice: Practice, **kwargs):
        super().__init__(*args, **kwargs)
        self.practice, self.is_known = practice, False

    def clean_born_on(self):
        check_born_on(self.cleaned_data["born_on"], self.practice.today())
        return self.cleaned_data["born_on"]

    def clean_due_date(self):
        if self.cleaned_data["due_date"]:
            check_due_date(self.cleaned_data["due_date"], self.practice.today())
        return self.cleaned_data["due_date"]

    def clean_dating_method(self):
        return self.cleaned_data["dating_method"] or DatingMethod.STATED

    def clean(self):
        """Ask before the same person is invited twice."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        names = [cleaned[name] for name in ("first_name", "last_name", "born_on")]
        known = known_here(self.practice, [cleaned["born_on"]])
        words = known.get(person_key(*names))
        if words and not cleaned.pop("anyway"):
            self.is_known = True
            self.add_error("anyway", f"{words} {_('Invite her again?')}")
        cleaned.pop("anyway", None)
        return cleaned


class ImportForm(forms.Form):
    """A CSV file with one person per line."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, at most 1,000 lines. Start with the template."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Start with the template."),
        },
    )

    def clean_file(self) -> bytes:
        """Return what stands in the file; a large one is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 1 MB. Split it."))
        return file.read()
