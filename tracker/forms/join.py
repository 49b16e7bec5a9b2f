from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from accounts.models import User
from tracker.invitations import spoken_languages
from tracker.models import Invitation

AGREE = _("I have read this, and I agree")
NOT_AGREED = _(
    "Tick this if you agree. If you do not, you cannot use Cinta; your care stays the same."
)


class CodeForm(forms.Form):
    """The code on the card, typed by hand."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("8 letters and numbers, such as BCDF-2345. Small letters are fine."),
        error_messages={
            "required": _("Type the code from your card."),
            "max_length": _("This is longer than a code. Type the 8 signs from your card."),
        },
    )


class IdentityForm(forms.Form):
    """Who she is, as the practice wrote it down."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Type your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Type your last name.")},
    )
    born_on = DayField(
        label=_("Date of birth"),
        error_messages={"required": _("Type the day you were born.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
    )


class AgreeForm(forms.Form):
    """Her consent, by a tick of her own."""

    agree = forms.BooleanField(label=AGREE, error_messages={"required": NOT_AGREED})


class AccountForm(AgreeForm):
    """How she will sign in, how we speak with her, and her consent."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text=_("You sign in with it."),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("This is not an e-mail address. It looks like ana@example.org."),
        },
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("15 letters or more. A short sentence works well."),
        error_messages={"required": _("It is empty. Choose one that you can remember.")},
    )
    password_again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("It is empty. Type the same one.")},
    )
    language = forms.ChoiceField(
        label=_("Which language do you like best?"),
        choices=spoken_languages,
        help_text=_("For talking with you. Cinta itself is in English for now."),
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )
    needs_interpreter = forms.BooleanField(
        label=_("I would like an interpreter when we talk"), required=False
    )
    field_order = [
        "email",
        "password",
        "password_again",
        "language",
        "needs_interpreter",
        "agree",
    ]

    def __init__(self, *args, invitation: Invitation, **kwargs):
        hers = {"email": invitation.email, "language": invitation.language}
        super().__init__(*args, initial=hers, **kwargs)
        self.invitation, self.email_is_taken = invitation, False

    def clean_email(self):
        """Refuse an address that signs in already: whoever comes this far may know, and is sent there."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            self.email_is_taken = True
            raise ValidationError(_("Someone signs in with this e-mail already. Is it you?"))
        return email

    def clean(self):
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password and again and password != again:
            self.add_error(
                "password_again", _("The two passwords are not the same. Type both again.")
            )
        elif password:
            self.check_password(password, cleaned.get("email", ""))
        return cleaned

    def check_password(self, password: str, email: str) -> None:
        person = User(
            email=email,
            first_name=self.invitation.first_name,
            last_name=self.invitation.last_name,
        )
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password", error)
