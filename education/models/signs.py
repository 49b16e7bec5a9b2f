from django.db import models
from django.utils.translation import gettext_lazy as _

from education.icons import validate_icon
from education.models.lesson import Lesson, TranslatedQuerySet
from education.models.reviewed import text_field


class SignGroup(models.TextChoices):
    """Where a sign stands on the report form: the first two are open, the others open at a tap."""

    FIRST = "first", _("Look at these first")
    CHANGES = "changes", _("Other changes")
    STITCH = "stitch", _("With a stitch")
    WATERS = "waters", _("Waters and birth")
    BELLY = "belly", _("Belly")
    MOVEMENTS = "movements", _("Baby’s movements")
    HEAD = "head", _("Head, eyes and blood pressure")
    BREATHING = "breathing", _("Breathing, chest and legs")
    INFECTION = "infection", _("Fever, skin and peeing")
    FEELINGS = "feelings", _("How I feel")


class SignQuerySet(TranslatedQuerySet):
    def on_the_form(self, *, with_stitch: bool):
        """Return the signs one person can tick: stitch signs only when she has a stitch."""
        signs = self.live().in_language()
        return signs if with_stitch else signs.exclude(group=SignGroup.STITCH)


class WarningSign(Lesson):
    """The patient's words for one symptom of the rules. How urgent it is, only the rules say."""

    code = models.CharField(_("symptom code"), max_length=30)
    label = models.CharField(_("label"), max_length=80)
    hint = models.CharField(_("hint"), max_length=100, blank=True)
    text = text_field(_("text"))
    group = models.CharField(_("group"), max_length=10, choices=SignGroup)
    icon = models.CharField(_("icon"), max_length=20, validators=[validate_icon])
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    content_fields = ("label", "hint", "text", "group", "icon", "order", "facts")
    objects = SignQuerySet.as_manager()

    class Meta(Lesson.Meta):
        ordering = ["order", "code"]
        unique_together = [("translation_key", "locale"), ("code", "locale")]

    def __str__(self):
        return self.label
