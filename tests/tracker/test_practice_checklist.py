"""A practice's own checklist: what it hides and writes changes nothing for any other practice."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.actions import CannotReview, approve, hide_topic, send_back
from education.forms.words import to_plain_words, to_rich_text
from education.models import ChecklistItem, HiddenItem
from education.models.approval import a_year_from_now
from tests.factories import ChecklistItemFactory, TopicFactory, a_reviewer, approved
from tracker.actions import mark_item
from tracker.checklists import progress_of
from tracker.enums import MarkKind

ITEM = "small-signs"
LIST = "/practice/checklist/"
WORDS = {
    "title": "I know where to park at night",
    "text": "Park on the roof.\n\nRing the bell <twice>.",
    "teach_back": "Ask: where do you park at night?",
    "audience": "everyone",
    "week_from": 4,
    "week_to": 42,
}


@pytest.fixture
def boss(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def item(db):
    return ChecklistItem.objects.get(slug=ITEM)


def slugs(pregnancy) -> set[str]:
    return {task.item.slug for task in progress_of(pregnancy).tasks}


def add(browser, **changed):
    return browser.post(reverse("add_practice_item"), WORDS | changed, follow=True)


def let_pass(own):
    """Let a clinician approve the newest words of an item."""
    step = own.current_workflow_state.current_task_state
    digest = step.revision.as_object().words_digest()
    approve(task_state=step, digest=digest, review_by=a_year_from_now(), by=a_reviewer())


def test_a_hidden_item_is_gone_for_this_practice_alone(
    boss, manager, pregnancy, elsewhere, sign_in
):
    boss.post(reverse("hide_item", args=[ITEM]))
    assert ITEM not in slugs(pregnancy) and ITEM in slugs(elsewhere)
    hers = sign_in(pregnancy.patient)
    assert hers.get(reverse("checklist_item", args=[ITEM])).status_code == 404
    page = boss.get(LIST).content.decode()
    assert f"Hidden by {manager.signature}" in page


def test_it_can_be_shown_again_and_what_she_did_is_still_there(boss, pregnancy, item):
    mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=pregnancy.patient)
    boss.post(reverse("hide_item", args=[ITEM]))
    boss.post(reverse("hide_item", args=[ITEM]))
    assert HiddenItem.objects.count() == 1 and progress_of(pregnancy).read == 0
    boss.post(reverse("show_item", args=[ITEM]))
    assert progress_of(pregnancy).read == 1


def test_a_providers_own_item_reaches_her_patients_and_no_one_elses(
    sign_in, provider, pregnancy, elsewhere, outsider
):
    add(sign_in(provider))
    own = ChecklistItem.objects.get(practice=provider.practice)
    assert own.slug not in slugs(pregnancy), "It waits for a clinician."
    let_pass(own)
    assert own.slug in slugs(pregnancy) and own.slug not in slugs(elsewhere)
    page = (
        sign_in(pregnancy.patient).get(reverse("checklist_item", args=[own.slug])).content.decode()
    )
    assert "<p>Park on the roof.</p>" in page and "&lt;twice&gt;" in page
    assert own.title not in sign_in(outsider).get(LIST).content.decode()


def test_another_practice_can_neither_change_hide_nor_show_it(sign_in, outsider, pregnancy):
    own = ChecklistItemFactory(practice=pregnancy.practice, title="I know our door")
    browser = sign_in(outsider)
    assert browser.post(reverse("practice_item", args=[own.slug]), WORDS).status_code == 404
    assert browser.post(reverse("hide_item", args=[own.slug])).status_code == 404
    own.refresh_from_db()
    assert own.title == "I know our door" and own.slug in slugs(pregnancy)


def test_an_item_of_the_library_is_not_changed_here(boss, item):
    assert boss.get(reverse("practice_item", args=[ITEM])).status_code == 404


def test_staff_read_where_it_stands_from_waiting_to_approved(boss, manager, pregnancy, sign_in):
    assert "A clinician reads it first." in boss.get(reverse("add_practice_item")).content.decode()
    page = add(boss).content.decode()
    assert "Waits for a clinician since" in page and "No patient sees it yet." in page
    own = ChecklistItem.objects.get(practice=manager.practice)
    let_pass(own)
    page = boss.get(LIST).content.decode()
    assert "Approved by Grace Liu, MD" in page and "Waits for a clinician" not in page
    hers = sign_in(pregnancy.patient).get(reverse("checklist_item", args=[own.slug]))
    assert "Checked by Grace Liu, MD" in hers.content.decode()


def test_sent_back_it_shows_the_comment_who_and_that_no_patient_sees_it(boss, manager):
    add(boss)
    own = ChecklistItem.objects.get(practice=manager.practice)
    step = own.current_workflow_state.current_task_state
    send_back(task_state=step, by=a_reviewer(), comment="Say which <door>.")
    for address in (LIST, reverse("practice_item", args=[own.slug])):
        page = boss.get(address).content.decode()
        assert "Sent back by Grace Liu, MD" in page and "“Say which &lt;door&gt;.”" in page
        assert "No patient sees it." in page


def test_taken_back_it_is_a_draft_that_no_clinician_can_approve(boss, manager, pregnancy):
    add(boss)
    own = ChecklistItem.objects.get(practice=manager.practice)
    step = own.current_workflow_state.current_task_state
    address = reverse("practice_item", args=[own.slug])
    page = boss.post(address, {"take_back": "on"}, follow=True).content.decode()
    assert "Taken back." in page and "A draft: nobody has been asked" in page
    with pytest.raises(CannotReview, match="is over"):
        approve(
            task_state=step,
            digest=step.revision.as_object().words_digest(),
            review_by=a_year_from_now(),
            by=a_reviewer(),
        )
    assert own.slug not in slugs(pregnancy)
    page = boss.post(address, {"take_back": "on"}, follow=True).content.decode()
    assert "Nothing was taken back." in page


def test_what_patients_read_now_stands_beside_what_waits(boss, manager, pregnancy, sign_in):
    add(boss)
    own = ChecklistItem.objects.get(practice=manager.practice)
    let_pass(own)
    address = reverse("practice_item", args=[own.slug])
    boss.post(address, WORDS | {"text": "Park on the street.\n\nRing the bell <twice>."})
    page = boss.get(address).content.decode()
    assert "Until she decides, patients read the approved words." in page
    assert "roof." in page.split("<del>")[1].split("</del>")[0]
    assert "street." in page.split("<ins>")[1].split("</ins>")[0]
    hers = sign_in(pregnancy.patient).get(reverse("checklist_item", args=[own.slug]))
    assert "on the roof" in hers.content.decode() and "street" not in hers.content.decode()


def test_two_at_once_do_not_overwrite_each_other_unasked(boss, sign_in, provider, manager):
    add(boss)
    own = ChecklistItem.objects.get(practice=manager.practice)
    address = reverse("practice_item", args=[own.slug])
    seen = own.latest_revision_id
    sign_in(provider).post(address, WORDS | {"text": "Park below.", "seen": seen})
    mine = WORDS | {"text": "Park in front.", "seen": seen}
    refused = boss.post(address, mine)
    page = refused.content.decode()
    assert "<title>Error:" in page and "Ellen Park saved other words" in page
    assert "Park in front." in page and newest(own) == "<p>Park below.</p>"
    boss.post(address, mine | {"seen": refused.context["form"]["seen"].value()})
    assert newest(own) == "<p>Park in front.</p>"
    assert own.revisions.count() == 3


def newest(own) -> str:
    return ChecklistItem.objects.get(pk=own.pk).get_latest_revision_as_object().text


HARD = "Immediate multidisciplinary consultation facilitates individualized obstetrical management."


@pytest.mark.parametrize("change", [False, True])
def test_above_grade_8_it_asks_for_a_reason_and_keeps_what_was_typed(boss, manager, change):
    name, args = "add_practice_item", []
    if change:
        add(boss)
        name, args = "practice_item", [ChecklistItem.objects.get(practice=manager.practice).slug]
    page = boss.post(reverse(name, args=args), WORDS | {"text": HARD}).content.decode()
    assert "<title>Error:" in page and "8 is the most" in page and HARD in page
    own = ChecklistItem.objects.filter(practice=manager.practice)
    assert own.count() == int(change) and not own.filter(text__contains="Immediate").exists()
    assert 'name="grade_reason"' in page
    boss.post(reverse(name, args=args), WORDS | {"text": HARD, "grade_reason": "The form’s name."})
    assert "Immediate" in newest(own.get())


def test_a_topic_of_another_practice_is_no_choice(boss, manager):
    theirs = approved(TopicFactory(title="Their own door"))
    page = boss.get(reverse("add_practice_item")).content.decode()
    assert theirs.title not in page
    assert "Choose a lesson from the list." in add(boss, topic=theirs.pk).content.decode()


def test_an_item_does_not_send_her_to_a_lesson_her_practice_hid(sign_in, pregnancy, manager, item):
    hers, address = sign_in(pregnancy.patient), reverse("checklist_item", args=[ITEM])
    assert item.topic.get_absolute_url() in hers.get(address).content.decode()
    hide_topic(topic=item.topic, by=manager)
    assert item.topic.get_absolute_url() not in hers.get(address).content.decode()


def test_a_change_keeps_the_earlier_words_and_who_wrote_them(boss, sign_in, provider, manager):
    add(boss)
    own = ChecklistItem.objects.get(practice=manager.practice)
    address = reverse("practice_item", args=[own.slug])
    assert "Ring the bell &lt;twice&gt;." in boss.get(address).content.decode()
    sign_in(provider).post(address, WORDS | {"text": "Park below."})
    let_pass(own)
    own.refresh_from_db()
    assert own.text == "<p>Park below.</p>"
    assert [each.user for each in own.revisions.order_by("created_at")] == [manager, provider]
    assert f"Last written by {provider.signature}" in boss.get(LIST).content.decode()


def test_a_retired_item_is_off_the_list_and_its_marks_stay(boss, manager, pregnancy):
    own = ChecklistItemFactory(practice=manager.practice)
    mark_item(pregnancy=pregnancy, item=own, kind=MarkKind.READ, by=pregnancy.patient)
    boss.post(reverse("hide_item", args=[own.slug]))
    assert own.slug not in slugs(pregnancy) and pregnancy.marks.count() == 1
    assert f"Retired by {manager.signature}" in boss.get(LIST).content.decode()


def test_sent_twice_it_is_one_item(boss, manager):
    for _ in range(2):
        add(boss, item_id="0b5cbe0c-6b0c-4a53-9d3c-9d2f4f2f6f11")
    assert ChecklistItem.objects.filter(practice=manager.practice).count() == 1


def test_two_practices_may_give_the_same_title(boss, sign_in, outsider, manager):
    item_id = str(uuid.uuid4())
    add(boss, item_id=item_id)
    add(sign_in(outsider))
    titles = ChecklistItem.objects.filter(title=WORDS["title"])
    assert titles.count() == 2 and len({each.slug for each in titles}) == 2


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Give it a title"),
        ("title", "x" * 121, "Keep it under 120 letters. You wrote 121."),
        ("text", " ", "Write what she should read."),
        ("teach_back", "", "Write what staff ask"),
        ("audience", "nobody", "from the list"),
        ("week_from", "soon", "Give a week from 4 to 42, as a number."),
        ("week_to", 43, "Give a week from 4 to 42, as a number."),
        ("week_from", "", "Give a week from 4 to 42, as a number."),
        ("topic", 999999, "Choose a lesson from the list."),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(boss, manager, field, value, message):
    page = add(boss, **{field: value}).content.decode()
    assert "<title>Error:" in page and message in page
    assert WORDS["title"] in page or field == "title"
    assert not ChecklistItem.objects.filter(practice=manager.practice).exists()


def test_the_last_week_does_not_come_before_the_first(boss, manager):
    assert "must not come before" in add(boss, week_from=20, week_to=10).content.decode()


def test_what_was_typed_comes_back_as_it_was():
    typed = "One & two.\nSame <paragraph>.\n\nA new one."
    assert to_plain_words(to_rich_text(typed)) == typed


def test_the_editors_list_shows_the_library_alone(sign_in, editor):
    own = ChecklistItemFactory(title="I know our door")
    page = sign_in(editor).get("/cms/snippets/education/checklistitem/").content.decode()
    assert own.title not in page and "I know the small signs" in page


def test_someone_without_a_practice_has_no_list(sign_in, manager):
    manager.practice = None
    manager.save()
    assert sign_in(manager).get(LIST).status_code == 404


@pytest.mark.parametrize("number", [10, 200])
def test_the_list_costs_the_same_however_long_it_is(boss, manager, number):
    for _ in range(number):
        own = ChecklistItemFactory(practice=manager.practice, reviewed=False)
        own.save_revision(user=manager, clean=False)
        HiddenItem.objects.create(practice=manager.practice, item=own, hidden_by=manager)
    with CaptureQueriesContext(connection) as captured:
        boss.get(LIST)
    assert len(captured) <= 13, [query["sql"][:90] for query in captured]
