import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.templatetags.static import static

from education.templatetags.components import LEVELS, icon_names

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = sorted((ROOT / "static" / "css").rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = [
    '{% icon "phone" %}',
    "{% mark %}",
    "{% seam 5 12 %}",
    "{% seam 0 0 %}",
    *(f'{{% glyph "{level}" %}}' for level in LEVELS),
]


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Addresses as they are in the folder, so that nothing has to be collected first."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


def render(source, **context):
    return Template("{% load components %}" + source).render(Context(context))


def stitches(done, total):
    drawing = render("{% seam done total %}", done=done, total=total)
    return list(ElementTree.fromstring(drawing).iter("line"))


def test_icon_points_at_its_symbol_in_the_sprite():
    use = ElementTree.fromstring(render('{% icon "phone" %}'))[0]
    assert use.get("href") == static("icons/sprite.svg") + "#phone"


def test_icon_takes_more_classes():
    assert ElementTree.fromstring(render('{% icon "phone" "i--s" %}')).get("class") == "i i--s"


def test_icon_escapes_what_it_is_given():
    assert "<b>" not in render('{% icon "phone" css %}', css='"><b>')


def test_unknown_icon_says_where_to_add_it():
    with pytest.raises(TemplateSyntaxError, match=r"static/icons/sprite\.svg.*phone"):
        render('{% icon "unicorn" %}')


def test_unknown_urgency_says_what_there_is():
    with pytest.raises(TemplateSyntaxError, match=r"only: .*templates/components/glyph\.html"):
        render('{% glyph "unicorn" %}')


def test_each_urgency_has_its_own_outline():
    outlines = {
        ElementTree.tostring(ElementTree.fromstring(render("{% glyph level %}", level=level))[0])
        for level in LEVELS
    }
    assert len(outlines) == len(LEVELS)


def test_seam_sews_what_is_done():
    assert [line.get("class") for line in stitches(2, 3)] == ["on", "on", None]


def test_seam_runs_from_edge_to_edge():
    lines = stitches(5, 12)
    assert (lines[0].get("x1"), lines[0].get("x2")) == ("1.17%", "7.17%")
    assert (lines[-1].get("x1"), lines[-1].get("x2")) == ("92.83%", "98.83%")


@pytest.mark.parametrize(("done", "total", "sewn"), [(0, 0, 0), (3, 0, 0), (9, 3, 3), (-1, 3, 0)])
def test_seam_of_odd_numbers_still_draws(done, total, sewn):
    lines = stitches(done, total)
    assert len(lines) == total
    assert len([line for line in lines if line.get("class")]) == sewn


@pytest.mark.parametrize("source", DRAWINGS)
def test_drawings_are_silent_and_carry_no_style_or_script(source):
    drawing = render(source)
    assert ElementTree.fromstring(drawing).get("aria-hidden") == "true"
    assert " style=" not in drawing
    assert "<script" not in drawing


@pytest.mark.parametrize("name", ["sprite", "icon"])
def test_drawing_files_are_valid_and_carry_no_style_or_script(name):
    drawing = (ROOT / f"static/icons/{name}.svg").read_text()
    ElementTree.fromstring(drawing)
    assert "style" not in drawing
    assert "<script" not in drawing


def test_every_icon_a_template_names_is_in_the_sprite():
    named = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"""{%-? icon ["']([^"']+)""", path.read_text())
    }
    assert {each for each in named if each[1] not in icon_names()} == set()


def test_every_icon_a_sign_names_is_in_the_sprite():
    named = {
        (path.name, name)
        for path in (ROOT / "education/content").rglob("signs/*.md")
        for name in re.findall(r"^icon: *(\S+)", path.read_text(), re.M)
    }
    assert {each for each in named if each[1] not in icon_names()} == set()


def test_both_dark_blocks_are_the_same():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    blocks = re.findall(r"{\s*(color-scheme: dark;[^}]*)}", tokens)
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]


def test_every_dark_token_has_a_light_one():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    light, dark = tokens.split("color-scheme: dark;")[:2]
    assert set(re.findall(r"(--[\w-]+):", dark)) <= set(re.findall(r"(--[\w-]+):", light))


def test_every_token_in_use_is_defined():
    css = "".join(path.read_text() for path in CSS)
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert used - set(re.findall(r"(--[\w-]+):", css)) == set()


def test_every_address_in_css_is_a_file_of_ours():
    missing = {
        f"{path.name}: {address}"
        for path in CSS
        for address in re.findall(r"""url\(["']?([^"')]+)""", path.read_text())
        if not (path.parent / address).is_file()
    }
    assert missing == set()


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_braces_of_css_are_balanced(path):
    css = path.read_text()
    assert css.count("{") == css.count("}")


def test_the_instant_callout_listens_to_what_a_symptom_row_carries():
    form = (ROOT / "static/css/components/form.css").read_text()
    row = (ROOT / "templates/tracker/pick.html").read_text()
    heard = set(re.findall(r"form:has\(\[([\w-]+)", form))
    assert len(heard) == 1
    assert f"{heard.pop()}=" in row
