"""One visit at which the checklist was gone over: the review, its marks and her answers, all or nothing."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tracker.actions.questions import answer_question
from tracker.actions.records import locked_record
from tracker.enums import MarkKind, ReviewOutcome
from tracker.models import ChecklistMark, PatientQuestion, Pregnancy, Review, ReviewLine


class NotOpen(Exception):
    """Someone else answered a question of this review first, or she took it back."""


class PregnancyEnded(Exception):
    """The pregnancy has ended: there is nothing left to go over with her."""


@transaction.atomic
def save_review(
    *,
    pregnancy: Pregnancy,
    review_id: uuid.UUID,
    lines: list[ReviewLine],
    answers: dict[PatientQuestion, str],
    for_her: str,
    by: User,
) -> Review:
    """Keep what was gone over, and answer what she asked. Sent twice with one id, it is one review.

    ``lines`` are not stored yet. Raise NotOpen or PregnancyEnded; then nothing of it is stored.
    """
    if locked_record(pregnancy).ended_on:
        raise PregnancyEnded
    saved = pregnancy.reviews.filter(pk=review_id).first()
    if saved is not None:
        return saved
    # Asked before the review is dated, so that what is answered here belongs to it.
    for question, answer in answers.items():
        if not answer_question(question=question, answer=answer, by=by):
            raise NotOpen
    review = pregnancy.reviews.create(id=_free(review_id), for_her=for_her, reviewed_by=by)
    for line in lines:
        line.review = review
    ReviewLine.objects.bulk_create(lines)
    _mark(pregnancy, lines, by)
    return review


def _free(review_id: uuid.UUID) -> uuid.UUID:
    """Return the id the page made, unless a review of someone else has it."""
    return uuid.uuid4() if Review.objects.filter(pk=review_id).exists() else review_id


def _mark(pregnancy: Pregnancy, lines: list[ReviewLine], by: User) -> None:
    """Mark what was done, where no mark stands; taught back is reviewed too. Two queries."""
    wanted = {(line.item_id, MarkKind.REVIEWED) for line in lines if _is_done(line)}
    wanted |= {(line.item_id, MarkKind.TEACH_BACK) for line in lines if line.taught_back}
    stand = set(pregnancy.marks.standing().values_list("item_id", "kind"))
    ChecklistMark.objects.bulk_create(
        ChecklistMark(
            pregnancy=pregnancy, item_id=item_id, kind=kind, made_by=by, made_at=timezone.now()
        )
        for item_id, kind in sorted(wanted - stand)
    )


def _is_done(line: ReviewLine) -> bool:
    return line.outcome == ReviewOutcome.DONE
