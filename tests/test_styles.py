"""Her browser asks for one stylesheet, and every component is in it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from project.styles import NAME, ORDER

pytestmark = pytest.mark.once
CSS = Path(__file__).resolve().parents[1] / "static/css"


def test_every_component_is_in_the_one_stylesheet():
    components = {f"components/{path.stem}" for path in (CSS / "components").glob("*.css")}
    assert set(ORDER) == components | {"tokens", "base"} and len(ORDER) == len(set(ORDER))


def test_it_holds_the_parts_in_their_order():
    joined = Path(finders.find(NAME)).read_text()
    places = [joined.index((CSS / f"{name}.css").read_text()) for name in ORDER]
    assert places == sorted(places)


@pytest.mark.django_db
def test_a_page_asks_for_one_stylesheet(client):
    page = client.get("/").content.decode()
    assert len(re.findall(r'rel="stylesheet"', page)) == 1
    assert client.get("/static/" + NAME).status_code == 200
