from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.lesson import TimedLesson, text_field
from education.models.topics import Topic


class ChecklistItem(TimedLesson):
    """One thing a patient should know, with the question her nurse asks about it."""

    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    text = text_field(_("text"))
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    teach_back = models.CharField(
        _("teach-back"),
        max_length=300,
        help_text=_("What staff ask, for the patient to answer in her own words."),
    )

    content_fields = (
        "title", "text", "audience", "week_from", "week_to", "order", "topic_slug", "teach_back", "facts",
    )  # fmt: skip

    @property
    def topic_slug(self) -> str:
        return self.topic.slug if self.topic else ""
