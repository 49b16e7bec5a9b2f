"""What every text has in common that a patient may only read once a clinician has approved it."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from education.models.approval import Approval, a_year_from_now
from education.preview import PreviewedAsPatient
from education.reading import plain_text, read

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul"]


def text_field(*args, **kwargs) -> RichTextField:
    """Return a rich text field with the few forms our pages know."""
    return RichTextField(*args, features=TEXT_FEATURES, **kwargs)


def fingerprint(content: dict) -> str:
    """Return a stable SHA-256 of named texts."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


class NotApproved(PermissionDenied):
    """These words would go live without a clinician's approval. Submit them for review."""


class ReviewedQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def shown(self, *, unreviewed: bool):
        """Return what may be read: what a clinician approved and, if asked for, what came unreviewed."""
        standing = Q(approval__isnull=False)
        return self.live().filter(standing | Q(shipped=True) if unreviewed else standing)


class ReviewedText(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewedAsPatient,
    ClusterableModel,
):
    """A text with drafts, revisions and a review, whose live words somebody answers for.

    Either ``approval`` holds the approval of the live words, or ``shipped`` says that they are as
    they came with Cinta and nobody has checked them. ``save`` and ``publish`` let no others live.

    ``imported_digest`` is the fingerprint of the text as it last came from its file: while it
    equals :meth:`digest`, no editor has touched the text and a newer file may replace it.
    """

    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    shipped = models.BooleanField(default=False, editable=False)
    review_by = models.DateField(_("look at it again by"), default=a_year_from_now, editable=False)
    grade_reason = models.CharField(
        _("reason for a grade above 8"),
        max_length=200,
        blank=True,
        help_text=_("Only if it cannot be said in plainer words."),
    )

    content_fields: tuple[str, ...] = ()
    # What belongs to the text as a whole, whichever revision is looked at.
    KEPT = ("imported_digest", "approval", "shipped", "review_by")

    class Meta:
        abstract = True

    def content(self) -> dict:
        """Return what an editor may change, by field name."""
        return {name: getattr(self, name) for name in self.content_fields}

    def words(self) -> dict:
        """Return everything an approval binds: the content, and what stands beside it on the page."""
        return self.content()

    def digest(self) -> str:
        """Return the fingerprint of the content."""
        return fingerprint(self.content())

    def words_digest(self) -> str:
        """Return the fingerprint of all an approval binds."""
        return fingerprint(self.words())

    @property
    def texts(self) -> list[str]:
        """Return the rich texts in reading order."""
        return [
            getattr(self, field.name)
            for field in self._meta.fields
            if isinstance(field, RichTextField)
        ]

    @property
    def grade(self) -> float:
        """Return how hard it reads: a US school grade, 0 without words."""
        words = [getattr(self, "summary", ""), *(plain_text(each) for each in self.texts)]
        return read("\n".join(words)).grade

    @property
    def is_checked(self) -> bool:
        """Tell whether a clinician approved the words as they stand here, to the letter."""
        return self.approval is not None and self.approval.digest == self.words_digest()

    def with_content_json(self, content):
        text = super().with_content_json(content)
        for name in self.KEPT:
            setattr(text, name, getattr(self, name))
        return text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raise NotApproved rather than let words live that nobody approved."""
        names = kwargs.get("update_fields")
        if names is None or {"live", *self.content_fields} & set(names):
            self._settle_standing()
            if names is not None:
                kwargs["update_fields"] = {*names, "approval", "shipped", "review_by"}
        super().save(*args, **kwargs)

    def publish(self, revision, **kwargs):
        """Publish or schedule a revision. Raise NotApproved when its words have no approval."""
        text = revision.as_object()
        text.live = True
        text._settle_standing()
        super().publish(revision, **kwargs)

    def _settle_standing(self) -> None:
        """Write who answers for the words, or refuse."""
        approval = self._approval_of_these_words() if self.live else None
        self.shipped = self.live and approval is None and self._is_as_shipped()
        if self.live and not (approval or self.shipped):
            raise NotApproved(
                _("A clinician has not approved these words. Submit them for review.")
            )
        self.approval = approval
        if approval:
            self.review_by = approval.review_by

    def _approval_of_these_words(self) -> Approval | None:
        return Approval.objects.of(self).filter(digest=self.words_digest()).first()

    def _is_as_shipped(self) -> bool:
        """Tell whether the words are those of the file, and were never replaced by approved ones."""
        as_in_file = bool(self.imported_digest) and self.imported_digest == self.digest()
        return as_in_file and not Approval.objects.of(self).exists()
