from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from education.models.lesson import Lesson, TranslatedQuerySet
from education.models.reviewed import text_field

FIRST_WEEK, LAST_WEEK = 4, 42


class Week(Lesson):
    """What matters in one completed week of pregnancy, 4 to 42."""

    number = models.PositiveSmallIntegerField(
        _("week"), validators=[MinValueValidator(FIRST_WEEK), MaxValueValidator(LAST_WEEK)]
    )
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=200)
    baby = text_field(_("Your baby"))
    body = text_field(_("Your body"))
    cervix = text_field(_("Your cervix"))
    todo = text_field(_("To do this week"))
    visits = text_field(_("Visits and tests"))

    content_fields = (
        "title",
        "summary",
        "baby",
        "body",
        "cervix",
        "todo",
        "visits",
        "local_visits",
        "facts",
    )
    objects = TranslatedQuerySet.as_manager()

    class Meta(Lesson.Meta):
        ordering = ["number"]
        unique_together = [("translation_key", "locale"), ("number", "locale")]

    def __str__(self):
        return _("Week %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    @property
    def local_visits(self) -> dict[str, str]:
        """Return the text of each country that has its own."""
        return {visit.country: visit.text for visit in self.visits_by_country.all()}

    def get_absolute_url(self):
        return reverse("week", args=[self.number])


class WeekVisit(models.Model):
    """Visits and tests of a week that one country does its own way."""

    week = ParentalKey(Week, on_delete=models.CASCADE, related_name="visits_by_country")
    country = models.CharField(_("country"), max_length=2)
    text = text_field(_("Visits and tests"))

    class Meta:
        ordering = ["country"]
        constraints = [
            models.UniqueConstraint(fields=["week", "country"], name="one_text_per_country")
        ]

    def __str__(self):
        return self.country
