"""What every piece of content shares: drafts, revisions, facts, sources and its origin in a file."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from education.models.sources import Source

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul"]


def text_field(*args, **kwargs) -> RichTextField:
    """Return a rich text field with the few forms our pages know."""
    return RichTextField(*args, features=TEXT_FEATURES, **kwargs)


class Audience(models.TextChoices):
    """Whom a lesson is for."""

    EVERYONE = "everyone", _("Everyone")
    RISK = "risk", _("At risk of cervical insufficiency")
    CERCLAGE = "cerclage", _("With a stitch in place")


class LessonQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def for_week(self, week: int):
        return self.filter(week_from__lte=week, week_to__gte=week)

    def for_audiences(self, audiences):
        return self.filter(audience__in=audiences)

    def in_country(self, country: str):
        return self.filter(country__in=["", country])


class Lesson(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A text that editors change and patients read.

    ``imported_digest`` is the fingerprint of the text as it last came from its file: while it
    equals :meth:`digest`, no editor has touched the text and a newer file may replace it.
    """

    facts = models.JSONField(
        _("facts"), default=list, blank=True, help_text=_("Ids of the facts this text teaches.")
    )
    sources = ParentalManyToManyField(Source, verbose_name=_("sources"), blank=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    content_fields: tuple[str, ...] = ()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def content(self) -> dict:
        """Return what an editor may change, by field name."""
        return {name: getattr(self, name) for name in self.content_fields}

    def digest(self) -> str:
        """Return the fingerprint of the content."""
        return fingerprint(self.content())

    @property
    def texts(self) -> list[str]:
        """Return the rich texts in reading order, for the preview."""
        return [
            getattr(self, field.name)
            for field in self._meta.fields
            if isinstance(field, RichTextField)
        ]

    def get_preview_template(self, request, mode_name):
        return "education/preview.html"


class TimedLesson(Lesson):
    """A text for one audience in a range of completed weeks, both ends included."""

    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE
    )
    week_from = models.PositiveSmallIntegerField(_("from week"), default=4)
    week_to = models.PositiveSmallIntegerField(_("to week"), default=42)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = LessonQuerySet.as_manager()

    class Meta(Lesson.Meta):
        abstract = True
        ordering = ["order", "title"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(week_to__gte=models.F("week_from")),
                name="%(class)s_weeks_run_forward",
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if None not in (self.week_from, self.week_to) and self.week_to < self.week_from:
            raise ValidationError({"week_to": _("The last week must not come before the first.")})


def fingerprint(content: dict) -> str:
    """Return a stable digest of named texts."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
