from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from education.drawings import Drawing, choices
from education.models.lesson import TimedLesson
from education.models.reviewed import text_field

# Pages of the library that stand where a topic would.
TAKEN = {"search", "weeks", "words"}


class Topic(TimedLesson):
    """One lesson on one subject, shown in its weeks to its audience."""

    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=200)
    body = text_field(_("text"))
    art = models.CharField(_("drawing"), max_length=20, choices=choices, default=Drawing.NONE)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("Empty: everywhere. Otherwise shown only there."),
    )

    content_fields = (
        "title", "summary", "body", "audience", "week_from", "week_to", "order", "art", "country", "facts",
    )  # fmt: skip

    def clean(self):
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError(
                {"slug": _("This address is taken by a page. Choose another one.")}
            )

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])
