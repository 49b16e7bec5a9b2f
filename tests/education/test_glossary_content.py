"""The glossary, the hard words and the words to search by: readable, sourced, and true to our texts."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from education.facts import CONTENT, read_csv, register
from education.files import READERS, read_file
from education.models import Term
from education.reading import plain_text, read

pytestmark = pytest.mark.once

EN = CONTENT / "en"
TERMS = sorted((EN / "glossary").glob("*.md"))
LESSONS = [path for path in sorted(EN.glob("*/*.md")) if path.parent.name != "glossary"]
QUERIES = Path(__file__).with_name("search_queries.csv")
FOLDERS = {"topic": "topics", "week": "weeks", "item": "checklist", "word": "glossary"}
REASSURING = (
    r"\b(?:normal\w*|safe\w*|fine|okay|harmless|don.t worry|no need to worry|all is well)\b"
)

# Signs of trouble: whoever looks the word up may have the sign.
SIGNS = {
    "bulge",
    "discharge",
    "infection",
    "mucus-plug",
    "pprom",
    "practice-tightenings",
    "preeclampsia",
    "pressure-low-down",
    "show",
    "spotting",
    "tightenings",
    "waters-breaking",
}

# Words of the old papers that our lessons teach or explain.
TAUGHT = {"incompetent", "incompetent cervix", "miscarriage", "procedure", "uterus"}


def per_term(test):
    return pytest.mark.parametrize("path", TERMS, ids=lambda path: path.stem)(test)


@cache
def term(path: Path) -> dict:
    return READERS["glossary"](path)[2]


def meaning(path: Path) -> str:
    return plain_text(term(path)["text"])


@cache
def words_of(path: Path) -> str:
    """Return what a patient reads of one file: the parts of it with words, in lower case."""
    meta, text = read_file(path)
    names = ("title", "summary", "label", "hint", "word")
    parts = [str(meta.get(name, "")) for name in names] + [text]
    return " ".join(re.sub(r"[*\"“”]", "", "\n".join(parts)).lower().split())


def stands_in(words: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text))


def rows(name: str) -> list[dict[str, str]]:
    return read_csv(f"en/{name}.csv")


def twice(values: list[str]) -> set[str]:
    return {value for value in values if values.count(value) > 1}


# -- Glossary -----------------------------------------------------------------------


def test_the_glossary_has_its_words():
    assert 38 <= len(TERMS) <= 45


@per_term
def test_word_rests_only_on_facts_that_may_be_taught(path):
    facts = term(path)["facts"]
    assert facts, "A word names the facts it teaches."
    assert not [fact for fact in facts if not register()[fact].usable]


@per_term
def test_word_reads_at_grade_six_or_lower_in_three_sentences(path):
    reading = read(meaning(path))
    assert reading.grade <= 6.0
    assert 1 <= reading.sentences <= 3


def test_words_read_at_grade_four_on_average():
    grades = [read(meaning(path)).grade for path in TERMS]
    assert sum(grades) / len(grades) <= 4.0


@per_term
def test_word_has_room_in_its_columns_and_an_address(path):
    for name, value in {"slug": path.stem, "word": term(path)["word"]}.items():
        Term._meta.get_field(name).clean(value, None)


def test_no_name_leads_to_two_words():
    names = [name.lower() for path in TERMS for name in (term(path)["word"], *term(path)["also"])]
    assert not twice(names)


@per_term
def test_meaning_never_reassures(path):
    assert not re.search(REASSURING, meaning(path), re.I)


@per_term
def test_the_old_name_is_only_a_word_to_search_by_where_a_fact_teaches_it(path):
    assert "incompet" not in f"{term(path)['word']} {meaning(path)}".lower()
    if "incompet" in " ".join(term(path)["also"]).lower():
        assert {"S0-03", "S3-01"} & set(term(path)["facts"])


@pytest.mark.parametrize("slug", sorted(SIGNS))
def test_a_word_that_names_a_sign_says_what_to_do(slug):
    assert re.search(r"hospital now|call right away", meaning(EN / f"glossary/{slug}.md"))


@per_term
def test_meaning_uses_no_hard_word_but_the_one_it_explains(path):
    explained = {name.lower() for name in term(path)["also"]} | TAUGHT
    hard = {row["word"] for row in rows("hard_words")} - explained
    assert not [word for word in hard if stands_in(word, meaning(path).lower())]


# -- Hard words ---------------------------------------------------------------------


def test_hard_words_are_lower_case_unique_and_sorted():
    words = [row["word"] for row in rows("hard_words")]
    assert 180 <= len(words) <= 250
    assert words == sorted(set(words))
    assert words == [word.lower().strip() for word in words]


def test_the_plain_word_beside_a_hard_one_is_there_and_not_hard_itself():
    hard = [row["word"] for row in rows("hard_words")]
    for row in rows("hard_words"):
        assert row["plain"].strip()
        assert not [word for word in hard if stands_in(word, row["plain"].lower())], row


def test_our_lessons_use_no_hard_word_but_those_they_teach():
    used = {
        row["word"]
        for row in rows("hard_words")
        if any(stands_in(row["word"], words_of(path)) for path in LESSONS)
    }
    assert used <= TAUGHT


# -- Words to search by -------------------------------------------------------------


def test_no_word_to_search_by_has_two_meanings():
    words = [word for row in rows("synonyms") for word in row["words"].split("|")]
    assert 70 <= len(rows("synonyms")) <= 110
    assert all(word == word.lower().strip() != "" for word in words)
    assert not twice(words)


@pytest.mark.parametrize("row", rows("synonyms"), ids=lambda row: row["means"])
def test_a_synonym_means_words_that_stand_in_our_texts(row):
    texts = [words_of(path) for path in [*LESSONS, *TERMS]]
    for means in row["means"].split("|"):
        assert any(stands_in(means, text) for text in texts), means
        assert means not in row["words"].split("|")


@cache
def queries() -> list[dict[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_64_queries_and_few_with_two_first_hits():
    assert len({row["query"] for row in queries()}) == len(queries()) == 64
    hits = [row["expect"].split("|") for row in queries()]
    assert max(map(len, hits)) == 2
    assert sum(len(each) == 2 for each in hits) <= 12


def test_every_expected_hit_is_a_page_of_ours():
    codes = {read_file(path)[0]["code"] for path in (EN / "signs").glob("*.md")}
    for hit in {hit for row in queries() for hit in row["expect"].split("|")}:
        kind, name = hit.split(":")
        if kind == "sign":
            assert name in codes, hit
        else:
            assert (EN / FOLDERS[kind] / f"{name.zfill(2)}.md").exists(), hit
