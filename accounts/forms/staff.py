from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User

ROLES = [(Role.PROVIDER.value, Role.PROVIDER.label), (Role.MANAGER.value, Role.MANAGER.label)]


class ColleagueForm(forms.ModelForm):
    """What a manager keeps about a colleague. Other roles than these two are not hers to give."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLES,
        error_messages={
            "required": _("Choose provider or manager."),
            "invalid_choice": _("A practice has providers and managers. Choose one of the two."),
        },
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "role", "title", "phone")
        help_texts = {"phone": _("Where alerts may reach this person. Only staff see it.")}

    def __init__(self, *args, keeps_role: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.keeps_role = keeps_role
        for name, words in {
            "first_name": _("Write the first name."),
            "last_name": _("Write the last name."),
        }.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    def clean_role(self) -> str:
        """Refuse that a manager gives up her own role: another manager does that."""
        role = self.cleaned_data["role"]
        if self.keeps_role and role != self.initial.get("role"):
            raise forms.ValidationError(
                _("You cannot change your own role. Ask another manager of the practice.")
            )
        return role


class InviteColleagueForm(ColleagueForm):
    """A colleague who has no account yet."""

    email = forms.EmailField(
        label=_("Email"),
        error_messages={
            "required": _("Write the e-mail address the link goes to."),
            "invalid": _("This is not an e-mail address. It looks like name@clinic.org."),
        },
    )
    field_order = ("first_name", "last_name", "email", "role", "title", "phone")

    def clean_email(self) -> str:
        """Refuse an address that someone signs in with already, in any case of its letters."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _(
                    "Someone already signs in with this e-mail. Use another address of your colleague."
                )
            )
        return email
