"""Where the signs stand: on their own page, and in the lesson of a week."""

import re

import pytest
from django.urls import reverse

from education.models import Topic, WarningSign
from tests.factories import PregnancyFactory
from tracker.enums import PregnancyEnd

pytestmark = pytest.mark.django_db


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def marisol(sign_in, stitched):
    return sign_in(stitched.patient)


def signs_at(browser, address) -> tuple[str, dict[str, str]]:
    """Return a page, and the level under which each sign stands in its cards."""
    page = browser.get(address).content.decode()
    levels = {}
    for code, card in re.findall(r'<section class="care care--\w+" data-urgency="(\w+)"(.*?)</section>', page, re.S):  # fmt: skip
        levels |= dict.fromkeys(re.findall(r'<li id="(\w+)"', card), code)
    return page, levels


def week(number) -> str:
    return reverse("week", args=[number])


@pytest.mark.parametrize("who", ["hannah", "marisol", "client"])
def test_what_to_look_at_first_is_open_and_every_other_sign_is_one_tap_away(who, request):
    browser = request.getfixturevalue(who)
    page, _levels = signs_at(browser, reverse("warning_signs"))
    codes = re.findall(r'<li id="(\w+)"', page)
    shown = WarningSign.objects.on_the_form(with_stitch=who == "marisol")
    assert sorted(codes) == sorted(sign.code.lower() for sign in shown)
    opened, closed = page.split("<details", 1)
    for sign in shown:
        half = opened if sign.group in ("first", "changes") else closed
        assert f'<li id="{sign.code.lower()}"' in half
    assert "<details" not in opened and " open>" not in closed


def test_each_sign_in_a_closed_group_says_its_level(hannah):
    page, _levels = signs_at(hannah, reverse("warning_signs"))
    for group in re.findall(r"<details.*?</details>", page, re.S):
        for row in re.findall(r"<li id=.*?</li>", group, re.S):
            assert re.search(r'<span class="lab lab--\w+">[^<]+</span>', row), row
    rows = dict(re.findall(r'<li id="(\w+)"(.*?)</li>', page, re.S))
    assert ">Emergency</span>" in rows["breathless"] and ">Call now</span>" in rows["dizzy"]


def test_where_to_go_stands_right_after_the_first_signs(marisol):
    page, levels = signs_at(marisol, reverse("warning_signs"))
    assert levels["bleed_light"] == "emergency"
    assert (
        page.index('id="bulge"') < page.index("Where to go:") < page.index('id="bleed_light"')
        < page.index("<details")
    )  # fmt: skip


def test_the_lesson_of_a_week_sorts_its_signs_by_that_week_and_her_record(hannah, marisol, client):
    for browser, expected in ((hannah, "urgent"), (marisol, "emergency"), (client, "urgent")):
        page, levels = signs_at(browser, week(18))
        assert levels["bleed_light"] == expected and levels["fluid_gush"] == "emergency"
        assert page.index('id="fluid_gush"') < page.index('id="urine_often"')
    assert "With a stitch, short cervix or earlier loss: Go to the hospital now" in page
    assert (
        "I have one of these" not in page and "I have one of these" in signs_at(hannah, week(18))[0]
    )


def test_reading_about_another_week_never_makes_a_sign_milder_than_it_is_today(sign_in, practice):
    order = ["contact", "urgent", "emergency"]
    hers = PregnancyFactory.create(practice=practice, age=(18, 0), earlier_loss=True)
    today = signs_at(sign_in(hers.patient), week(18))[1]
    for number in (4, 10, 30, 42):
        there = signs_at(sign_in(hers.patient), week(number))[1]
        assert all(order.index(there[code]) >= order.index(today[code]) for code in today), number


def test_a_lesson_names_what_a_stitch_makes_an_emergency(marisol, hannah):
    page, levels = signs_at(marisol, week(36))
    assert levels["stitch_pain"] == levels["stitch_labour"] == "emergency"
    assert {levels[code] for code in levels if code.startswith("stitch_")} == {"emergency"}
    assert "stitch_" not in signs_at(hannah, week(36))[0]


def test_a_lesson_gives_her_own_days_and_nobody_elses(marisol, stitched, client):
    page = marisol.get(week(16)).content.decode()
    assert "This week for you" in page and "In place since" in page
    assert "This week for you" not in client.get(week(16)).content.decode()


def test_after_an_end_a_lesson_lists_no_signs_and_no_days(hannah):
    hannah.post(reverse("end_pregnancy"), {"kind": PregnancyEnd.MISCARRIAGE})
    page = hannah.get(week(18)).content.decode()
    assert "Your cervix" in page
    assert "you notice" not in page and "This week for you" not in page


def test_beside_a_lesson_stand_the_few_lessons_that_belong_to_the_week(hannah, marisol):
    all_of_the_week = Topic.objects.live().for_week(16).count()
    for browser, expected in ((hannah, False), (marisol, True)):
        aside = browser.get(week(16)).content.decode().split("Good to read now")[1]
        links = re.findall(r'<li><a href="/learn/[^"]+">', aside.split("</section>")[0])
        assert 0 < len(links) <= 6 < all_of_the_week
        assert "The watch weeks".lower() in aside.lower()
        assert ("What a stitch is, and why" in aside) is expected


def test_the_form_keeps_a_group_open_in_which_something_is_ticked(marisol):
    page = marisol.get(reverse("report_symptoms") + "?symptoms=stitch_pain").content.decode()
    groups = re.findall(r'<details class="say more"( open)?><summary><span>([^<]+) <', page)
    assert len(groups) == 8 and [name for state, name in groups if state] == ["With a stitch"]
    assert re.search(r"With a stitch <[^>]+>10 signs<", page)
