"""Ready for a second language: each text once, in the reader's own, or else as the library has it first."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Locale

from education.models import HiddenTopic, Topic
from tests.factories import approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}


@pytest.fixture
def two_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    return Locale.objects.get_or_create(language_code="es")[0]


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


def translated(topic, locale, **words) -> Topic:
    copy = topic.copy_for_translation(locale)
    copy.live, copy.imported_digest = False, ""
    for name, value in ({"title": "Sangrado en el embarazo"} | words).items():
        setattr(copy, name, value)
    return copy


def read(client, address, **headers) -> str:
    return client.get(address, **headers).content.decode()


def test_with_one_language_no_switch_shows_and_no_page_names_its_language(client):
    page = read(client, "/learn/bleeding/")
    assert '<html lang="en" dir="ltr">' in page
    assert "/language/" not in page and "This page is in" not in page


def test_with_two_languages_the_switch_shows_and_works(client, two_languages):
    page = read(client, "/learn/bleeding/")
    assert 'action="/language/"' in page and ">Español</button>" in page
    answer = client.post(reverse("set_language"), {"language": "es", "next": "/learn/bleeding/"})
    assert answer.status_code == 302 and answer["Location"] == "/learn/bleeding/"
    assert '<html lang="es" dir="ltr">' in read(client, "/learn/bleeding/")


def test_the_switch_leads_to_no_other_site(client, two_languages):
    answer = client.post(
        reverse("set_language"), {"language": "es", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_a_translation_replaces_its_original_and_never_stands_beside_it(
    client, topic, two_languages
):
    approved(translated(topic, two_languages))
    page = read(client, "/learn/", **SPANISH)
    assert "Sangrado en el embarazo" in page and topic.title not in page
    assert page.count('href="/learn/bleeding/"') == 1
    english = read(client, "/learn/")
    assert topic.title in english and "Sangrado" not in english
    lesson = read(client, "/learn/bleeding/", **SPANISH)
    assert "<h1>Sangrado en el embarazo</h1>" in lesson
    assert '<article class="prose" data-read lang="es">' in lesson


def test_a_missing_translation_falls_back_and_says_so(client, topic, two_languages):
    page = read(client, "/learn/bleeding/", **SPANISH)
    assert f"<h1>{topic.title}</h1>" in page
    assert re.search(r"This page is in \w+\.", page)
    assert '<article class="prose" data-read lang="en">' in page


def test_a_translation_nobody_has_approved_yet_leaves_the_original(client, topic, two_languages):
    translated(topic, two_languages).save()
    assert f"<h1>{topic.title}</h1>" in read(client, "/learn/bleeding/", **SPANISH)
    assert "Sangrado" not in read(client, "/learn/", **SPANISH)


def test_what_a_practice_hides_is_hidden_in_every_language(
    topic, two_languages, practice, manager, patient, sign_in
):
    approved(translated(topic, two_languages))
    HiddenTopic.objects.create(practice=practice, topic=topic, hidden_by=manager)
    for headers in ({}, SPANISH):
        page = read(sign_in(patient), "/learn/", **headers)
        assert 'href="/learn/bleeding/"' not in page


def test_a_second_language_costs_no_more_queries(
    client, topic, two_languages, django_assert_max_num_queries
):
    approved(translated(topic, two_languages))
    with django_assert_max_num_queries(2):
        read(client, "/learn/", **SPANISH)
    with django_assert_max_num_queries(2):
        read(client, "/learn/bleeding/", **SPANISH)


def test_the_report_form_asks_each_sign_once_in_either_language(two_languages, patient, sign_in):
    from_english = read(sign_in(patient), reverse("report_symptoms"))
    in_spanish = read(sign_in(patient), reverse("report_symptoms"), **SPANISH)
    boxes = re.compile(r'name="symptoms" value="(\w+)"')
    assert boxes.findall(from_english) == boxes.findall(in_spanish)
    assert len(boxes.findall(in_spanish)) == len(set(boxes.findall(in_spanish)))
