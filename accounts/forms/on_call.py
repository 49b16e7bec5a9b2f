from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CARE_TEAM, Practice, User


class OnCallForm(forms.Form):
    """Who comes to the end of the on-call order."""

    who = forms.ModelChoiceField(
        label=_("Add a provider"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a provider."),
            "invalid_choice": _("Choose an active provider of this practice."),
        },
    )

    def __init__(self, *args, practice: Practice, **kwargs):
        super().__init__(*args, **kwargs)
        self.practice = practice
        providers = practice.people.filter(role__in=CARE_TEAM, is_active=True)
        self.fields["who"].queryset = providers
        # Whoever is on call already is not offered, but known: posted all the same, she gets words of her own.
        free = providers.exclude(on_call_turns__practice=practice)
        offered = [(person.pk, person.signature) for person in free]
        self.fields["who"].widget.choices = [("", _("Choose")), *offered]

    def clean_who(self) -> User:
        """Refuse whoever is on call already: a person has one place."""
        person = self.cleaned_data["who"]
        if self.practice.on_call.filter(person=person).exists():
            raise forms.ValidationError(
                _("%s is on call already. Move the name up or down instead.") % person.signature
            )
        return person
