from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from education.models.reviewed import ReviewedQuerySet, ReviewedText


class Tier(models.TextChoices):
    """How much weight a source carries."""

    DOCUMENT = "document", _("Source document")
    A = "A", _("Guideline body or government")
    B = "B", _("Hospital, charity, medical manual or trial")
    C = "C", _("Copy or archive of an authoritative text")
    D = "D", _("Commercial page or blog: never alone")


class Source(ReviewedText):
    """Where a fact was read: one page or document, with its address as it was stored.

    The two source documents have no address; any other source needs one.
    """

    key = models.SlugField(_("key"), max_length=20, unique=True)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier)
    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("address"), max_length=500, blank=True)

    content_fields = ("key", "tier", "title", "address")
    objects = ReviewedQuerySet.as_manager()

    class Meta:
        ordering = ["tier", "title"]

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        if not self.address and self.tier != Tier.DOCUMENT:
            raise ValidationError(
                {"address": _("Give the address where a reader finds it: https://…")}
            )

    @property
    def label(self) -> str:
        """Return a name that tells two pages of one publisher apart."""
        return f"{self.title} ({self.key})"

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc.removeprefix("www.")
