"""Her browser asks for one stylesheet and two scripts, and every part is in them, in its order."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from project.joined import JOINED, PAGE_SCRIPTS, SHARED_SCRIPTS, STYLES, WORKER_SCRIPTS

pytestmark = pytest.mark.once
STATIC = Path(__file__).resolve().parents[1] / "static"


def test_every_component_is_in_the_one_stylesheet():
    components = {f"css/components/{path.name}" for path in (STATIC / "css/components").iterdir()}
    assert set(STYLES) == components | {"css/tokens.css", "css/base.css"}
    assert len(STYLES) == len(set(STYLES))


@pytest.mark.parametrize("name", JOINED)
def test_a_joined_file_holds_its_parts_in_their_order(name):
    joined = Path(finders.find(name)).read_text()
    places = [joined.index((STATIC / part).read_text()) for part in JOINED[name]]
    assert places == sorted(places)


def test_no_script_is_sent_twice():
    parts = [*SHARED_SCRIPTS, *PAGE_SCRIPTS, *WORKER_SCRIPTS]
    assert len(parts) == len(set(parts))
    named = "".join(path.read_text() for path in (STATIC.parent / "templates").rglob("*.html"))
    assert [part for part in parts if f"'{part}'" in named] == []


@pytest.mark.django_db
def test_a_page_asks_for_one_stylesheet_and_two_scripts(client):
    page = client.get("/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/css/cinta.css"]
    assert re.findall(r'<script src="([^"]+)"', page) == [
        "/static/js/shared.js",
        "/static/js/cinta.js",
    ]
    assert all(client.get("/static/" + name).status_code == 200 for name in JOINED)


def uses_htmx(page: str) -> bool:
    return re.search(r"\shx-[a-z]+=", page) is not None


@pytest.mark.parametrize("path", ["/", "/today/", "/symptoms/report/", "/worklist/"])
def test_htmx_comes_with_the_pages_that_use_it_and_no_other(path, sign_in, pregnancy, provider):
    reader = provider if path == "/worklist/" else pregnancy.patient
    page = sign_in(reader).get(path, follow=True).content.decode()
    assert uses_htmx(page) == ("htmx-2.min.js" in page) == ('name="htmx-config"' in page)
