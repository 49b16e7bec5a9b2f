"""What a practice makes of the library for its own patients, and what it does to nobody else's."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.actions import approve, send_back, submit_for_review
from education.importing import LoadReport, report_one
from education.models import HiddenTopic, OwnParagraph, Topic, Week
from education.models.approval import a_year_from_now
from education.paragraphs import in_place_of, may_replace, paragraphs, replaceable, with_ours
from education.permissions import is_reviewer
from education.templatetags.lessons import lesson as clean
from tests.factories import TopicFactory, UserFactory, a_reviewer, approved

PAGE = "/practice/library/"
TOPIC = "visits-and-vaccines"
WORDS = {
    "title": "Parking at our clinic",
    "summary": "Where to leave your car.",
    "body": "Park on the roof.\n\nRing the <b>bell</b>.<script>alert(1)</script>",
    "audience": "everyone",
    "week_from": 4,
    "week_to": 42,
}
HARD = "Immediate multidisciplinary consultation facilitates individualized obstetrical management."


@pytest.fixture
def boss(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def other_boss(sign_in, elsewhere):
    """The manager of another practice."""
    return sign_in(UserFactory(manager=True, practice=elsewhere.practice))


@pytest.fixture
def hers(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def theirs(sign_in, elsewhere):
    return sign_in(elsewhere.patient)


def let_pass(text, reviewer=None):
    """Let a clinician approve the newest words of a text."""
    step = text.current_workflow_state.current_task_state
    digest = step.revision.as_object().words_digest()
    reviewer = reviewer or a_reviewer()
    approve(task_state=step, digest=digest, review_by=a_year_from_now(), by=reviewer)


def page(browser, name: str, *args) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


def add(browser, **changed):
    return browser.post(reverse("practice_add_topic"), WORDS | changed, follow=True)


def own_topic(practice) -> Topic:
    return Topic.objects.get(practice=practice)


# -- Hiding topics of the library ----------------------------------------------------------------


def hide(browser, slug=TOPIC):
    return browser.post(reverse("practice_hide_topic", args=[slug]), follow=True)


def test_a_hidden_topic_is_gone_for_her_everywhere_and_stays_for_others(
    boss, hers, theirs, manager
):
    title = Topic.objects.get(slug=TOPIC).title
    for browser in (hers, theirs):
        assert title in page(browser, "library")
    assert f"Hidden by {manager.signature}" in hide(boss).content.decode()
    assert title not in page(hers, "library")
    answer = hers.get(reverse("topic", args=[TOPIC]))
    assert answer.status_code == 404 and "not open yet" not in answer.content.decode()
    assert title in page(theirs, "library")
    assert theirs.get(reverse("topic", args=[TOPIC])).status_code == 200


def test_a_hidden_topic_is_not_on_the_page_of_any_of_its_weeks(boss, hers):
    shown = Topic.objects.get(slug="weeks-14-to-20")
    assert shown.title in page(hers, "week", 18)
    hide(boss, shown.slug)
    assert shown.title not in page(hers, "week", 18)


def test_a_hidden_topic_is_not_on_her_first_page(boss, hers):
    shown = hers.get(reverse("today")).context["topics"]
    for each in list(shown):
        assert each.title in page(hers, "today")
        hide(boss, each.slug)
        assert each not in hers.get(reverse("today")).context["topics"]


def test_shown_again_it_is_back(boss, hers, manager):
    hide(boss)
    hide(boss)
    assert HiddenTopic.objects.count() == 1
    boss.post(reverse("practice_show_topic", args=[TOPIC]))
    assert hers.get(reverse("topic", args=[TOPIC])).status_code == 200


def test_hiding_warns_when_checklist_items_point_at_the_topic(boss):
    item = Topic.objects.filter(items__isnull=False).first().items.first()
    warned = page(boss, "practice_hide_topic", item.topic.slug)
    assert "of your checklist" in warned and item.title in warned
    without = Topic.objects.filter(items=None, practice=None, country__in=["", "US"]).first()
    assert "of your checklist" not in page(boss, "practice_hide_topic", without.slug)


# -- Topics of one's own -------------------------------------------------------------------------


def test_an_own_topic_reaches_her_patients_once_approved_and_no_one_elses(
    boss, hers, theirs, manager
):
    assert "It waits for a clinician; no patient sees it yet." in add(boss).content.decode()
    own = own_topic(manager.practice)
    assert hers.get(own.get_absolute_url()).status_code == 404
    assert WORDS["title"] not in page(hers, "library")
    let_pass(own)
    shown = page(hers, "topic", own.slug)
    assert "<p>Park on the roof.</p>" in shown and "Checked by Grace Liu, MD" in shown
    assert "From your practice" in shown
    assert "&lt;b&gt;bell&lt;/b&gt;" in shown and "<script>alert" not in shown
    assert WORDS["title"] in page(hers, "library") and WORDS["title"] in page(hers, "week", 18)
    assert theirs.get(own.get_absolute_url()).status_code == 404
    assert WORDS["title"] not in page(theirs, "library")
    assert "Approved by Grace Liu, MD" in boss.get(PAGE).content.decode()


def test_a_reviewer_of_another_practice_does_not_decide_hers_does(boss, sign_in, manager, hers):
    add(boss)
    step = own_topic(manager.practice).current_workflow_state.current_task_state
    stranger, ours = a_reviewer(), a_reviewer()
    stranger.practice, ours.practice = UserFactory(manager=True).practice, manager.practice
    stranger.save()
    ours.save()
    address = reverse("review", args=[step.pk])
    assert is_reviewer(stranger) and sign_in(stranger).get(address).status_code in (302, 403)
    browser = sign_in(ours)
    form = browser.get(address).context["form"]
    day = f"{a_year_from_now():%Y-%m-%d}"
    browser.post(address, {"digest": form["digest"].value(), "review_by": day, "approve": "yes"})
    assert WORDS["title"] in page(hers, "library")


def test_sent_back_the_comment_is_quoted_and_the_words_can_be_sent_again(boss, manager, hers):
    add(boss)
    own = own_topic(manager.practice)
    step = own.current_workflow_state.current_task_state
    send_back(task_state=step, by=a_reviewer(), comment="Which roof?")
    for shown in (page(boss, "practice_library"), page(boss, "practice_topic", own.slug)):
        assert "Sent back by Grace Liu, MD" in shown and "“Which roof?”" in shown
    address = reverse("practice_topic", args=[own.slug])
    boss.post(address, WORDS | {"body": "Park on the east roof."})
    let_pass(own)
    assert "east roof" in page(hers, "topic", own.slug)
    assert own.revisions.count() == 2


def test_a_change_waits_while_patients_read_the_approved_words(boss, manager, hers):
    add(boss)
    own = own_topic(manager.practice)
    let_pass(own)
    address = reverse("practice_topic", args=[own.slug])
    boss.post(address, WORDS | {"body": "Park below."})
    assert "Park on the roof." in page(hers, "topic", own.slug)
    shown = page(boss, "practice_topic", own.slug)
    assert "Until she decides, patients read the approved words." in shown
    assert "<ins>" in shown and "<del>" in shown
    boss.post(address, {"take_back": "on"})
    assert "Newer words are a draft" in page(boss, "practice_topic", own.slug)
    assert "Park on the roof." in page(hers, "topic", own.slug)


def test_withdrawn_it_is_off_her_screen_at_once_and_comes_back_only_by_review(boss, manager, hers):
    add(boss)
    own = own_topic(manager.practice)
    let_pass(own)
    address = reverse("practice_topic", args=[own.slug])
    boss.post(address, WORDS | {"body": "Park below."})
    step = own.current_workflow_state.current_task_state
    shown = boss.post(address, {"withdraw": "on"}, follow=True).content.decode()
    assert f"Withdrawn by {manager.signature}" in shown and "Park below." in shown
    assert hers.get(own.get_absolute_url()).status_code == 404
    step.refresh_from_db()
    assert step.status == "cancelled", "What waited must not go live later."
    boss.post(address, WORDS)
    assert hers.get(own.get_absolute_url()).status_code == 404
    let_pass(own)
    assert hers.get(own.get_absolute_url()).status_code == 200


def test_two_managers_at_once_do_not_overwrite_each_other_unasked(boss, sign_in, practice):
    add(boss)
    own = own_topic(practice)
    joan = UserFactory(manager=True, practice=practice, first_name="Joan", last_name="Wu")
    seen, address = own.latest_revision_id, reverse("practice_topic", args=[own.slug])
    sign_in(joan).post(address, WORDS | {"body": "Hers.", "seen": seen})
    refused = boss.post(address, WORDS | {"body": "Mine.", "seen": seen})
    shown = refused.content.decode()
    assert "<title>Error:" in shown and "Joan Wu saved other words" in shown and "Mine." in shown
    again = refused.context["form"]["seen"].value()
    boss.post(address, WORDS | {"body": "Mine.", "seen": again})
    assert Topic.objects.get(pk=own.pk).get_latest_revision_as_object().body == "<p>Mine.</p>"


def test_sent_twice_it_is_one_topic(boss, practice):
    for _ in range(2):
        add(boss, topic_id="0b5cbe0c-6b0c-4a53-9d3c-9d2f4f2f6f11")
    assert Topic.objects.filter(practice=practice).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Give it a title"),
        ("title", "x" * 101, "Keep it under 100 letters. You wrote 101."),
        ("summary", "", "Say in one sentence"),
        ("body", " \n ", "Write what she should read."),
        ("body", HARD, "8 is the most"),
        ("audience", "nobody", "from the list"),
        ("week_from", "soon", "Give a week from 4 to 42, as a number."),
        ("week_from", 41, None),
        ("week_to", 43, "Give a week from 4 to 42, as a number."),
        ("week_to", 3, "Give a week from 4 to 42, as a number."),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(boss, practice, field, value, message):
    wrong = {field: value} if message else {"week_from": 20, "week_to": 10}
    shown = add(boss, **wrong).content.decode()
    message = message or "The last week must not come before the first."
    assert "<title>Error:" in shown and message in shown
    kept = WORDS | wrong
    assert all(str(kept[name]) in shown for name in ("title", "week_from", "week_to"))
    assert not Topic.objects.filter(practice=practice).exists()


def test_a_reason_lets_hard_words_through_to_the_clinician(boss, practice):
    add(boss, body=HARD, grade_reason="The name of the form.")
    assert own_topic(practice).get_latest_revision_as_object().grade_reason


def test_another_practice_finds_none_of_it_and_changes_nothing(other_boss, boss, practice):
    add(boss)
    own = own_topic(practice)
    let_pass(own)
    for sent in (WORDS | {"body": "Not yours."}, {"withdraw": "on"}, {"take_back": "on"}):
        address = reverse("practice_topic", args=[own.slug])
        assert other_boss.post(address, sent).status_code == 404
    assert other_boss.post(reverse("practice_hide_topic", args=[own.slug])).status_code == 404
    own.refresh_from_db()
    assert own.live and own.revisions.count() == 1


def test_the_same_file_name_as_an_own_topic_does_not_meet_it(boss, practice):
    """An own topic has an address that no file of the library will ever have."""
    add(boss, title="Bleeding")
    assert own_topic(practice).slug.startswith("bleeding-")
    assert Topic.objects.filter(slug="bleeding").count() == 1


# -- Paragraphs in the practice's words -----------------------------------------------------------


def first_paragraph(practice):
    return replaceable(Topic.objects.get(slug=TOPIC).body, practice)[0]


def write(browser, practice, text="Ring (505) 555-0142.", kind="topic", key=TOPIC, which=None):
    which = which or first_paragraph(practice)
    address = reverse("practice_add_paragraph", args=[kind, key, which.key])
    return browser.post(address, {"text": text}, follow=True)


@pytest.fixture
def ours(boss, practice) -> OwnParagraph:
    """A paragraph of the practice's, approved and on the patients' screen."""
    write(boss, practice)
    own = OwnParagraph.objects.get(practice=practice)
    let_pass(own)
    return OwnParagraph.objects.get(pk=own.pk)


def test_after_approval_her_patients_read_ours_with_whose_words_they_are(
    boss, hers, theirs, practice, client
):
    library = first_paragraph(practice).words
    write(boss, practice)
    assert library in plain(page(hers, "topic", TOPIC))
    assert "555-0142." not in article(page(hers, "topic", TOPIC))
    let_pass(OwnParagraph.objects.get(practice=practice))
    shown = article(page(hers, "topic", TOPIC))
    assert "Ring (505) 555-0142." in shown and f"From {practice.name}" in shown
    assert library not in plain(shown)
    for browser in (theirs, client):
        assert library in plain(page(browser, "topic", TOPIC))
        assert "Ring (505) 555-0142." not in page(browser, "topic", TOPIC)


def article(html: str) -> str:
    return html.split("<article")[1].split("</article>")[0]


def plain(html: str) -> str:
    return html.replace("&#x27;", "'").replace("&amp;", "&")


def test_a_week_shows_our_words_about_its_visits(boss, hers, practice):
    week = next(each for each in Week.objects.all() if replaceable(each.visits, practice))
    library = replaceable(week.visits, practice)[0]
    write(boss, practice, kind="week", key=week.number, which=library)
    let_pass(OwnParagraph.objects.get(week=week))
    shown = article(page(hers, "week", week.number))
    assert "Ring (505) 555-0142." in shown and library.words not in plain(shown)


def update_library(old: str, new: str) -> Topic:
    """Let a newer file of the library come, with other words in one place."""
    topic = Topic.objects.get(slug=TOPIC)
    assert old in topic.body
    content = topic.content() | {"body": topic.body.replace(old, new)}
    report = LoadReport()
    report_one(report, TOPIC, Topic, {"slug": TOPIC}, content)
    assert report.counts == {"updated": 1}
    return Topic.objects.get(slug=TOPIC)


def other_words(practice, extra=" Bring a friend to each visit.") -> str:
    """Change the library's paragraph beneath ours, and return its new words."""
    old = first_paragraph(practice).html.removeprefix("<p>").removesuffix("</p>")
    update_library(old, old + extra)
    return extra.strip()


def test_changed_beneath_ours_the_librarys_new_words_are_shown_and_the_manager_sees_what_changed(
    boss, hers, practice, ours
):
    new = other_words(practice)
    shown = article(page(hers, "topic", TOPIC))
    assert new in shown and "Ring (505)" not in shown
    assert "The library changed this paragraph" in page(boss, "practice_library")
    seen = page(boss, "practice_paragraph", ours.public_id)
    assert "Your patients read the library’s words." in seen
    assert new in seen.split("<ins>")[1].split("</ins>")[0]
    assert "Keep ours on the new text" in seen and "Use the library’s" in seen


def test_kept_on_the_new_text_ours_comes_back_after_a_new_review(boss, hers, practice, ours):
    other_words(practice)
    address = reverse("practice_paragraph", args=[ours.public_id])
    key = boss.get(address).context["fit"].new.key
    boss.post(address, {"keep": key})
    assert "Ring (505)" not in article(page(hers, "topic", TOPIC)), "It waits for a clinician."
    assert "Keep ours" not in page(boss, "practice_paragraph", ours.public_id)
    let_pass(OwnParagraph.objects.get(pk=ours.pk))
    assert "Ring (505)" in article(page(hers, "topic", TOPIC))
    assert "Your patients read your words." in page(boss, "practice_paragraph", ours.public_id)


def test_keeping_ours_on_a_text_that_changed_again_changes_nothing(boss, practice, ours):
    other_words(practice)
    address = reverse("practice_paragraph", args=[ours.public_id])
    key = boss.get(address).context["fit"].new.key
    update_library("Bring a friend to each visit.", "Bring two friends to each visit.")
    shown = boss.post(address, {"keep": key}, follow=True).content.decode()
    assert "changed this paragraph again" in shown
    assert OwnParagraph.objects.get(pk=ours.pk).current_workflow_state is None


def test_words_sent_while_the_library_changed_are_refused_and_kept(boss, practice, ours):
    other_words(practice)
    address = reverse("practice_paragraph", args=[ours.public_id])
    shown = boss.post(address, {"text": "Ring the other number."}).content.decode()
    assert "<title>Error:" in shown and "Look at what changed first" in shown
    assert "Ring the other number." in shown and ours.revisions.count() == 1


def test_the_librarys_words_are_used_and_ours_are_kept_as_a_text(boss, hers, practice, ours):
    boss.post(reverse("practice_paragraph", args=[ours.public_id]), {"withdraw": "on"})
    assert "Ring (505)" not in article(page(hers, "topic", TOPIC))
    seen = page(boss, "practice_paragraph", ours.public_id)
    assert "Withdrawn by" in seen and "Ring (505) 555-0142." in seen


def test_a_change_elsewhere_in_the_lesson_leaves_ours_where_it_is(hers, practice, ours):
    update_library("Your questions, written down.", "Your questions, on paper.")
    assert "Ring (505)" in article(page(hers, "topic", TOPIC))


def test_a_new_paragraph_that_sends_to_the_hospital_is_never_replaced(boss, hers, practice, ours):
    new = other_words(practice, " If you bleed, go to the hospital.")
    assert new in article(page(hers, "topic", TOPIC))
    seen = boss.get(reverse("practice_paragraph", args=[ours.public_id]))
    assert "They stay as they are." in seen.content.decode()
    assert "Keep ours" not in seen.content.decode()
    key = seen.context["fit"].new.key
    boss.post(reverse("practice_paragraph", args=[ours.public_id]), {"keep": key})
    assert OwnParagraph.objects.get(pk=ours.pk).current_workflow_state is None


def test_a_paragraph_that_is_gone_is_said_to_be_gone(boss, hers, practice, ours):
    old = first_paragraph(practice).html.removeprefix("<p>").removesuffix("</p>")
    update_library(old, "Sunshine.")
    assert "The library took this paragraph out" in page(boss, "practice_paragraph", ours.public_id)
    assert "Ring (505)" not in article(page(hers, "topic", TOPIC))


def test_no_paragraph_about_help_is_offered_in_the_whole_library(practice):
    for topic in Topic.objects.all():
        for each in replaceable(topic.body, practice):
            words = each.words.lower()
            for grave in (
                "hospital",
                "emergency",
                "911",
                "988",
                "right away",
                practice.mood_number,
            ):
                assert grave not in words, (topic, words)


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("Call us to change your visit.", True),
        ("Unsure? Call us.", True),
        ("Bring your notes to each appointment.", True),
        ("Rest when you can.", False),
        ("They recall the visitor.", False),
        ("Call us, or go to the hospital.", False),
        ("Phone 911.", False),
        ("Phone 112 now.", False),
        ("Call right away.", False),
        ("Call the Emergency line.", False),
    ],
)
def test_only_words_about_visits_and_calls_may_be_replaced(words, may, practice):
    assert may_replace(words, practice) is may


def test_the_emergency_number_of_the_practice_is_never_replaced(practice):
    practice.emergency_number = "144"
    assert not may_replace("Call 144 first, then our clinic.", practice)


def test_paragraphs_are_found_in_lists_and_with_entities_and_attributes():
    html = '<h2>A</h2>\n<p data-block-key="x">One &amp; <b>two</b>\nlines.</p><ul>\n<li>three</li><li><p>four</p></li><li>five<ul><li>six</li></ul></li></ul><p> </p>'
    found = [each.words for each in paragraphs(html)]
    assert found == ["One & two lines.", "three", "four", "six"]


def test_ours_in_a_list_stays_in_the_list_and_no_script_gets_through(practice):
    own = OwnParagraph(practice=practice, original="<p>Call <b>us</b>.</p>", text="<p>Ring.</p><script>x()</script>")  # fmt: skip
    shown = with_ours("<ul><li>One.</li><li>Call us.</li></ul>", [own], practice, clean)
    assert shown.startswith("<ul><li>One.</li><li><div") and shown.endswith("</div></li></ul>")
    assert "Ring." in shown and "script" not in shown and f"From {practice.name}" in shown


def test_a_paragraph_that_sends_to_the_hospital_stays_even_if_ours_was_approved_for_it(practice):
    html = "<p>Call us, then go to the hospital.</p>"
    own = OwnParagraph(practice=practice, original=html, text="<p>Come on Monday.</p>")
    assert with_ours(html, [own], practice, clean) == html


def test_what_took_its_place_is_the_most_alike(practice):
    html = "<p>Call us to change a visit or to cancel it.</p><p>Drink water.</p>"
    assert in_place_of(html, "<p>Call us to change a visit.</p>").words.startswith("Call us")
    assert in_place_of(html, "<p>Sunshine helps everybody sleep.</p>") is None


def test_two_managers_do_not_both_write_one_paragraph_and_nothing_typed_is_lost(
    boss, sign_in, practice
):
    write(boss, practice)
    write(boss, practice)
    assert OwnParagraph.objects.count() == 1
    joan = sign_in(UserFactory(manager=True, practice=practice))
    shown = write(joan, practice, "Our other number.").content.decode()
    assert "has words for this paragraph already" in shown and "Our other number." in shown
    assert OwnParagraph.objects.count() == 1


def test_a_paragraph_that_changed_while_she_wrote_is_refused_with_her_words_kept(boss, practice):
    which = first_paragraph(practice)
    shown = write(boss, practice, which=replace(which, html="<p>Call.</p>")).content.decode()
    assert "<title>Error:" in shown and "choose it again" in shown and "Ring (505)" in shown
    assert not OwnParagraph.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"), [("", "Write what she should read"), (HARD, "8 is the most")]
)
def test_a_bad_paragraph_is_refused(boss, practice, text, message):
    shown = write(boss, practice, text).content.decode()
    assert "<title>Error:" in shown and message in shown and text in shown
    assert not OwnParagraph.objects.exists()


def test_another_practices_paragraph_is_not_found_and_not_changed(other_boss, ours):
    address = reverse("practice_paragraph", args=[ours.public_id])
    for sent in ({"text": "Not yours."}, {"withdraw": "on"}, {"keep": "x"}):
        assert other_boss.post(address, sent).status_code == 404
    assert other_boss.get(address).status_code == 404
    ours.refresh_from_db()
    assert ours.live and ours.revisions.count() == 1


@pytest.mark.parametrize(
    ("kind", "key"), [("week", "99"), ("week", "x"), ("sign", "1"), ("topic", "none")]
)
def test_a_lesson_that_is_none_is_not_found(boss, kind, key):
    assert boss.get(reverse("practice_lesson", args=[kind, key])).status_code == 404


def test_an_own_topic_has_no_paragraphs_to_replace(boss, practice):
    own = approved(TopicFactory(practice=practice))
    assert boss.get(reverse("practice_lesson", args=["topic", own.slug])).status_code == 404


def test_every_lesson_says_which_paragraphs_may_be_replaced(boss, ours):
    assert "Open our words" in page(boss, "practice_lesson", "topic", TOPIC)
    for number in (4, 16, 28, 42):
        assert "Our words: Week" in page(boss, "practice_lesson", "week", number)


# -- Costs ------------------------------------------------------------------------------------------


def fill(practice, manager, numbers: range) -> None:
    """Add topics of the practice's own, each with a version that waits, and paragraphs."""
    lesson = Topic.objects.get(slug=TOPIC)
    for _number in numbers:
        own = TopicFactory(practice=practice)
        own.save_revision(user=manager, clean=False)
        submit_for_review(text=own, by=manager)
        paragraph = OwnParagraph.objects.create(
            practice=practice, topic=lesson, original=f"<p>{uuid.uuid4()}</p>", text="<p>x</p>", live=False
        )  # fmt: skip
        paragraph.save_revision(user=manager, clean=False)


def test_the_page_costs_the_same_for_10_own_topics_and_for_200(boss, practice, manager):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert boss.get(PAGE).status_code == 200
        return len(captured)

    fill(practice, manager, range(10))
    queries()
    few = queries()
    fill(practice, manager, range(10, 200))
    assert queries() == few <= 30


def test_her_lesson_costs_one_query_more_for_our_words(hers, ours):
    with CaptureQueriesContext(connection) as captured:
        page(hers, "topic", TOPIC)
    assert sum("ownparagraph" in each["sql"] for each in captured) == 1
