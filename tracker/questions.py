"""The question that stands before a patient, in her words."""

from dataclasses import dataclass

from django.utils import timezone

from tracker.models import FollowUp, Pregnancy
from tracker.signs import labels_of


@dataclass
class Question:
    """Is it still there: these signs, from that report?"""

    asked: FollowUp
    words: list[str]


def question_for(pregnancy: Pregnancy) -> Question | None:
    """Return the oldest question she has not answered, once its time has come."""
    asked = pregnancy.follow_ups.asked(timezone.now()).select_related("report").first()
    return Question(asked, list(labels_of(asked.report.symptoms).values())) if asked else None
