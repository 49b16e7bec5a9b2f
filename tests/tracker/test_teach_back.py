"""Teach-back questions: kind words after any answer, never a score, and what she chose is kept."""

import pytest
from django.urls import reverse

from education.models import ChecklistItem
from tests.factories import ChecklistItemFactory, TeachBackQuestionFactory
from tracker.checklists import answers_in_order

ITEM = "small-signs"


@pytest.fixture
def question(db):
    return TeachBackQuestionFactory(item=ChecklistItem.objects.get(slug=ITEM))


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def answers(hannah, question):
    """Answer the question, and return the page that follows."""

    def sent(chosen=None, question_id=question.pk):
        told = {"question": question_id} | ({"chosen": chosen} if chosen else {})
        address = reverse("answer_teach_back", args=[ITEM])
        return hannah.post(address, told, follow=True).content.decode()

    return sent


def test_an_answer_that_fits_is_met_with_yes_and_the_reason(answers, question):
    page = answers(question.right)
    assert "<b>Yes.</b>" in page and question.feedback in page


def test_another_answer_is_met_kindly_without_the_word_wrong_or_a_score(answers, question):
    page = answers(question.other)
    assert "Let’s look at this one again." in page and question.feedback in page
    for word in ("wrong", "incorrect", "score", "points"):
        assert word not in page.lower().split("<main", 1)[1]


def test_before_an_answer_nothing_says_which_one_fits(hannah, question):
    page = hannah.get(reverse("checklist_item", args=[ITEM])).content.decode()
    assert question.feedback not in page and 'value="right"' not in page


def test_what_she_chose_is_kept_in_the_words_she_was_shown(answers, question, pregnancy):
    answers(question.other)
    asked, chosen = question.ask, question.other
    question.ask, question.other = "Another question?", "Another answer"
    question.save()
    kept = pregnancy.teach_back_answers.get()
    assert (kept.asked, kept.chosen, kept.fits) == (asked, chosen, False)


def test_she_may_answer_again_and_both_answers_stay(answers, question, pregnancy):
    answers(question.other)
    page = answers(question.right)
    assert "<b>Yes.</b>" in page and pregnancy.teach_back_answers.count() == 2


def test_the_same_answer_sent_twice_is_one(answers, question, pregnancy):
    answers(question.other)
    answers(question.other)
    assert pregnancy.teach_back_answers.count() == 1


def test_no_answer_is_refused_beside_the_question(answers, pregnancy):
    page = answers()
    assert "<title>Error:" in page and "Choose an answer first." in page
    assert not pregnancy.teach_back_answers.exists()


def test_words_that_were_never_offered_are_refused(answers, pregnancy):
    assert "This question has changed." in answers("I go to the moon")
    assert not pregnancy.teach_back_answers.exists()


@pytest.mark.parametrize("question_id", ["999999", "abc", ""])
def test_a_question_that_is_not_of_this_item_is_refused(answers, question, pregnancy, question_id):
    answers(question.right, question_id)
    assert not pregnancy.teach_back_answers.exists()


def test_a_question_of_another_practice_cannot_be_answered(answers, question, pregnancy):
    other = TeachBackQuestionFactory(item=ChecklistItemFactory())
    answers(other.right, other.pk)
    assert not pregnancy.teach_back_answers.exists()


def test_the_order_of_the_answers_is_stable_and_not_always_the_fitting_one_first(db):
    item = ChecklistItemFactory()
    questions = [TeachBackQuestionFactory(item=item, ask=f"What about {n}?") for n in range(30)]
    first = [answers_in_order(each).index(each.right) for each in questions]
    assert set(first) == {0, 1, 2}
    assert first == [answers_in_order(each).index(each.right) for each in questions]
    assert len(answers_in_order(TeachBackQuestionFactory(item=item, third=""))) == 2
