"""The teach-back questions of the repository: enough of them, kind, short, never reassuring."""

import re
from functools import cache

import pytest

from education.facts import CONTENT
from education.files import BadFile, read_item
from education.importing import load_library
from education.models import ChecklistItem, TeachBackQuestion
from education.reading import read

ITEMS = sorted((CONTENT / "en/checklist").glob("*.md"))
ANSWERS = ("right", "other", "third")
UNKIND = r"\b(?:incompeten\w+|wrong|incorrect|fail\w*|scores?|should have|fault|mistakes?)\b"
REASSURING = r"\b(?:normal\w*|fine|safe\w*|okay|all is well|nothing to worry|go away|can wait)\b"
WAITING = r"\bwait|next visit|next day|in the morning|look it up|and see\b"
PHONE = r"\b(?:911|988|112|999)\b|\d[\d-]{6,}\d"


@cache
def questions_of(path) -> list[dict[str, str]]:
    return read_item(path)[2].get("questions_content", [])


def every(*names: str) -> list[str]:
    return [each[name] for path in ITEMS for each in questions_of(path) for name in names]


def alike(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def per_item(test):
    return pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)(test)


@per_item
def test_every_item_asks_two_to_four_questions(path):
    assert 2 <= len(questions_of(path)) <= 4


@pytest.mark.parametrize("name", ["ask", "feedback"])
def test_no_two_questions_of_the_library_are_alike(name):
    texts = [alike(text) for text in every(name)]
    assert not {text for text in texts if texts.count(text) > 1}


@per_item
def test_every_text_has_room_in_its_column(path):
    for each in questions_of(path):
        for name, text in each.items():
            assert len(text) <= TeachBackQuestion._meta.get_field(name).max_length, text
            assert text.strip() or name == "third"


@per_item
def test_the_answers_of_a_question_differ(path):
    for each in questions_of(path):
        answers = [alike(each[name]) for name in ANSWERS if each[name]]
        assert len(set(answers)) == len(answers), each["ask"]


def test_the_longest_answer_does_not_give_the_right_one_away():
    questions = [each for path in ITEMS for each in questions_of(path)]
    longest = [each for each in questions if each["right"] == max(map(each.get, ANSWERS), key=len)]
    assert len(longest) < len(questions) / 2


@per_item
def test_questions_read_at_grade_six_or_lower(path):
    words = [each[name] for each in questions_of(path) for name in ("ask", "right", "feedback")]
    assert read("\n".join(words)).grade <= 6.0


@per_item
def test_questions_blame_nobody_and_keep_no_score(path):
    for each in questions_of(path):
        assert not re.search(UNKIND, "\n".join(each.values()), re.I), each["ask"]


@per_item
def test_the_answer_that_fits_never_reassures_and_never_waits(path):
    for each in questions_of(path):
        assert not re.search(rf"{REASSURING}|{WAITING}", each["right"], re.I), each["right"]


@per_item
def test_a_patient_who_is_not_sure_is_told_to_call(path):
    for each in questions_of(path):
        if "I am not sure." in each.values():
            assert re.search(r"not sure.*\bcall\b", each["feedback"]), each["ask"]


@per_item
def test_after_going_in_the_feedback_says_so_again(path):
    for each in questions_of(path):
        if "to the hospital" in each["right"]:
            assert "hospital now" in each["feedback"], each["ask"]
        if "call right away" in each["right"]:
            assert re.search(r"call right away", each["feedback"], re.I), each["ask"]


@per_item
def test_no_phone_number_stands_in_a_question(path):
    for each in questions_of(path):
        assert not re.search(PHONE, "\n".join(each.values())), each["ask"]


def test_a_question_with_a_word_missing_stops_the_load_and_names_it(tmp_path):
    path = tmp_path / "item.md"
    path.write_text(ITEMS[0].read_text().replace("    feedback:", "    praise:"))
    with pytest.raises(BadFile, match=r"item\.md.*feedback, praise"):
        read_item(path)


@pytest.mark.django_db
def test_every_question_reaches_the_library_and_a_second_load_changes_nothing():
    load_library()
    before = list(TeachBackQuestion.objects.order_by("pk").values())
    assert set(load_library().counts) == {"unchanged"}
    assert list(TeachBackQuestion.objects.order_by("pk").values()) == before
    for path in ITEMS:
        item = ChecklistItem.objects.get(slug=path.stem, practice=None)
        assert item.questions_content == questions_of(path)
