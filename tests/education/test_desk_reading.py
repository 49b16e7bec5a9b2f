"""The reading grade beside the text: while it is written, and after it was saved without a script."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from education.desk.reading import MOST_BYTES, plain_words
from education.models import Topic
from education.reading import hard_words, long_sentences
from tests.education.desk import at, change, rich, submit
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HARD = (
    "Immediate multidisciplinary consultation facilitates individualized obstetrical management"
    " throughout the antenatal period whenever premature cervical insufficiency is suspected by"
    " the responsible professionals."
)


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


@pytest.fixture
def desk(sign_in, editor):
    return sign_in(editor)


def asked(browser, kind="topic", **words) -> str:
    answer = browser.post(reverse("reading", args=[kind]), words)
    assert answer.status_code == 200
    return answer.content.decode()


def test_grade_long_sentences_and_hard_words_are_named_while_typing(desk):
    said = asked(desk, summary="Call soon.", body=rich(HARD, "We administer it. Administer it."))
    assert "it cannot be submitted like this" in said
    assert "Sentences of more than 20 words" in said and "individualized" in said
    assert "<b>administer</b>: give" in said and "2 times" in said


def test_plain_words_are_left_alone(desk):
    said = asked(desk, summary="Call us.", body=rich("Call us day or night."))
    assert "No sentence of more than 20 words" in said and "8 is the most" in said


def test_the_grade_is_the_one_that_decides_about_submitting(desk, topic):
    change(desk, topic, body=rich(HARD), summary="Short.")
    draft = Topic.objects.get(pk=topic.pk).get_latest_revision_as_object()
    assert f"Grade {draft.grade:.1f}" in asked(desk, summary="Short.", body=rich(HARD))


def test_without_a_script_it_is_shown_after_saving(desk, topic):
    answer = change(desk, topic, body=rich(HARD))
    assert "it cannot be submitted like this" in answer.content.decode()


def test_above_grade_8_nothing_is_submitted_without_a_reason_and_nothing_is_lost(desk, topic):
    answer = submit(desk, topic, body=rich(HARD), summary="Short.")
    assert "give a reason" in answer.content.decode()
    text = Topic.objects.get(pk=topic.pk)
    assert text.current_workflow_state is None
    assert "individualized" in text.get_latest_revision_as_object().body
    submit(desk, topic, grade_reason="The name of the form.")
    assert Topic.objects.get(pk=topic.pk).current_workflow_state is not None


def test_what_is_typed_is_shown_as_words_only(desk):
    said = asked(desk, summary="<script>alert(1)</script>" + HARD, body="")
    assert "<script" not in said


def test_nothing_is_stored_and_nobody_else_asks(desk, topic, sign_in, patient, provider, client):
    before = topic.revisions.count()
    asked(desk, body=rich(HARD))
    assert topic.revisions.count() == before
    address = reverse("reading", args=["topic"])
    for browser in (client, sign_in(patient), sign_in(provider)):
        assert browser.post(address, {"body": "x"}).status_code in (302, 403)


def test_who_may_open_the_desk_and_write_nothing_there_does_not_ask(sign_in):
    person = UserFactory(editor=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    answer = sign_in(person).post(reverse("reading", args=["topic"]), {"body": "x"})
    assert answer.status_code in (302, 403)


def test_it_needs_the_token_of_the_page(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    assert browser.post(reverse("reading", args=["topic"]), {"body": "x"}).status_code == 403


def test_a_text_without_end_is_refused_with_words(desk):
    address = reverse("reading", args=["topic"])
    answer = desk.post(address, {"body": "word " * MOST_BYTES})
    assert answer.status_code == 413 and "too long" in answer.content.decode()


def test_it_answers_questions_only_and_for_our_texts_only(desk):
    assert desk.get(reverse("reading", args=["topic"])).status_code == 405
    assert desk.post(reverse("reading", args=["user"]), {"body": "x"}).status_code == 404


def test_the_form_of_every_text_asks_for_its_own_kind(desk, topic):
    shown = desk.get(at("topic", "edit", topic.pk)).content.decode()
    assert f'data-address="{reverse("reading", args=["topic"])}"' in shown


# -- The functions ------------------------------------------------------------------------


def test_a_sentence_of_20_words_is_not_long_and_of_21_is():
    assert not long_sentences(" ".join(["word"] * 20) + ".")
    assert long_sentences("Short one. " + " ".join(["word"] * 21) + ".")[0][1] == 21


def test_hard_words_are_whole_words_and_the_longest_first():
    plain = {"abdominal": "belly", "abdominal pain": "belly pain", "admit": "say"}
    found = hard_words("Abdominal pain? Admitted with abdominal cramps. ABDOMINAL PAIN.", plain)
    assert found == [("abdominal pain", "belly pain", 2), ("abdominal", "belly", 1)]


def test_every_language_has_a_list_of_its_own():
    assert plain_words("en")["administer"] == "give"
    assert plain_words("xx") == {} and hard_words("administer", {}) == []
