"""What lessons share: facts, sources, language, audience, weeks, and the practice they belong to."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import TranslatableMixin

from accounts.models import Practice
from education.models.reviewed import ReviewedQuerySet, ReviewedText
from education.models.sources import Source


class Audience(models.TextChoices):
    """Whom a lesson is for."""

    EVERYONE = "everyone", _("Everyone")
    RISK = "risk", _("At risk of cervical insufficiency")
    CERCLAGE = "cerclage", _("With a stitch in place")


class TranslatedQuerySet(ReviewedQuerySet):
    def in_language(self):
        """Return each text once: in the reader's language, or as the library has it first.

        Say before what may be shown: a translation that may not be read yet leaves the original.
        """
        theirs, first = get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
        if theirs == first:
            return self.filter(locale__language_code=first)
        translated = self.filter(locale__language_code=theirs)
        return self.filter(locale__language_code__in=[theirs, first]).exclude(
            locale__language_code=first,
            translation_key__in=translated.values("translation_key"),
        )

    def with_standing(self):
        """Read along what a page says about who checked a text, where it comes from, and its language."""
        return self.select_related("approval__reviewer", "locale").prefetch_related("sources")


class LessonQuerySet(TranslatedQuerySet):
    def of_practice(self, practice: Practice | None):
        """Return the library's lessons that the practice has not hidden, and its own."""
        if practice is None:
            return self.filter(practice=None)
        ours = self.filter(Q(practice=None) | Q(practice=practice))
        hidden = self.model._default_manager.filter(hidings__practice=practice)
        return ours.exclude(translation_key__in=hidden.values("translation_key"))

    def for_week(self, week: int):
        return self.filter(week_from__lte=week, week_to__gte=week)

    def for_audiences(self, audiences):
        return self.filter(audience__in=audiences)

    def in_country(self, country: str):
        return self.filter(country__in=["", country])


class Lesson(ReviewedText, TranslatableMixin):
    """A text of the library that names its facts and sources."""

    facts = models.JSONField(
        _("facts"), default=list, blank=True, help_text=_("Ids of the facts this text teaches.")
    )
    sources = ParentalManyToManyField(Source, verbose_name=_("sources"), blank=True)

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def words(self) -> dict:
        """Return the content with the keys of its sources, which stand on the page."""
        return self.content() | {"sources": sorted(each.key for each in self.sources.all())}


class TimedLesson(Lesson):
    """A text for one audience in a range of completed weeks, both ends included.

    ``practice`` is empty for the shared library; otherwise only that practice's patients see it.
    """

    practice = models.ForeignKey(
        Practice,
        verbose_name=_("practice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_%(class)ss",
    )
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
