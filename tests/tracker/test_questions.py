"""What she asks about an item: it reaches the chart, is answered there once, and she is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.models import ChecklistItem
from tracker.actions import answer_question
from tracker.models import Message, PatientQuestion
from tracker.notifications import page_of, words_of

ITEM = "small-signs"


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def asked(pregnancy):
    return pregnancy.questions.create(item=ChecklistItem.objects.get(slug=ITEM), text="Can I swim?")


def ask(browser, text):
    return browser.post(reverse("ask_question", args=[ITEM]), {"text": text})


def answer_page(question):
    return reverse("answer_question", args=[question.pregnancy_id, question.pk])


def test_before_she_writes_the_page_says_where_a_symptom_belongs(hannah, practice):
    page = hannah.get(reverse("checklist_item", args=[ITEM])).content.decode()
    warning, field = page.index("Do not write it here"), page.index('name="text"')
    assert warning < field
    assert (
        reverse("report_symptoms") in page[warning:field] and practice.phone in page[warning:field]
    )


def test_what_she_asks_is_on_the_item_on_her_checklist_and_in_the_chart(hannah, ellen, pregnancy):
    assert ask(hannah, "Can I swim?").status_code == 302
    for page in (reverse("checklist_item", args=[ITEM]), reverse("checklist")):
        words = hannah.get(page).content.decode()
        assert "Can I swim?" in words and "No one has answered yet" in words
    assert "Can I swim?" in ellen.get(pregnancy.get_absolute_url()).content.decode()


def test_a_question_needs_no_words(hannah, ellen, pregnancy):
    ask(hannah, "  ")
    assert pregnancy.questions.get().text == ""
    assert "She wrote no words" in ellen.get(pregnancy.get_absolute_url()).content.decode()


def test_the_same_question_twice_is_one(hannah, pregnancy):
    for _ in range(2):
        ask(hannah, "Can I swim?")
    assert pregnancy.questions.count() == 1


def test_500_signs_with_line_breaks_fit_and_one_more_is_refused_and_kept(hannah, pregnancy):
    ask(hannah, "a\r\n" * 250)
    assert pregnancy.questions.count() == 1
    page = ask(hannah, "b" * 501).content.decode()
    assert "<title>Error:" in page and "Keep it under 500 letters. You wrote 501." in page
    assert "b" * 501 in page and pregnancy.questions.count() == 1


def test_she_takes_a_question_back_and_the_row_stays(hannah, ellen, asked, pregnancy):
    hannah.post(reverse("withdraw_question", args=[asked.pk]))
    assert PatientQuestion.objects.get().withdrawn_at
    assert "Can I swim?" not in hannah.get(reverse("checklist")).content.decode()
    assert "Can I swim?" not in ellen.get(pregnancy.get_absolute_url()).content.decode()


def test_an_answered_question_is_not_taken_back(hannah, asked, provider):
    answer_question(question=asked, answer="Yes.", by=provider)
    hannah.post(reverse("withdraw_question", args=[asked.pk]))
    assert PatientQuestion.objects.get().withdrawn_at is None


def test_the_question_of_someone_else_is_not_found(sign_in, elsewhere, asked):
    browser = sign_in(elsewhere.patient)
    assert browser.post(reverse("withdraw_question", args=[asked.pk])).status_code == 404


def test_she_reads_the_answer_with_who_and_when_and_is_told_in_neutral_words(hannah, ellen, asked):
    ellen.post(answer_page(asked), {"answer": "Yes, in a pool.\r\n\r\nNot in a lake."})
    for page in (reverse("checklist_item", args=[ITEM]), reverse("checklist")):
        words = hannah.get(page).content.decode()
        assert "Ellen Park, CNM answered on" in words and "Not in a lake." in words
    message = Message.objects.get()
    assert words_of(message) == "Your care team has written to you. Open Cinta."
    assert page_of(message).endswith(reverse("checklist"))


def test_an_empty_or_too_long_answer_is_refused_and_kept(ellen, asked):
    assert (
        "Write the answer first" in ellen.post(answer_page(asked), {"answer": " "}).content.decode()
    )
    page = ellen.post(answer_page(asked), {"answer": "c" * 1001}).content.decode()
    assert "Keep it under 1000 letters" in page and "c" * 1001 in page
    assert not Message.objects.exists()


def test_the_first_answer_counts_and_the_second_person_loses_nothing(ellen, asked, colleague):
    assert answer_question(question=asked, answer="No.", by=colleague)
    page = ellen.post(answer_page(asked), {"answer": "Yes, in a pool."}).content.decode()
    assert "Kofi Osei, MD has answered this." in page and "Yes, in a pool." in page
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("No.", colleague)
    assert Message.objects.count() == 1


def test_after_the_end_nothing_is_answered_and_nothing_is_sent(ellen, asked, pregnancy):
    pregnancy.ended_on, pregnancy.end = timezone.localdate(), "miscarriage"
    pregnancy.save()
    page = ellen.post(answer_page(asked), {"answer": "Yes."}).content.decode()
    assert "The pregnancy has ended" in page and "Your words below were not sent." in page
    assert not Message.objects.exists() and PatientQuestion.objects.open().exists()
    assert "Can I swim?" in ellen.get(pregnancy.get_absolute_url()).content.decode()


def test_a_question_of_another_record_is_not_found_in_this_one(ellen, stitched, asked):
    address = reverse("answer_question", args=[stitched.pk, asked.pk])
    assert ellen.get(address).status_code == 404


def test_what_looks_like_a_tag_is_shown_never_run(hannah, ellen, asked, pregnancy):
    ask(hannah, "<script>alert(1)</script>")
    ellen.post(answer_page(asked), {"answer": "<img src=x>"})
    for page in (hannah.get(reverse("checklist")), ellen.get(pregnancy.get_absolute_url())):
        words = page.content.decode()
        assert "<script>alert" not in words and "<img src=x" not in words
        assert "&lt;img src=x&gt;" in words


@pytest.mark.parametrize("number", [10, 200])
def test_her_list_costs_the_same_however_much_she_asked(hannah, pregnancy, provider, number):
    items = list(ChecklistItem.objects.all())
    for place in range(number):
        question = pregnancy.questions.create(item=items[place % len(items)], text=f"{place}?")
        answer_question(question=question, answer="Yes.", by=provider)
    with CaptureQueriesContext(connection) as captured:
        hannah.get(reverse("checklist"))
    assert len(captured) <= 12, [query["sql"][:90] for query in captured]
