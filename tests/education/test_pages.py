"""The lessons as readers see them."""

from html import escape

import pytest
from django.urls import reverse

from education.models import Topic, Week
from tests.factories import approved

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", range(4, 43))
def test_every_week_has_a_page_with_its_parts_and_sources(client, number):
    page = client.get(reverse("week", args=[number])).content.decode()
    for part in ("Your baby", "Your body", "Your cervix", "To do this week", "Visits and tests"):
        assert f"<h2>{part}</h2>" in page
    assert "Where this comes from" in page and 'href="https://' in page
    assert "No clinician has checked this page yet." in page


@pytest.mark.parametrize("number", [0, 3, 43, 45, 100])
def test_a_week_outside_4_to_42_is_not_found(client, number):
    assert client.get(reverse("week", args=[number])).status_code == 404


def test_every_topic_opens_with_its_sources(client):
    for topic in Topic.objects.in_country("US"):
        page = client.get(topic.get_absolute_url()).content.decode()
        assert f"<h1>{escape(topic.title)}</h1>" in page
        assert "Where this comes from" in page


def test_a_fact_of_one_country_is_shown_only_there(client, patient, practice, sign_in):
    week = Week.objects.get(number=16)
    british = week.visits_by_country.get(country="GB").text
    words = british.removeprefix("<p>")[:40]
    assert words not in client.get(week.get_absolute_url()).content.decode()
    practice.country = "GB"
    practice.save()
    assert words in sign_in(patient).get(week.get_absolute_url()).content.decode()
    assert sign_in(patient).get("/learn/mood-and-worry/").status_code == 404


def test_an_unpublished_lesson_is_not_found(client):
    Topic.objects.get(slug="bleeding").unpublish()
    assert client.get("/learn/bleeding/").status_code == 404
    assert "Bleeding" not in client.get("/learn/").content.decode()


def test_pasted_script_and_markup_never_reach_the_page(client):
    topic = Topic.objects.get(slug="bleeding")
    topic.body = (
        '<p onclick="x()">kept<script>alert(1)</script><o:p class="MsoNormal">Word</o:p></p>'
    )
    approved(topic)
    page = client.get("/learn/bleeding/").content.decode()
    assert (
        "kept" in page
        and "alert(1)" not in page
        and "onclick" not in page
        and "MsoNormal" not in page
    )


def test_an_editor_previews_a_draft_before_anyone_sees_it(editor, sign_in):
    topic = Topic.objects.get(slug="bleeding")
    topic.body = "<p>Only a draft.</p>"
    topic.save_revision()
    browser = sign_in(editor)
    address = reverse(
        "wagtailsnippets_education_topic:revisions_view", args=[topic.pk, topic.latest_revision_id]
    )
    assert "Only a draft." in browser.get(address).content.decode()
    assert "Only a draft." not in browser.get(topic.get_absolute_url()).content.decode()


def test_a_range_of_weeks_that_runs_backwards_is_refused():
    topic = Topic.objects.get(slug="bleeding")
    topic.week_from, topic.week_to = 20, 10
    with pytest.raises(Exception, match="must not come before the first"):
        topic.full_clean()


def test_the_library_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/learn/")
