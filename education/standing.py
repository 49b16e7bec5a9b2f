"""Where texts stand on their way to a patient, and how much of the library a clinician has approved."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, WorkflowState

from accounts.models import User
from education.models import (
    Approval,
    ChecklistItem,
    ReviewedText,
    Term,
    Topic,
    WarningSign,
    Week,
)

KINDS = [
    (_("Weeks"), Week),
    (_("Topics"), Topic),
    (_("Checklist items"), ChecklistItem),
    (_("Warning signs"), WarningSign),
    (_("Words explained"), Term),
]


@dataclass
class Standing:
    """Where one text stands: its review, what is live of it, and who took it off the screen."""

    text: ReviewedText
    review: WorkflowState | None = None
    withdrawal: ModelLogEntry | None = None

    @property
    def waits_since(self) -> datetime.datetime | None:
        """Return since when its newest words wait for a clinician."""
        if self.review and self.review.status == WorkflowState.STATUS_IN_PROGRESS:
            return self.review.current_task_state.started_at
        return None

    @property
    def sent_back(self):
        """Return the clinician's answer when she sent it back: comment, finished_by, finished_at."""
        if self.review and self.review.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return self.review.current_task_state
        return None

    @property
    def approval(self) -> Approval | None:
        """Return who approved what patients read now."""
        return self.text.approval if self.text.live else None

    @property
    def withdrawn(self) -> ModelLogEntry | None:
        """Return who took it off the screen, while nobody has been asked to put it back."""
        return self.withdrawal if not (self.text.live or self.review) else None

    @property
    def is_draft(self) -> bool:
        """Tell whether its newest words are nobody's to check."""
        newer = not self.text.live or self.text.has_unpublished_changes
        return newer and not self.review and not self.withdrawn

    @property
    def has_newer(self) -> bool:
        """Tell whether patients read other words than the newest."""
        return self.text.live and self.text.has_unpublished_changes

    @property
    def writer(self) -> User | None:
        """Return who wrote the newest words."""
        return self.text.latest_revision.user if self.text.latest_revision else None


def with_their_standing(texts: Iterable[ReviewedText]) -> list:
    """Return texts of one kind, each with its ``standing``; two queries however many they are."""
    texts = list(texts)
    if not texts:
        return texts
    kind = {"content_type": ContentType.objects.get_for_model(texts[0])}
    keys = [str(each.pk) for each in texts]
    reviews = WorkflowState.objects.active().filter(
        base_content_type=kind["content_type"], object_id__in=keys
    )
    reviews = reviews.select_related("current_task_state__finished_by")
    by_text = {each.object_id: each for each in reviews}
    log = ModelLogEntry.objects.filter(**kind, object_id__in=keys, action="wagtail.unpublish")
    gone = {each.object_id: each for each in log.select_related("user").order_by("timestamp")}
    for text in texts:
        key = str(text.pk)
        text.standing = Standing(text, by_text.get(key), gone.get(key))
    return texts


@dataclass
class Checked:
    """How many texts of one kind a clinician has approved, of those that patients could read."""

    label: str
    approved: int
    total: int

    @property
    def waiting(self) -> int:
        return self.total - self.approved


def checked_of_library() -> list[Checked]:
    """Return for each kind of text of the shared library how many are approved; one query each."""
    return [_checked(label, model) for label, model in KINDS]


def _checked(label, model) -> Checked:
    texts = model.objects.live()
    if hasattr(model, "practice"):
        texts = texts.filter(practice=None)
    found = texts.aggregate(all=Count("pk"), approved=Count("pk", filter=Q(approval__isnull=False)))
    return Checked(label, found["approved"], found["all"])
