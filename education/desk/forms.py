"""The forms of the desk: what they take in, and what they say when it cannot be stored."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.fields import RichTextField
from wagtail.models import Locale

from education.desk.policies import at_desk
from education.desk.words import same_markup
from education.facts import register
from education.models import Topic

ADDRESSES = ("slug", "key", "number", "code")


class CommaSeparated(forms.Field):
    """A list of short words in one line, with commas between them."""

    widget = forms.TextInput

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        parts = [part.strip() for part in re.split(r"[,;\n]", value or "")]
        return list(dict.fromkeys(part for part in parts if part))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class ReviewedForm(WagtailAdminModelForm):
    """A text that passes a clinical review. Where patients read it, its address stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ADDRESSES:
            if name in self.fields and self.instance.pk and self.instance.live:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It stays while patients read this text.")
        if "go_live_at" in self.fields:
            self.fields["go_live_at"].help_text = _(
                "Only words a clinician has approved go live, and not before this time."
            )

    def clean(self):
        """Keep a text to the letter when only the markup around its words would change."""
        cleaned = super().clean()
        cleaned.update(unchanged(self))
        return cleaned

    def is_valid(self):
        """Keep what hangs on the text to the letter as well, such as the visits of one country."""
        valid = super().is_valid()
        for child in (child for formset in self.formsets.values() for child in formset.forms):
            for name, value in unchanged(child).items():
                setattr(child.instance, name, value)
        return valid

    def clean_slug(self):
        return self._free("slug", _("“%(title)s” has this address already. Choose another."))

    def clean_key(self):
        return self._free("key", _("“%(title)s” has this key already. Choose another."))

    def clean_number(self):
        return self._free("number", _("This week has its page: “%(title)s”. Change that one."))

    def _free(self, name, message):
        """Return a value that no other text of the language has."""
        value = self.cleaned_data[name]
        others = self._meta.model._default_manager.filter(**{name: value})
        if hasattr(self.instance, "locale_id"):
            others = others.filter(locale=self.instance.locale_id or Locale.get_active().pk)
        taken = others.exclude(pk=self.instance.pk).first()
        if taken:
            raise ValidationError(message, params={"title": taken})
        return value


def unchanged(form) -> dict[str, str]:
    """Return the stored text of each field whose words nobody changed."""
    typed = getattr(form, "cleaned_data", {})
    return {
        field.name: form.initial[field.name]
        for field in form._meta.model._meta.fields
        if isinstance(field, RichTextField)
        and typed.get(field.name)
        and form.initial.get(field.name)
        and same_markup(form.initial[field.name], typed[field.name])
    }


class LessonForm(ReviewedForm):
    """A text that rests on facts of the register."""

    facts = CommaSeparated(
        label=_("Facts"),
        required=False,
        help_text=_("Ids of the facts this text teaches, with commas: S0-01, S0-02."),
    )

    def clean_facts(self):
        facts = self.cleaned_data["facts"]
        unknown = [fact for fact in facts if fact not in register()]
        if unknown:
            raise ValidationError(
                _("There is no fact %(ids)s in the register. Check the id, or leave it out."),
                params={"ids": ", ".join(unknown)},
            )
        barred = [fact for fact in facts if not register()[fact].usable]
        if barred:
            raise ValidationError(
                _(
                    "No lesson may teach %(ids)s: nobody has seen it in a source that can be trusted."
                    " Leave it out, and what the text says of it."
                ),
                params={"ids": ", ".join(barred)},
            )
        return facts


class SignForm(LessonForm):
    """The words of a sign, which the report form always needs."""

    def clean_expire_at(self):
        if self.cleaned_data["expire_at"]:
            raise ValidationError(
                _("The report form always needs the words of a sign. Leave this date empty.")
            )


class TermForm(LessonForm):
    also = CommaSeparated(
        label=_("Also called"),
        required=False,
        help_text=_("Other names and spellings, with commas between them."),
    )


class ItemForm(LessonForm):
    """An item of a checklist. The library's have two questions at least; a practice's may have none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user:
            self.fields["topic"].queryset = at_desk(self.for_user, Topic.objects.all())
        if self.instance.practice_id:
            self.formsets["questions"].min_num = 0
