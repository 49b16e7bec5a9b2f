from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice, Role


class TransferForm(forms.Form):
    """Where a patient goes, and why. Only practices with someone who can answer are offered."""

    to_practice = forms.ModelChoiceField(
        label=_("Practice she goes to"),
        queryset=Practice.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the practice she goes to."),
            "invalid_choice": _("Choose a practice from the list."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other practice reads this before it agrees. Keep it short."),
        error_messages={
            "required": _("Say why, in a few words: the other practice reads it."),
            "max_length": _("Keep it under %(limit_value)d letters. You wrote %(show_value)d."),
        },
    )

    def __init__(self, *args, practice: Practice, **kwargs):
        super().__init__(*args, **kwargs)
        answering = Practice.objects.filter(people__role=Role.PROVIDER, people__is_active=True)
        self.fields["to_practice"].queryset = answering.exclude(pk=practice.pk).distinct()
