"""The library's forms around signing in, with our words: short labels above, nothing inside the field."""

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    "email": _("Email"),
    "login": _("Email"),
    "password": _("Password"),
    "code": _("The code from the e-mail"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
}
MISSING = {
    "email": _("Type your e-mail address."),
    "login": _("Type your e-mail address."),
    "code": _("Type the code from the e-mail."),
}
HINTS = {"password1": _("15 letters or more. A short sentence works well.")}


class OurWords:
    """Labels, hints and no placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = WORDS[name], HINTS.get(name, "")
            field.error_messages["required"] = MISSING.get(name, _("Type the password."))
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, forms.LoginForm):
    """E-mail and password."""


class RequestLoginCodeForm(OurWords, forms.RequestLoginCodeForm):
    """Where to send a code that signs in. The sign-in page asks with what is typed there."""

    def __init__(self, data=None, *args, **kwargs):
        if data and "login" in data:
            data = data.copy()
            data["email"] = data["login"]
        super().__init__(data, *args, **kwargs)


class ConfirmLoginCodeForm(OurWords, forms.ConfirmLoginCodeForm):
    """The code that came by mail; phones show their digits for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "in in--code"}


class ResetPasswordForm(OurWords, forms.ResetPasswordForm):
    """Where to send the link for a new password."""


class ResetPasswordKeyForm(OurWords, forms.ResetPasswordKeyForm):
    """A new password, with the link that was mailed."""


class ChangePasswordForm(OurWords, forms.ChangePasswordForm):
    """A new password, for someone who knows the old one."""


class SetPasswordForm(OurWords, forms.SetPasswordForm):
    """A first password, for someone who signed in by code."""
