"""A visit: what is due, what she asked and chose, gone over on one page and saved once."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.models import ChecklistItem
from tests.factories import ChecklistItemFactory, TeachBackQuestionFactory
from tracker.actions import (
    NotOpen,
    answer_question,
    answer_teach_back,
    mark_item,
    save_review,
)
from tracker.checklists import progress_of
from tracker.enums import MarkKind, NotDone, ReviewOutcome
from tracker.models import Message, Review, ReviewLine
from tracker.reviews import visit_of

ITEM = "small-signs"


@pytest.fixture
def item(db):
    return ChecklistItem.objects.get(slug=ITEM)


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def address(pregnancy):
    return reverse("review_checklist", args=[pregnancy.pk])


@pytest.fixture
def review(ellen, address):
    """Save the review form with these boxes, and follow where it leads."""
    return lambda **boxes: ellen.post(address, boxes, follow=True)


@pytest.fixture
def chose_otherwise(pregnancy, item):
    question = TeachBackQuestionFactory(item=item)
    return answer_teach_back(pregnancy=pregnancy, question=question, chosen=question.other)


def groups_of(pregnancy) -> dict[str, list[str]]:
    groups = visit_of(pregnancy).groups
    return {name: [point.task.item.slug for point in points] for name, points in groups.items()}


def test_what_is_due_has_begun_by_her_week_and_was_not_gone_over(pregnancy, provider, item):
    due = groups_of(pregnancy)["due"]
    assert ITEM in due and "blood-pressure-signs" not in due
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.REVIEWED, by=provider)
    assert ITEM not in groups_of(pregnancy)["due"]
    assert groups_of(pregnancy)["to_teach_back"] == [ITEM]


def test_what_she_chose_otherwise_comes_first_with_what_fits(
    ellen, address, chose_otherwise, pregnancy
):
    assert groups_of(pregnancy)["due"][0] == ITEM
    page = ellen.get(address).content.decode()
    assert "she chose “I wait until my next visit”" in page
    assert "What fits: “I call right away”" in page


def test_a_later_answer_that_fits_or_a_teach_back_settles_it(
    pregnancy, item, chose_otherwise, provider
):
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.REVIEWED, by=provider)
    assert groups_of(pregnancy)["otherwise"] == [ITEM]
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.TEACH_BACK, by=provider)
    assert groups_of(pregnancy)["gone_over"] == [ITEM]
    question = chose_otherwise.question
    answer_teach_back(pregnancy=pregnancy, question=question, chosen=question.third)
    assert groups_of(pregnancy)["otherwise"] == [ITEM]
    answer_teach_back(pregnancy=pregnancy, question=question, chosen=question.right)
    assert groups_of(pregnancy)["gone_over"] == [ITEM]


def test_a_review_keeps_who_went_over_what(review, pregnancy, provider, item):
    page = review(reviewed=[item.pk], teach_back=[item.pk]).content.decode()
    marks = {mark.kind: mark.made_by for mark in pregnancy.marks.all()}
    assert marks == {MarkKind.REVIEWED: provider, MarkKind.TEACH_BACK: provider}
    line = ReviewLine.objects.get()
    assert (line.outcome, line.taught_back, line.why) == (ReviewOutcome.DONE, True, "")
    assert "The review is saved." in page and "Ellen Park, CNM" in page


def test_one_tap_an_item_is_enough_taught_back_is_gone_over_too(review, pregnancy, item):
    review(teach_back=[item.pk])
    assert progress_of(pregnancy).reviewed == 1 and progress_of(pregnancy).taught_back == 1


def test_all_that_is_due_is_gone_over_with_one_button(review, pregnancy, item):
    due = groups_of(pregnancy)["due"]
    review(all_due="on", **{f"why_{item.pk}": NotDone.SHE_WAITS})
    lines = {line.item.slug: line.outcome for line in ReviewLine.objects.all()}
    assert lines == dict.fromkeys(due, ReviewOutcome.DONE) | {ITEM: ReviewOutcome.NOT_DONE}


def test_the_reason_on_the_page_holds_for_what_is_due_and_not_ticked(
    review, ellen, address, pregnancy, item
):
    assert '<option value="no_time" selected>' in ellen.get(address).content.decode()
    review(reviewed=[item.pk], rest=NotDone.NO_TIME)
    left = set(ReviewLine.objects.filter(why=NotDone.NO_TIME).values_list("item__slug", flat=True))
    assert left and left == set(groups_of(pregnancy)["due"])


def test_what_is_not_for_her_is_never_due_again(review, pregnancy, item):
    review(**{f"why_{item.pk}": NotDone.NOT_FOR_HER})
    assert ITEM not in groups_of(pregnancy)["due"]
    assert ITEM in groups_of(pregnancy)["ahead"]


def test_gone_over_and_a_reason_why_not_is_refused_beside_the_reason(review, pregnancy, item):
    page = review(
        reviewed=[item.pk], **{f"why_{item.pk}": NotDone.NO_TIME, "for_her": "Drink water"}
    )
    words = page.content.decode()
    assert "<title>Error:" in words and "Take one of the two back." in words
    assert "Drink water" in words and not Review.objects.exists()


def test_an_empty_review_is_refused(review):
    assert "Nothing is ticked yet." in review().content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("sent", ["999999", "abc", "<script>"])
def test_an_item_that_does_not_exist_changes_nothing(review, pregnancy, sent):
    assert "An item has left the checklist" in review(reviewed=[sent]).content.decode()
    assert not pregnancy.marks.exists()


def test_an_item_of_another_practice_changes_nothing(review, pregnancy):
    review(reviewed=[ChecklistItemFactory().pk])
    assert not pregnancy.marks.exists() and not Review.objects.exists()


def test_saved_twice_it_is_one_review(review, pregnancy, item):
    review_id = str(uuid.uuid4())
    asked = pregnancy.questions.create(item=item, text="Can I swim?")
    boxes = {"review_id": review_id, "reviewed": [item.pk], f"answer_{asked.pk}": "Yes."}
    first, second = review(**boxes), review(**boxes)
    assert first.redirect_chain[0][0] == second.redirect_chain[0][0]
    assert Review.objects.count() == ReviewLine.objects.count() == pregnancy.marks.count() == 1


def test_a_review_of_someone_else_with_the_same_id_stays_hers(
    review, elsewhere, outsider, pregnancy, item
):
    theirs = elsewhere.reviews.create(reviewed_by=outsider)
    review(review_id=str(theirs.pk), reviewed=[item.pk])
    assert pregnancy.reviews.count() == 1 and not theirs.lines.exists()


def test_going_over_it_at_two_visits_is_two_reviews_and_one_mark(review, pregnancy, item):
    review(reviewed=[item.pk])
    review(reviewed=[item.pk])
    assert pregnancy.reviews.count() == 2 and pregnancy.marks.count() == 1


def test_the_answer_is_sent_with_the_review(review, pregnancy, provider, item):
    asked = pregnancy.questions.create(item=item, text="Can I swim?")
    review(**{f"answer_{asked.pk}": "Yes, in a pool."})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Yes, in a pool.", provider)
    assert Message.objects.get(question=asked).to == pregnancy.patient


def test_whoever_answers_second_is_told_and_loses_nothing(review, pregnancy, colleague, item):
    asked = pregnancy.questions.create(item=item, text="Can I swim?")
    answer_question(question=asked, answer="No.", by=colleague)
    boxes = {"reviewed": [item.pk], f"answer_{asked.pk}": "Yes, in a pool.", "for_her": "Rest"}
    page = review(**boxes).content.decode()
    assert "Your words were not sent" in page and "Yes, in a pool." in page
    assert "Kofi Osei, MD answered" in page
    assert not Review.objects.exists()
    assert (
        re.search(rf'name="reviewed" value="{item.pk}" checked', page) and "Rest</textarea>" in page
    )
    asked.refresh_from_db()
    assert asked.answer == "No."
    # The page no longer asks for that answer, so that the rest can be saved.
    assert f'name="answer_{asked.pk}"' not in page
    assert "The review is saved." in review(reviewed=[item.pk]).content.decode()


def test_an_answer_to_a_question_she_took_back_is_not_lost_silently(review, pregnancy, item):
    asked = pregnancy.questions.create(item=item, text="Can I swim?", withdrawn_at=timezone.now())
    page = review(**{f"answer_{asked.pk}": "Yes, in a pool."}).content.decode()
    assert "She took the question back." in page and "Yes, in a pool." in page


def test_two_who_save_at_once_leave_one_answer_and_one_review(pregnancy, colleague, provider, item):
    asked = pregnancy.questions.create(item=item, text="Can I swim?")
    both = [
        {"pregnancy": pregnancy, "review_id": uuid.uuid4(), "lines": [], "for_her": "", "by": by}
        for by in (colleague, provider)
    ]
    save_review(**both[0], answers={asked: "No."})
    with pytest.raises(NotOpen):
        save_review(**both[1], answers={asked: "Yes."})
    assert Review.objects.get().reviewed_by == colleague


def test_a_mark_made_by_mistake_is_taken_back_and_the_row_stays(
    ellen, review, pregnancy, patient, item
):
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=patient)
    review(reviewed=[item.pk])
    assert (
        "Take back: Reviewed with patient"
        in ellen.get(reverse("review_checklist", args=[pregnancy.pk])).content.decode()
    )
    where = reverse("take_back_mark", args=[pregnancy.pk])
    ellen.post(where, {"item": item.pk, "kind": MarkKind.REVIEWED})
    task = next(task for task in progress_of(pregnancy).tasks if task.item == item)
    assert task.reviewed is None and task.read is not None
    assert pregnancy.marks.get(kind=MarkKind.REVIEWED).withdrawn_at


def test_staff_never_take_back_what_she_ticked(ellen, pregnancy, patient, item):
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=patient)
    where = reverse("take_back_mark", args=[pregnancy.pk])
    ellen.post(where, {"item": item.pk, "kind": MarkKind.READ})
    assert progress_of(pregnancy).read == 1


def test_the_patient_sees_who_went_over_it_with_her(review, sign_in, patient, item):
    review(reviewed=[item.pk])
    page = sign_in(patient).get(reverse("checklist")).content.decode()
    assert "Gone over with Ellen Park, CNM" in page


def test_the_review_shows_what_to_ask(ellen, address, item):
    assert item.teach_back in ellen.get(address).content.decode()


def test_after_the_end_it_can_be_read_and_stores_nothing(ellen, address, review, pregnancy, item):
    review(reviewed=[item.pk])
    pregnancy.ended_on, pregnancy.end = timezone.localdate(), "miscarriage"
    pregnancy.save()
    assert "The pregnancy has ended." in ellen.get(address).content.decode()
    page = ellen.post(address, {"reviewed": [item.pk], "for_her": "x"}).content.decode()
    assert "The pregnancy has ended." in page and Review.objects.count() == 1
    where = reverse("take_back_mark", args=[pregnancy.pk])
    ellen.post(where, {"item": item.pk, "kind": MarkKind.REVIEWED})
    assert pregnancy.marks.standing().exists()


@pytest.mark.parametrize("number", [10, 200])
def test_the_page_costs_the_same_however_much_she_did(
    ellen, address, pregnancy, provider, practice, number
):
    items = [ChecklistItemFactory(practice=practice) for _ in range(number)]
    for place, item in enumerate(items):
        pregnancy.questions.create(item=item, text=f"Question {place}")
        mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.REVIEWED, by=provider)
        pregnancy.teach_back_answers.create(item=item, asked="a", chosen="b", fits=False)
    with CaptureQueriesContext(connection) as captured:
        ellen.get(address)
    assert len(captured) <= 16, [query["sql"][:90] for query in captured]
