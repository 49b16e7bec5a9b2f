"""The lessons of the repository: every fact taught, none unsafe, all readable and complete."""

import re
from pathlib import Path

import pytest

from education.facts import CONTENT, read_csv, register
from education.files import READERS, read_file, read_week
from education.reading import plain_text, read
from tracker.enums import Symptom

pytestmark = pytest.mark.once

FILES = sorted((CONTENT / "en").rglob("*.md"))
WEEKS = sorted((CONTENT / "en/weeks").glob("*.md"))
TEXTS = ("baby", "body", "cervix", "todo", "visits")
COMBINED = {Symptom.FEVER_PLUS, Symptom.UTI_PLUS}


def content_of(path: Path) -> dict:
    return READERS[path.parent.name](path)[2]


def text_of(path: Path) -> str:
    content = content_of(path)
    parts = [value for name, value in content.items() if name in (*TEXTS, "text", "summary")]
    parts += content.get("local_visits", {}).values()
    return "\n".join(plain_text(part) for part in parts)


def short_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_fact_of_the_two_documents_is_taught_somewhere():
    taught = {fact for path in FILES for fact in read_file(path)[0]["facts"]}
    documents = {fact for fact in register() if fact.startswith(("S0-", "S3-"))}
    assert len(documents) == 90
    assert documents <= taught, f"Taught nowhere: {sorted(documents - taught)}"


@pytest.mark.parametrize("path", FILES, ids=short_name)
def test_page_rests_only_on_facts_that_may_be_taught(path):
    facts = read_file(path)[0]["facts"]
    assert facts, "A page names the facts it teaches."
    unsafe = [fact for fact in facts if not register()[fact].usable]
    assert not unsafe, f"Unverified, computed, or on a commercial page alone: {unsafe}"


def test_the_register_knows_which_facts_are_not_to_be_taught():
    usable = {name: fact.usable for name, fact in register().items()}
    assert not usable["A-37"], "unverified"
    assert not usable["E-09"], "computed here, published nowhere"
    assert not usable["A-38"], "commercial pages only"
    assert usable["A-23"], "a guideline"


@pytest.mark.parametrize("path", FILES, ids=short_name)
def test_page_reads_at_grade_six_or_lower(path):
    assert read(text_of(path)).grade <= 6.0


def test_weeks_4_to_42_have_a_page_each():
    assert [read_week(path)[1]["number"] for path in WEEKS] == list(range(4, 43))


@pytest.mark.parametrize("path", WEEKS, ids=short_name)
def test_week_page_has_every_part(path):
    content = content_of(path)
    assert all(read(plain_text(content[name])).words >= 5 for name in TEXTS)


def test_no_two_week_pages_share_a_sentence():
    seen: dict[str, str] = {}
    shared = set()
    for path in WEEKS:
        for sentence in set(re.findall(r"[^.!?\n]{25,}[.!?]", text_of(path))):
            if seen.setdefault(sentence.strip(), path.stem) != path.stem:
                shared.add(sentence.strip())
    assert not shared


def test_no_two_week_pages_share_a_title():
    titles = [content_of(path)["title"] for path in WEEKS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("week", range(14, 21))
def test_watch_weeks_are_named_on_their_pages(week):
    assert "watch week" in text_of(CONTENT / f"en/weeks/{week:02}.md").lower()


@pytest.mark.parametrize("week", [36, 37, 38])
def test_pages_of_weeks_36_to_38_speak_of_the_stitch_coming_out(week):
    assert "stitch" in text_of(CONTENT / f"en/weeks/{week:02}.md").lower()


def test_every_symptom_that_can_be_ticked_has_words():
    written = {read_file(path)[0]["code"] for path in (CONTENT / "en/signs").glob("*.md")}
    assert written == set(Symptom) - COMBINED


def test_no_two_signs_look_alike_on_the_form():
    labels = [read_file(path)[0]["label"] for path in (CONTENT / "en/signs").glob("*.md")]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", FILES, ids=short_name)
def test_page_never_reassures(path):
    reassuring = r"all is well|nothing to worry|you are safe|no need to worry|everything is fine|out of danger"
    assert not re.search(reassuring, text_of(path), re.I)


def test_the_old_name_of_the_condition_stands_only_where_it_is_taught():
    pages = [path.stem for path in FILES if "incompetent" in text_of(path).lower()]
    assert pages == ["cervical-insufficiency"]


@pytest.mark.parametrize("path", sorted((CONTENT / "en/checklist").glob("*.md")), ids=short_name)
def test_checklist_item_points_at_a_lesson(path):
    assert (CONTENT / f"en/topics/{content_of(path)['topic_slug']}.md").exists()


def test_every_fact_names_sources_of_the_register():
    known = {row["key"] for row in read_csv("sources.csv")}
    assert all(set(fact.sources) <= known for fact in register().values())
