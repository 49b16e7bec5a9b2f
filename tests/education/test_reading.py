"""The reading grade: known words, known sentences."""

import pytest

from education.reading import plain_text, read, sentences, syllables

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("cervix", 2),
        ("pregnancy", 3),
        ("insufficiency", 5),
        ("placed", 1),
        ("needed", 2),
        ("stitches", 2),
    ],
)
def test_syllables_are_counted_as_spoken(word, count):
    assert syllables(word) == count


def test_grade_follows_the_published_formula():
    text = read("The cat sat on the mat.")
    assert (text.sentences, text.words, text.syllables) == (1, 6, 6)
    assert text.grade == max(0, 0.39 * 6 + 11.8 * 1 - 15.59)


def test_long_words_and_sentences_read_harder():
    easy = "Call us. We will help you."
    hard = "Transvaginal ultrasonography facilitates identification of cervical insufficiency before symptomatic dilatation."
    assert read(hard).grade > 12 > 6 > read(easy).grade


def test_each_list_item_is_a_sentence_of_its_own():
    assert sentences(plain_text("<ul><li>Rest</li><li>Drink water</li></ul>")) == [
        "Rest",
        "Drink water",
    ]


def test_a_text_without_words_has_grade_zero():
    assert read("").grade == 0
