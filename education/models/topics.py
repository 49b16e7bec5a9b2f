from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from education.models.lesson import Audience, Lesson, LessonQuerySet, text_field

WEEKS_RUN_FORWARD = models.Q(week_to__gte=models.F("week_from"))


def check_weeks(lesson) -> None:
    """Refuse a range of weeks that runs backwards."""
    if None not in (lesson.week_from, lesson.week_to) and lesson.week_to < lesson.week_from:
        raise ValidationError({"week_to": _("The last week must not come before the first.")})


class Topic(Lesson):
    """One lesson on one subject, shown in its weeks to its audience."""

    class Art(models.TextChoices):
        NONE = "none", _("No drawing")
        CLOSED = "closed", _("Cervix long and closed")
        OPEN = "open", _("Cervix short and opening")
        STITCH = "stitch", _("Cervix held by a stitch")

    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=200)
    body = text_field(_("text"))
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE
    )
    week_from = models.PositiveSmallIntegerField(_("from week"), default=4)
    week_to = models.PositiveSmallIntegerField(_("to week"), default=42)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    art = models.CharField(_("drawing"), max_length=10, choices=Art, default=Art.NONE)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("Empty: everywhere. Otherwise shown only there."),
    )

    content_fields = (
        "title", "summary", "body", "audience", "week_from", "week_to", "order", "art", "country", "facts",
    )  # fmt: skip
    objects = LessonQuerySet.as_manager()

    class Meta(Lesson.Meta):
        ordering = ["order", "title"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]
        constraints = [
            models.CheckConstraint(condition=WEEKS_RUN_FORWARD, name="topic_weeks_run_forward")
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        check_weeks(self)

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])
