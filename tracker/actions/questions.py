"""What a patient asks, what the care team answers, and what she answers to teach-back questions."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from education.models import ChecklistItem, TeachBackQuestion
from tracker.actions.records import locked_record
from tracker.enums import Channel
from tracker.models import PatientQuestion, Pregnancy, TeachBackAnswer
from tracker.outbox import enqueue


@transaction.atomic
def ask_question(*, pregnancy: Pregnancy, item: ChecklistItem, text: str) -> PatientQuestion:
    """Keep what she wants to ask about an item. The same words while no one has answered are one question."""
    locked_record(pregnancy)
    same = pregnancy.questions.open().filter(item=item, text=text).first()
    return same or pregnancy.questions.create(item=item, text=text)


def withdraw_question(*, question: PatientQuestion) -> bool:
    """Take back what she asked; the row stays. Return False when it was answered or taken back before."""
    still_open = PatientQuestion.objects.open().filter(pk=question.pk)
    return bool(still_open.update(withdrawn_at=timezone.now()))


@transaction.atomic
def answer_question(*, question: PatientQuestion, answer: str, by: User) -> bool:
    """Answer her, and tell her that there is an answer. The first answer counts: return False for a later one.

    Nothing is written after the end of a pregnancy: she would not be told, and could not read it.
    """
    now, pregnancy = timezone.now(), question.pregnancy
    locked_record(pregnancy)
    waiting = PatientQuestion.objects.open().filter(pk=question.pk, pregnancy__ended_on=None)
    if not waiting.update(answer=answer, answered_at=now, answered_by=by):
        return False
    enqueue(
        key=f"question:{question.pk}",
        to=pregnancy.patient,
        channel=Channel.EMAIL,
        question=question,
    )
    return True


@transaction.atomic
def answer_teach_back(
    *, pregnancy: Pregnancy, question: TeachBackQuestion, chosen: str
) -> TeachBackAnswer:
    """Keep what she chose, in the words she was shown. The same choice again is no new answer."""
    locked_record(pregnancy)
    last = pregnancy.teach_back_answers.filter(question=question).order_by("answered_at").last()
    if last is not None and (last.asked, last.chosen) == (question.ask, chosen):
        return last
    return pregnancy.teach_back_answers.create(
        item_id=question.item_id,
        question=question,
        asked=question.ask,
        chosen=chosen,
        fits=chosen == question.right,
    )
