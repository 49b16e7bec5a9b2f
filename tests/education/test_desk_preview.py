"""The preview at the desk: the page of a patient who is made up."""

import pytest
from bs4 import BeautifulSoup

from education.models import ChecklistItem, Source, Term, Topic, WarningSign, Week
from education.preview import Reader, ReaderForm, why_not_shown
from tests.education.desk import at, change, open_form, rich
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW = "Call us about any bleeding, even one drop."
AS = {"week": 18, "risk": "cerclage", "theme": "dark"}


@pytest.fixture
def desk(sign_in, editor):
    return sign_in(editor)


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


def preview(browser, text, **chosen):
    """Return the preview of a text as it stands in the editor's form."""
    answer = browser.get(at(text._meta.model_name, "preview_on_edit", text.pk), chosen)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_it_is_the_page_a_patient_sees(desk, topic):
    page = preview(desk, topic)
    assert page.find("h1").text == topic.title
    assert "Where this comes from" in page.text
    assert page.find("nav", attrs={"aria-label": "Main"}).find(string="Checklist")
    assert not page.find(string="Editing desk")


@pytest.mark.parametrize("model", [Topic, Week, WarningSign, ChecklistItem, Term, Source])
def test_every_kind_of_text_has_one(model, desk):
    text = model.objects.first()
    shown = preview(desk, text, **AS)
    words = BeautifulSoup("".join(text.texts) or text.title, "html.parser").find(string=True)
    assert words.strip() in shown.find("main").text


def test_it_shows_what_is_typed_and_not_saved(desk, topic):
    address = at("topic", "preview_on_edit", topic.pk)
    form = open_form(desk, topic)
    answer = desk.post(address, form | {"body": rich(NEW), "title": "Unsaved <b>title</b>"})
    assert answer.json()["is_valid"]
    page = preview(desk, topic)
    assert NEW in page.text and page.find("h1").text == "Unsaved <b>title</b>"
    assert NEW not in Topic.objects.get(pk=topic.pk).get_latest_revision_as_object().body


def test_it_shows_a_text_that_was_never_saved(desk):
    form = {"title": "Travel", "slug": "travel", "summary": "Before a trip.", "body": rich(NEW)}
    desk.post(at("topic", "preview_on_add"), form)
    answer = desk.get(at("topic", "preview_on_add"), AS)
    assert answer.status_code == 200


def test_an_old_revision_is_seen_as_a_patient_would_have(desk, topic):
    change(desk, topic, body=rich("First words."))
    first = topic.revisions.latest("pk")
    change(desk, topic, body=rich("Second words."))
    answer = desk.get(at("topic", "revisions_view", topic.pk, first.pk), AS).content.decode()
    assert "First words." in answer and "Second words." not in answer
    assert 'data-theme="dark"' in answer


def test_week_risk_and_screen_are_chosen_without_a_script_and_kept_for_this_text(desk, topic):
    page = preview(desk, topic)
    bar = page.find("aside", class_="preview-bar").find("form")
    assert bar["method"] == "get" and bar.find("button")
    names = {field["name"] for field in bar.find_all(["select", "input"])}
    assert {"week", "risk", "theme"} <= names and "language" not in names
    assert page.find("html")["data-theme"] == "light"
    preview(desk, topic, **AS)
    again = preview(desk, topic)  # Wagtail loads it anew after each word typed.
    assert again.find("html")["data-theme"] == "dark"
    assert again.find("select", attrs={"name": "week"}).find(selected=True)["value"] == "18"


def test_the_language_is_offered_once_there_are_two(settings):
    assert "language" not in ReaderForm().fields
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    assert [value for value, _ in ReaderForm().fields["language"].choices] == ["en", "es"]


def test_it_says_when_this_patient_would_not_see_the_text(desk):
    stitch = Topic.objects.filter(audience="cerclage", country="").first()
    page = preview(desk, stitch, week=41, risk="everyone", theme="light")
    said = page.find(class_="preview-bar__not").text
    assert "She is not offered this text" in said
    assert "It is for: With a stitch in place." in said
    fits = {"week": stitch.week_from, "risk": "cerclage", "theme": "light"}
    assert preview(desk, stitch, **fits).find(class_="preview-bar__not") is None


def test_it_says_when_a_country_does_not_show_the_text(desk):
    american = Topic.objects.exclude(country="").first()
    chosen = {"week": american.week_from, "risk": "cerclage", "theme": "light", "country": "GB"}
    said = preview(desk, american, **chosen).find(class_="preview-bar__not").text
    assert "This patient does not see this text." in said
    assert f"It is shown in {american.country} only." in said


def test_a_week_shows_the_visits_of_the_chosen_country(desk):
    week = Week.objects.get(number=16)
    local = week.visits_by_country.get(country="GB")
    words = BeautifulSoup(local.text, "html.parser").find("p").text
    chosen = {"week": 16, "risk": "everyone", "theme": "light"}
    assert words not in preview(desk, week, **chosen, country="US").text
    assert words in preview(desk, week, **chosen, country="GB").text


def test_the_numbers_on_it_are_those_of_the_editors_own_practice(sign_in, editor, topic, practice):
    editor.practice = practice
    editor.save()
    assert practice.phone in preview(sign_in(editor), topic).text


@pytest.mark.parametrize(
    ("text", "chosen", "reasons"),
    [
        ({"audience": "risk"}, {"risk": "everyone"}, 1),
        ({"audience": "risk"}, {"risk": "cerclage"}, 0),
        ({"week_from": 20, "week_to": 24}, {"week": 19}, 1),
        ({"week_from": 20, "week_to": 24}, {"week": 24}, 0),
        ({"country": "GB"}, {"country": "US"}, 1),
        ({"country": "GB"}, {"country": "GB"}, 0),
        ({"audience": "cerclage", "week_to": 20, "country": "GB"}, {"week": 21}, 3),
    ],
)
def test_each_reason_is_named(text, chosen, reasons):
    everyday = {"week": 20, "risk": "everyone", "theme": "light", "language": "en", "country": "US"}
    assert len(list(why_not_shown(Topic(**text), Reader(**everyday | chosen)))) == reasons


def test_nobody_else_previews_a_draft(sign_in, patient, provider, topic):
    for person in (patient, provider, UserFactory(editor=True)):
        answer = sign_in(person).get(at("topic", "preview_on_edit", topic.pk))
        assert answer.status_code in (302, 403)


def test_a_choice_that_makes_no_sense_is_not_taken(desk, topic):
    page = preview(desk, topic, week="400", risk="everyone", theme="light")
    assert page.find("h1").text == topic.title
