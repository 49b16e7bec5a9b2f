"""The desk: who finds which texts there, and what its lists say of them."""

import datetime
import uuid
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.actions import send_back, submit_for_review
from education.desk.lists import TextsView
from education.models import ChecklistItem, OwnParagraph, Source, Topic
from education.permissions import REVIEWED, REVIEWERS
from tests.education.desk import at, change, menu, open_form
from tests.factories import ChecklistItemFactory, UserFactory, approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = datetime.timedelta(days=1)
LISTED = [model for model in REVIEWED if model is not OwnParagraph]


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


def kind(model) -> str:
    return model._meta.model_name


def page(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


@pytest.mark.parametrize("role", ["editor", "reviewer"])
@pytest.mark.parametrize("model", LISTED, ids=kind)
def test_every_page_of_a_kind_of_text_opens_for_those_who_work_on_it(
    model, role, request, sign_in, editor
):
    text = model.objects.first()
    first = text.latest_revision or text.save_revision(user=editor)
    second = text.save_revision(user=editor)
    browser = sign_in(request.getfixturevalue(role))
    pages = [
        at(kind(model), "list"),
        at(kind(model), "edit", text.pk),
        at(kind(model), "history", text.pk),
        at(kind(model), "workflow_history", text.pk),
        at(kind(model), "revisions_compare", text.pk, first.pk, second.pk),
        at(kind(model), "revisions_view", text.pk, first.pk),
        at(kind(model), "revisions_revert", text.pk, first.pk),
        at(kind(model), "preview_on_edit", text.pk),
        at(kind(model), "usage", text.pk),
    ]
    if kind(model) != "warningsign":
        pages += [at(kind(model), "add"), at(kind(model), "preview_on_add")]
    for address in pages:
        page(browser, address)


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_the_desk_has_no_pages_images_documents_or_accounts(role, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))
    for name in ("pages", "images", "documents", "users"):
        assert not any(address.startswith(f"/cms/{name}/") for address in menu(browser))
        assert browser.get(f"/cms/{name}/").status_code in (302, 403, 404)


@pytest.mark.parametrize("model", LISTED, ids=kind)
def test_a_list_costs_the_same_for_10_rows_and_for_200(model, sign_in, editor, monkeypatch):
    """Each list shows as many on one page as there are, all with a reviewer to name."""
    browser, address = sign_in(editor), at(kind(model), "list")
    monkeypatch.setattr(TextsView, "paginate_by", 500)
    first = approved(model.objects.order_by("pk").first())
    model.objects.bulk_create(copy_of(first, number) for number in range(10))
    queries_of(browser, address)
    before = queries_of(browser, address)
    model.objects.bulk_create(copy_of(first, number) for number in range(10, 200))
    assert queries_of(browser, address) == before


def queries_of(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(browser, address)
    return len(queries)


def copy_of(text, number: int):
    """Return another row like this one, which patients do not see."""
    fields = text._meta.concrete_fields
    copy = type(text)(**{field.attname: getattr(text, field.attname) for field in fields})
    own = {"slug": f"copy-{number}", "key": f"copy-{number}", "code": f"COPY_{number}"}
    own |= {"number": 1000 + number, "translation_key": uuid.uuid4(), "pk": None, "live": False}
    for name, value in own.items():
        if hasattr(copy, name):
            setattr(copy, name, value)
    return copy


def test_a_list_says_how_each_text_stands_who_checked_it_and_how_hard_it_reads(
    topic, sign_in, editor, reviewer
):
    approved(topic, reviewer=reviewer)
    topic.refresh_from_db()
    shown = rows_of(sign_in(editor), at("topic", "list") + "?q=Bleeding")[topic.title]
    assert "Patients read it" in shown and str(reviewer) in shown
    assert f"{topic.grade:.1f}" in shown and str(topic.review_by.year) in shown
    other = rows_of(sign_in(editor), at("topic", "list"))["Mood and worry"]
    assert "Nobody yet" in other


def rows_of(browser, address: str) -> dict[str, str]:
    """Return the words of each row of a list by its title."""
    table = BeautifulSoup(page(browser, address), "html.parser").find("table", class_="listing")
    rows = table.find("tbody").find_all("tr")
    cells = {row.find("a").get_text(strip=True): row.get_text(" ", strip=True) for row in rows}
    return cells


def titles(browser, **asked) -> set[str]:
    return set(rows_of(browser, at("topic", "list") + "?" + urlencode(asked)))


def test_a_list_narrows_to_what_waits_came_back_or_nobody_has_checked(
    topic, sign_in, editor, reviewer
):
    browser, others = sign_in(editor), Topic.objects.exclude(pk=topic.pk)
    checked, late, back = others[:3]
    approved(checked, reviewer=reviewer)
    Topic.objects.filter(pk=late.pk).update(review_by=timezone.localdate() - DAY)
    for text in (topic, back):
        text.save_revision(user=editor)
        step = submit_for_review(text=text, by=editor).current_task_state
    send_back(task_state=step, by=reviewer, comment="Say when to call.")
    assert titles(browser, standing="waiting") == {topic.title}
    assert titles(browser, standing="sent_back") == {back.title}
    assert titles(browser, standing="overdue") == {late.title}
    assert checked.title not in titles(browser, standing="never")
    assert topic.title in titles(browser, standing="never")
    with_stitch = titles(browser, audience="cerclage")
    assert with_stitch == {each.title for each in Topic.objects.filter(audience="cerclage")}


# -- Practices' own texts ---------------------------------------------------------------


@pytest.fixture
def own_item(practice):
    return ChecklistItemFactory(practice=practice, title="I know the roof entrance")


def test_an_editor_of_no_practice_sees_the_library_and_opens_nothing_of_a_practice(
    own_item, sign_in, editor
):
    browser = sign_in(editor)
    assert own_item.title not in page(browser, at("checklistitem", "list") + "?q=roof")
    for name in ("edit", "history", "preview_on_edit", "unpublish", "lock", "workflow_history"):
        assert browser.get(at("checklistitem", name, own_item.pk)).status_code == 404


def test_a_reviewer_sees_the_library_and_the_texts_she_may_review(
    own_item, practice, sign_in, reviewer
):
    theirs = UserFactory(reviewer=True, practice=practice)
    elsewhere = UserFactory(reviewer=True)
    elsewhere.practice = UserFactory(provider=True).practice
    elsewhere.save()
    for person in (theirs, elsewhere):
        person.groups.add(Group.objects.get(name=REVIEWERS))
    for person, sees in ((reviewer, True), (theirs, True), (elsewhere, False)):
        assert (
            own_item.title in page(sign_in(person), at("checklistitem", "list") + "?q=roof")
        ) is sees


def test_a_choice_of_lessons_offers_no_other_practices(practice, sign_in, editor, own_item):
    lesson = Topic.objects.first()
    own = Topic(
        title="Our roof", slug="our-roof", summary="x", body="<p>x</p>", locale=lesson.locale
    )
    own.practice, own.live = practice, False
    own.save()
    browser = sign_in(editor)
    offered = page(browser, reverse("wagtailsnippetchoosers_education_topic:choose"))
    assert lesson.title in offered and "Our roof" not in offered
    item = ChecklistItem.objects.filter(practice=None).first()
    change(browser, item, topic=str(own.pk))
    assert item.get_latest_revision_as_object().topic_id == item.topic_id


def test_a_practices_own_text_is_read_at_the_desk_and_changed_on_its_own_page(
    own_item, sign_in, reviewer
):
    browser = sign_in(reviewer)
    shown = page(browser, at("checklistitem", "edit", own_item.pk))
    assert "its staff change them on their own page" in shown
    before = own_item.revisions.count()
    browser.post(at("checklistitem", "edit", own_item.pk), open_form(browser, own_item))
    assert own_item.revisions.count() == before


def test_paragraphs_of_practices_are_for_reviewers_to_read(practice, sign_in, editor, reviewer):
    own = OwnParagraph.objects.create(
        practice=practice,
        topic=Topic.objects.get(slug="bleeding"),
        original="<p>Call.</p>",
        text="<p>Call the desk by the elevator.</p>",
        live=False,
    )
    assert at("ownparagraph", "list") not in menu(sign_in(editor))
    assert sign_in(editor).get(at("ownparagraph", "list")).status_code in (302, 403)
    browser = sign_in(reviewer)
    assert at("ownparagraph", "list") in menu(browser)
    assert practice.name in page(browser, at("ownparagraph", "list"))
    shown = page(browser, at("ownparagraph", "edit", own.pk))
    assert "Call the desk by the elevator." in shown and "its staff change them" in shown
    assert browser.get(at("ownparagraph", "add")).status_code in (302, 403)


@pytest.mark.parametrize("person", ["patient", "provider", "manager"])
def test_nobody_else_comes_to_the_desk(person, request, sign_in):
    browser = sign_in(request.getfixturevalue(person))
    for address in ("/cms/", at("topic", "list"), at("topic", "add"), reverse("waiting")):
        assert browser.get(address).status_code in (302, 403)


def test_no_sign_is_added_by_hand_because_the_rules_name_them(sign_in, editor, reviewer):
    for person in (editor, reviewer):
        assert sign_in(person).get(at("warningsign", "add")).status_code in (302, 403)


# -- The first page -----------------------------------------------------------------------


def test_the_first_page_names_what_came_back_what_waits_and_what_was_never_submitted(
    topic, sign_in, editor, reviewer
):
    back, draft = Topic.objects.exclude(pk=topic.pk)[:2]
    for text in (topic, back, draft):
        text.summary = "Another summary."
        text.save_revision(user=editor)
    submit_for_review(text=topic, by=editor)
    step = submit_for_review(text=back, by=editor).current_task_state
    send_back(task_state=step, by=reviewer, comment="Say when to call.")
    mine = sections(sign_in(editor))
    assert (
        "Say when to call." in mine["Sent back to you"] and back.title in mine["Sent back to you"]
    )
    assert draft.title in mine["Your drafts, not submitted"]
    assert topic.title not in mine["Your drafts, not submitted"]
    assert topic.title in mine["Your texts with a clinician"]
    hers = sections(sign_in(reviewer))
    assert topic.title in hers["Waits for you as a clinician"]
    assert back.title not in hers["Waits for you as a clinician"]
    assert draft.title not in hers["Your drafts, not submitted"]


def sections(browser) -> dict[str, str]:
    home = BeautifulSoup(page(browser, "/cms/"), "html.parser")
    return {each.find("h2").text: each.get_text(" ") for each in home.find_all("section")}


def test_the_first_page_costs_the_same_for_10_texts_and_for_50(sign_in, editor):
    browser, source = sign_in(editor), Source.objects.first()

    def draft(numbers):
        for number in numbers:
            copy = copy_of(source, number)
            copy.save()
            copy.save_revision(user=editor)

    draft(range(10))
    queries_of(browser, "/cms/")
    before = queries_of(browser, "/cms/")
    draft(range(10, 50))
    assert queries_of(browser, "/cms/") == before
