"""Loading the lessons: again and again, without ever overwriting an editor."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from education import importing
from education.files import BadFile, read_topic, read_week
from education.importing import load_library
from education.models import ChecklistItem, Source, TeachBackQuestion, Topic, Week
from tests.factories import ChecklistItemFactory, approved

pytestmark = pytest.mark.django_db

TOPIC = """---
title: "Rest"
summary: "What rest means."
audience: everyone
week_from: 4
week_to: 42
order: 1
art: none
country: ""
facts: [S0-35]
---
{text}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A library of one lesson, in a folder of its own."""
    for kind in ("weeks", "topics", "signs", "checklist"):
        (tmp_path / "en" / kind).mkdir(parents=True)
    monkeypatch.setattr(importing, "CONTENT", tmp_path)
    write(tmp_path, "First words.")
    return tmp_path


def write(folder, text):
    (folder / "en/topics/rest.md").write_text(TOPIC.format(text=text))


def rest() -> Topic:
    return Topic.objects.get(slug="rest")


def test_loading_twice_changes_nothing(folder):
    assert load_library().counts == {"new": 1}
    assert load_library().counts == {"unchanged": 1}


def test_a_newer_file_replaces_a_text_nobody_touched(folder):
    load_library()
    write(folder, "Better words.")
    assert load_library().counts == {"updated": 1}
    assert rest().body == "<p>Better words.</p>"


def test_an_editors_text_is_kept_and_the_difference_reported(folder):
    load_library()
    topic = rest()
    topic.body = "<p>The editor’s words.</p>"
    approved(topic)
    write(folder, "Better words.")
    report = load_library()
    assert rest().body == "<p>The editor’s words.</p>"
    assert report.kept[0][0] == "rest"
    assert "-The editor’s words." in report.kept[0][1] and "+Better words." in report.kept[0][1]


def test_the_difference_is_reported_even_while_the_file_stays_the_same(folder):
    load_library()
    topic = rest()
    topic.body = "<p>The editor’s words.</p>"
    approved(topic)
    assert "+First words." in load_library().kept[0][1]


def test_an_unpublished_draft_is_kept_too(folder):
    load_library()
    topic = rest()
    topic.body = "<p>Only a draft.</p>"
    topic.save_revision()
    write(folder, "Better words.")
    assert list(load_library().counts) == ["kept: changed by an editor"]
    assert rest().get_latest_revision_as_object().body == "<p>Only a draft.</p>"


def test_each_load_is_a_revision_with_the_sources_of_its_facts(folder):
    load_library()
    assert rest().get_latest_revision().is_latest_revision()
    assert [source.key for source in rest().sources.all()] == ["DOC000"]


def test_script_in_a_file_is_shown_as_text_never_run(folder):
    write(folder, "Hello <script>alert(1)</script>")
    load_library()
    assert "<script" not in rest().body


def test_an_unknown_fact_stops_the_load_and_names_the_file(folder):
    path = folder / "en/topics/rest.md"
    path.write_text(TOPIC.format(text="x").replace("S0-35", "S0-99"))
    with pytest.raises(BadFile, match=r"rest\.md.*S0-99"):
        read_topic(path)
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_content")


def test_a_week_without_a_section_is_refused(tmp_path):
    path = tmp_path / "16.md"
    path.write_text("---\nweek: 16\ntitle: t\nsummary: s\nfacts: [S0-18]\n---\n## Your baby\nx\n")
    with pytest.raises(BadFile, match="Your body"):
        read_week(path)


def test_the_whole_library_stands_in_the_database():
    assert Week.objects.live().count() == 39
    assert not Week.objects.filter(sources=None).exists()
    assert Source.objects.get(key="SMFM70").address.startswith("https://")


def test_the_command_says_how_many_texts_it_found():
    out = StringIO()
    call_command("load_content", stdout=out)
    assert "unchanged" in out.getvalue()


ITEM = """---
title: "I know the signs"
audience: everyone
week_from: 4
week_to: 42
order: 1
teach_back: "Ask: what do you do?"
facts: [S0-35]
questions:
{questions}
---
Words.
"""
QUESTION = """  - ask: "{ask}"
    right: "{right}"
    other: "I wait"
    feedback: "{feedback}"
"""


def ask(folder, *questions):
    """Write the item with these questions (ask, right, feedback), load it, and return its rows."""
    words = "".join(
        QUESTION.format(ask=ask, right=right, feedback=feedback)
        for ask, right, feedback in questions
    )
    (folder / "en/checklist/signs.md").write_text(ITEM.format(questions=words))
    load_library()
    return list(ChecklistItem.objects.get(slug="signs").questions.all())


def test_a_question_whose_words_stay_is_the_same_row_wherever_it_moves(folder):
    (one,) = ask(folder, ("Blood?", "I call", "Call."))
    new, same = ask(folder, ("Fluid?", "I go", "Go."), ("Blood?", "I call", "Call now."))
    assert same.pk == one.pk != new.pk
    assert (new.ask, same.ask, same.feedback) == ("Fluid?", "Blood?", "Call now.")


def test_a_question_that_asks_or_offers_something_else_is_a_new_row(folder):
    (one,) = ask(folder, ("Blood?", "I call", "Call."))
    (two,) = ask(folder, ("Blood?", "I call now", "Call."))
    assert two.pk != one.pk and TeachBackQuestion.objects.filter(pk=one.pk).count() == 0


def test_an_item_of_a_practice_is_never_touched_by_a_file(folder):
    own = ChecklistItemFactory(title="Ours")
    ask(folder, ("Blood?", "I call", "Call."))
    own.refresh_from_db()
    assert own.title == "Ours" and not own.questions.exists()
