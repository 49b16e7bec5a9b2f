from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.lesson import Audience, Lesson, LessonQuerySet, text_field
from education.models.topics import WEEKS_RUN_FORWARD, Topic, check_weeks


class ChecklistItem(Lesson):
    """One thing a patient should know, with the question her nurse asks about it."""

    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    text = text_field(_("text"))
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE
    )
    week_from = models.PositiveSmallIntegerField(_("from week"), default=4)
    week_to = models.PositiveSmallIntegerField(_("to week"), default=42)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
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
    objects = LessonQuerySet.as_manager()

    class Meta(Lesson.Meta):
        ordering = ["order", "title"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]
        constraints = [
            models.CheckConstraint(condition=WEEKS_RUN_FORWARD, name="item_weeks_run_forward")
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        check_weeks(self)

    @property
    def topic_slug(self) -> str:
        return self.topic.slug if self.topic else ""
