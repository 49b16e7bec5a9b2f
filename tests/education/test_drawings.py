"""The drawings of the lessons: one for each, drawn in few lines, with words for everyone."""

import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from education.drawings import WORDS, Drawing
from education.facts import CONTENT
from education.files import read_file
from education.models import Topic
from education.reading import read

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "templates/components/drawings"
CSS = (ROOT / "static/css/components/drawings.css").read_text()
TOPICS = sorted((CONTENT / "en/topics").glob("*.md"))
DRAWN = [name.value for name in Drawing if name is not Drawing.NONE]

once = pytest.mark.once


def render(source, **context):
    return Template("{% load drawings %}" + source).render(Context(context))


def draw(name):
    return render("{% drawing name %}", name=name)


@once
def test_every_drawing_has_its_file_and_every_file_is_a_drawing():
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(DRAWN)


@once
def test_every_drawing_has_words_and_a_caption_of_its_own():
    assert {name.value for name in WORDS} == set(DRAWN)
    assert all(str(words).strip() for words in WORDS.values())
    assert len({str(words) for words in WORDS.values()}) == len(DRAWN)
    assert len({str(label) for label in Drawing.labels}) == len(Drawing)


@once
@pytest.mark.parametrize("name", DRAWN)
def test_words_are_short_and_read_at_grade_six_or_lower(name):
    reading = read(f"{Drawing(name).label}. {WORDS[name]}")
    assert reading.sentences <= 5
    assert reading.words <= 55
    assert reading.grade <= 6.0


@once
@pytest.mark.parametrize("name", DRAWN)
def test_words_never_reassure_and_never_blame(name):
    unkind = r"all is well|nothing to worry|safe|normal|do not worry|fine|incompetent|fail"
    assert not re.search(unkind, str(WORDS[name]), re.I)


@once
@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_every_lesson_of_the_repository_has_a_drawing_that_exists(path):
    assert read_file(path)[0]["art"] in DRAWN


@once
@pytest.mark.parametrize("name", DRAWN)
def test_drawing_is_small_and_silent(name):
    drawing = ElementTree.fromstring(draw(name))
    assert drawing.get("aria-hidden") == "true"
    assert drawing.get("viewBox")
    assert len(draw(name)) < 2560


@once
@pytest.mark.parametrize("name", DRAWN)
def test_drawing_takes_its_colors_from_the_tokens_and_nothing_from_elsewhere(name):
    drawing = draw(name)
    assert not re.search(
        r"""\sstyle=|\s(fill|stroke)=|#[0-9a-f]{3}|<script|<image|href|url\(|\bid=""", drawing, re.I
    )
    assert not re.search(r"#[0-9a-f]{3}|rgb|hsl", CSS, re.I)


@once
@pytest.mark.parametrize("name", DRAWN)
def test_every_shape_is_painted_by_a_class_that_exists(name):
    painted = {
        each for group in re.findall(r'class="([^"]+)"', draw(name)) for each in group.split()
    }
    known = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert painted <= known
    root = ElementTree.fromstring(draw(name))
    for parent in root.iter():
        for shape in parent:
            if shape.tag != "g":
                assert shape.get("class") or parent.get("class", "").startswith("d-")


@once
@pytest.mark.parametrize("name", DRAWN)
def test_every_word_in_a_drawing_can_be_translated_and_read(name):
    file = (FOLDER / f"{name}.html").read_text()
    for word in re.findall(r"<text[^>]*>(.*?)</text>", file):
        assert word.startswith("{% translate ") or word.isdigit()
    width = float(ElementTree.fromstring(draw(name)).get("viewBox").split()[2])
    size = float(re.search(r"\.d-word {[^}]*?(\d+)px", CSS)[1])
    assert size * 288 / width >= 12


@once
@pytest.mark.parametrize("name", ["waters", "blood"])
def test_each_color_and_amount_on_a_pad_has_its_word(name):
    words = re.findall(r"<text[^>]*>(.*?)</text>", draw(name))
    assert (
        words
        == {
            "waters": ["Clear", "Pink", "Green", "Brown"],
            "blood": ["Spots", "Streak", "Wet pad"],
        }[name]
    )


@once
@pytest.mark.parametrize("name", ["unicorn", "none", "", None])
def test_unknown_drawing_says_where_to_add_it(name):
    with pytest.raises(TemplateSyntaxError, match=r"education/drawings\.py.*use one of: .*stitch"):
        draw(name)


@once
def test_no_drawing_shows_no_frame():
    assert render("{% figure name %}", name="none").strip() == ""


@once
def test_long_short_opening_and_stitched_are_different_drawings():
    assert len({draw(name) for name in DRAWN}) == len(DRAWN)


@pytest.mark.django_db
def test_the_lesson_shows_its_drawing_with_its_words(client):
    for topic in Topic.objects.in_country("US"):
        page = client.get(topic.get_absolute_url()).content.decode()
        figures = re.findall(r"<figure.*?</figure>", page, re.S)
        assert len(figures) == 1
        assert draw(topic.art).strip() in figures[0]
        assert escape(str(Drawing(topic.art).label)) in figures[0]
        assert escape(str(WORDS[topic.art])) in figures[0]


@pytest.mark.django_db
@pytest.mark.parametrize("art", ["none", "taken_away"])
def test_a_lesson_without_a_drawing_still_opens(client, art):
    Topic.objects.filter(slug="bleeding").update(art=art)
    answer = client.get(reverse("topic", args=["bleeding"]))
    assert answer.status_code == 200
    assert "<figure" not in answer.content.decode()


@pytest.mark.django_db
def test_today_carries_the_drawing_of_her_cervix_as_decoration(patient, pregnancy, sign_in):
    page = sign_in(patient).get(reverse("today")).content.decode()
    assert draw("closed").strip() in page
    assert "<figure" not in page


@pytest.mark.django_db
def test_today_draws_the_stitch_while_it_is_in_place(stitched, sign_in):
    page = sign_in(stitched.patient).get(reverse("today")).content.decode()
    assert draw("stitch").strip() in page
    assert draw("closed").strip() not in page
