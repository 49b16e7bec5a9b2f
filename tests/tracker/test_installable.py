"""Cinta on a home screen: what a phone is told of it, and the number on its icon."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from PIL import Image

from tests.tracker.faults import database_read_only
from tracker import actions
from tracker.enums import AlertOutcome, PregnancyEnd
from tracker.models import Alert

pytestmark = pytest.mark.django_db
MANIFEST, REPORT = reverse("manifest"), reverse("report_symptoms")
TOKENS = Path(settings.STATICFILES_DIRS[0]) / "css/tokens.css"


def color(name: str, theme: int) -> str:
    """Return a color of the tokens: 0 for light, 1 for dark."""
    return re.findall(rf"--{name}: (#\w+);", TOKENS.read_text())[theme]


def picture(src: str) -> Image.Image:
    return Image.open(finders.find(src.removeprefix(settings.STATIC_URL)))


def badge(page) -> str:
    """Return the number for the icon that a page carries: empty when it does not know."""
    return re.findall(r'data-open-advice="(\d*)"', page.content.decode())[0]


@pytest.fixture
def hannah(sign_in, patient, pregnancy):
    return sign_in(patient)


# -- What the phone is told ----------------------------------------------------------


def test_a_phone_is_told_how_cinta_opens(client):
    answer = client.get(MANIFEST)
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert told["name"] == told["short_name"] == "Cinta"
    assert (told["id"], told["start_url"], told["scope"]) == ("/", "/", "/")
    assert (told["display"], told["lang"], told["dir"]) == ("standalone", "en", "ltr")
    assert [each["url"] for each in told["shortcuts"]] == [REPORT, "/warning-signs/"]
    assert all(resolve(each["url"]) for each in told["shortcuts"])


def test_what_others_may_see_on_her_phone_names_no_pregnancy(client):
    text = client.get(MANIFEST).content.decode().lower()
    assert not re.search(r"pregnan|prenatal|baby|cervi|womb|mother", text)


def test_the_manifest_is_the_same_for_everyone_and_leaves_no_cookie(client, hannah):
    answer = client.get(MANIFEST)
    assert hannah.get(MANIFEST).json() == answer.json() and not answer.cookies


def test_its_colors_are_those_of_the_cloth(client):
    told = client.get(MANIFEST).json()
    assert told["theme_color"] == color("paper", 0)
    assert told["background_color"] == color("linen", 0)


@pytest.mark.parametrize("name", ["start", "account_login", "offline", "warning_signs", "library"])
def test_every_page_can_be_put_on_a_home_screen_and_colors_its_frame_by_theme(client, name):
    page = client.get(reverse(name)).content.decode()
    assert f'<link rel="manifest" href="{MANIFEST}">' in page
    assert '<meta name="apple-mobile-web-app-title" content="Cinta">' in page
    frames = dict(re.findall(r'"theme-color" content="(#\w+)" media="\(([^"]+)\)"', page))
    schemes = ("prefers-color-scheme: light", "prefers-color-scheme: dark")
    assert frames == {color("paper", each): scheme for each, scheme in enumerate(schemes)}


@pytest.mark.parametrize(("theme", "number"), [("light", 0), ("dark", 1)])
def test_a_theme_that_was_chosen_colors_the_frame_whatever_the_phone_says(theme, number):
    page = render_to_string("base.html", {"theme": theme})
    assert re.findall(r'<meta name="theme-color" ([^>]+)>', page) == [
        f'content="{color("paper", number)}"'
    ]


# -- The icons -----------------------------------------------------------------------


def test_every_icon_is_there_in_its_size_and_is_light(client):
    icons = client.get(MANIFEST).json()["icons"]
    drawn = [each for each in icons if each["type"] == "image/png"]
    assert {(each["purpose"], each["sizes"]) for each in drawn} == {
        (purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")
    }
    for each in drawn:
        assert "x".join(map(str, picture(each["src"]).size)) == each["sizes"]
        assert Path(picture(each["src"]).filename).stat().st_size < 10_000, each["src"]
    (drawing,) = (each for each in icons if each["type"] == "image/svg+xml")
    assert client.get(drawing["src"]).status_code == 200


def test_the_icon_for_apple_is_there_in_its_size(client):
    (src,) = re.findall(r'rel="apple-touch-icon" href="([^"]+)"', client.get("/").content.decode())
    assert picture(src).size == (180, 180)


@pytest.mark.parametrize("name", ["maskable-192", "maskable-512", "apple-touch-icon"])
def test_an_icon_that_is_cut_to_shape_fills_it_and_loses_nothing_of_the_mark(name):
    found = picture(f"{settings.STATIC_URL}icons/{name}.png").convert("RGBA")
    assert found.getchannel("A").getextrema() == (255, 255), "a phone would show holes"
    size, cloth = found.width, found.getpixel((0, 0))
    # The safe zone: a circle of 80 % of the width.
    mark = [
        (x - size / 2 + 0.5) ** 2 + (y - size / 2 + 0.5) ** 2
        for x in range(size)
        for y in range(size)
        if found.getpixel((x, y)) != cloth
    ]
    assert 0.3 < max(mark) ** 0.5 / size < 0.4


# -- The number on the icon ----------------------------------------------------------


def test_the_icon_counts_open_advice_until_a_person_closes_it(hannah, pregnancy, provider):
    today = reverse("today")
    assert badge(hannah.get(today)) == "0"
    # The answer to her report knows it already, also the page for the hospital.
    for sign in ("bleed_light", "bleed_heavy"):
        assert badge(hannah.post(REPORT, {"symptoms": [sign]})) == "1"
    assert badge(hannah.get(reverse("library"))) == "1"
    alert = Alert.objects.get()
    actions.acknowledge_alert(alert=alert, by=provider)
    assert badge(hannah.get(today)) == "1", "read is not closed"
    actions.resolve_alert(alert=alert, outcome=AlertOutcome.REACHED, note="", by=provider)
    assert badge(hannah.get(today)) == "0"


def test_the_icon_counts_nothing_that_is_not_stored(hannah):
    with database_read_only():
        answer = hannah.post(REPORT, {"symptoms": ["bleed_heavy"]})
    assert badge(answer) == ""
    hannah.post(REPORT, {"feel_ok": "on"})
    assert badge(hannah.get(reverse("today"))) == "0"


def test_after_the_end_the_icon_counts_no_advice(hannah, pregnancy, patient):
    hannah.post(REPORT, {"symptoms": ["bleed_light"]})
    actions.end_pregnancy(
        pregnancy=pregnancy,
        kind=PregnancyEnd.MISCARRIAGE,
        ended_on=pregnancy.practice.today(),
        by=patient,
    )
    assert badge(hannah.get(reverse("today"))) == badge(hannah.get(reverse("me"))) == "0"
    assert badge(hannah.post(REPORT, {"symptoms": ["bleed_heavy"]})) == ""


def test_a_page_of_a_stranger_or_of_staff_says_nothing_of_advice(client, sign_in, provider):
    assert badge(client.get("/")) == badge(sign_in(provider).get(reverse("worklist"))) == ""


def test_the_kept_page_does_not_know_of_advice(hannah):
    hannah.post(REPORT, {"symptoms": ["bleed_light"]})
    assert "data-open-advice" not in hannah.get(reverse("offline")).content.decode()


# -- The words -----------------------------------------------------------------------


def test_her_page_says_how_to_put_cinta_on_the_home_screen_and_that_others_may_see_it(hannah):
    page = hannah.get(reverse("me")).content.decode()
    assert "Others who see your phone may see it." in page
    assert "Add to Home Screen" in page and "How to do it on an iPhone" in page
    assert re.search(r'<button [^>]*id="install" hidden>', page), "only where the browser offers it"


def test_the_kept_page_promises_to_send_only_what_it_can_send(hannah, client):
    told, sent = "Without a network nobody is told.", "is sent when the network is back."
    hers, anyones = (each.get(reverse("offline")).content.decode() for each in (hannah, client))
    assert told in hers and sent in hers
    assert told in anyones and sent not in anyones
