from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from education.models.lesson import Lesson, TranslatedQuerySet
from education.models.reviewed import text_field


class Term(Lesson):
    """One word of the field in plain words. ``also`` are other names it goes by."""

    slug = models.SlugField(_("address"), max_length=80)
    word = models.CharField(_("word"), max_length=80)
    also = models.JSONField(
        _("also called"), default=list, blank=True, help_text=_("Other names and spellings.")
    )
    text = text_field(_("meaning"))

    content_fields = ("word", "also", "text", "facts")
    objects = TranslatedQuerySet.as_manager()

    class Meta(Lesson.Meta):
        ordering = ["word"]
        verbose_name = _("word")
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self):
        return self.word

    def get_absolute_url(self):
        return f"{reverse('glossary')}#{self.slug}"
