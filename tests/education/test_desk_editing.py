"""Writing at the desk: what is kept, who is told, and what is refused with a way out."""

import datetime
import re
from contextlib import ExitStack

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from education.actions import approve, send_back, submit_for_review
from education.desk.words import FORMS
from education.facts import register
from education.models import ChecklistItem, Source, Term, Topic, WarningSign, Week
from education.models.approval import a_year_from_now
from tests.education.desk import at, autosave, change, open_form, rich, save, submit, typed
from tests.factories import UserFactory, a_reviewer, approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW = "Call us about any bleeding, even one drop."
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


@pytest.fixture
def desk(sign_in, editor):
    """The editor's browser."""
    return sign_in(editor)


@pytest.fixture
def another(sign_in, editor):
    """Another editor's browser."""
    other = UserFactory(editor=True, first_name="Ruth", last_name="Okafor")
    other.groups.set(editor.groups.all())
    return sign_in(other)


def newest(text):
    return type(text)._default_manager.get(pk=text.pk).get_latest_revision_as_object()


def read_by_patients(client, slug="bleeding") -> str:
    return client.get(reverse("topic", args=[slug])).content.decode()


def said(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def decide(text, reviewer=None):
    """Let a clinician approve the words that wait."""
    step = text.current_workflow_state.current_task_state
    digest = step.revision.as_object().words_digest()
    return approve(
        task_state=step, digest=digest, review_by=a_year_from_now(), by=reviewer or a_reviewer()
    )


# -- Drafts -------------------------------------------------------------------------------


def test_a_saved_draft_is_kept_and_patients_do_not_see_it(topic, desk, client):
    answer = change(desk, topic, body=rich(NEW))
    assert answer.status_code == 200 and NEW in newest(topic).body
    assert NEW not in read_by_patients(client)


def test_what_is_saved_while_typing_is_kept_and_patients_do_not_see_it(topic, desk, client):
    form = open_form(desk, topic)
    answer = autosave(desk, topic, form, body=rich(NEW))
    assert answer.status_code == 200 and answer.json()["success"]
    assert NEW in newest(topic).body and NEW not in read_by_patients(client)
    last = {"overwrite_revision_id": answer.json()["revision_id"]}
    autosave(desk, topic, form | last, body=rich(NEW + " Day or night."))
    assert "Day or night." in newest(topic).body
    assert topic.revisions.count() == 2  # As it came, and one draft that was saved over.


def test_saving_without_a_change_changes_no_word(desk):
    for text in (Topic.objects.first(), Week.objects.get(number=16), Term.objects.first()):
        before = text.words_digest()
        change(desk, text)
        assert newest(text).words_digest() == before


def test_a_new_text_is_a_draft_until_a_clinician_approves_it(desk, client, topic):
    form = typed(desk.get(at("topic", "add")))
    form |= {"title": "Travel", "slug": "travel", "summary": "Before a trip.", "body": rich(NEW)}
    desk.post(at("topic", "add"), form | {"action-submit": "1"}, follow=True)
    travel = Topic.objects.get(slug="travel")
    assert not travel.live and client.get("/learn/travel/").status_code == 404
    decide(travel)
    assert NEW in read_by_patients(client, "travel")


def test_two_drafts_are_compared_word_by_word(topic, desk):
    change(desk, topic, summary="Call about any bleeding.")
    first = topic.revisions.latest("pk")
    change(desk, topic, summary="Call about heavy bleeding.")
    second = topic.revisions.latest("pk")
    shown = said(desk.get(at("topic", "revisions_compare", topic.pk, first.pk, second.pk)))
    assert re.search(r'deletion">any</span>', shown) and re.search(r'addition">heavy</span>', shown)


# -- Two people at one text -----------------------------------------------------------------


def test_the_second_of_two_saves_keeps_both_and_says_who_saved_when(topic, desk, another):
    mine, theirs = open_form(desk, topic), open_form(another, topic)
    save(another, topic, theirs, body=rich("Ruth wrote this."))
    first = topic.revisions.latest("pk")
    answer = save(desk, topic, mine, body=rich("The editor wrote this."))
    second = topic.revisions.latest("pk")
    assert "Ruth wrote this." in first.as_object().body
    assert "The editor wrote this." in second.as_object().body
    assert "Ruth Okafor" in said(answer) and "Both are kept" in said(answer)
    assert at("topic", "revisions_compare", topic.pk, first.pk, second.pk) in said(answer)


def test_a_stale_form_is_kept_as_a_draft_and_not_submitted(topic, desk, another):
    mine = open_form(desk, topic)
    change(another, topic, body=rich("Ruth wrote this."))
    answer = save(desk, topic, mine, body=rich(NEW), **{"action-submit": "1"})
    assert "Compare them before you submit" in said(answer)
    assert NEW in newest(topic).body and newest(topic).current_workflow_state is None


def test_what_is_saved_while_typing_never_goes_over_anothers_words(topic, desk, another):
    form = open_form(desk, topic)
    mine = autosave(desk, topic, form, body=rich("Mine.")).json()["revision_id"]
    change(another, topic, body=rich("Ruth wrote this."))
    for last in ({}, {"overwrite_revision_id": mine}):
        answer = autosave(desk, topic, form | last, body=rich("Mine, longer."))
        assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert "Ruth wrote this." in newest(topic).body
    answer = save(desk, topic, form | {"overwrite_revision_id": mine}, body=rich("Mine, longer."))
    assert "Ruth Okafor" in said(answer) and "Mine, longer." in newest(topic).body
    assert "Ruth wrote this." in "".join(each.content["body"] for each in topic.revisions.all())


def test_words_a_clinician_has_read_are_never_saved_over(topic, desk, editor, client, reviewer):
    form = open_form(desk, topic)
    saved = autosave(desk, topic, form, body=rich(NEW)).json()
    step = submit_for_review(text=topic, by=editor).current_task_state
    send_back(task_state=step, by=reviewer, comment="Say when.")
    last = {"overwrite_revision_id": saved["revision_id"]}
    assert autosave(desk, topic, form | last, body=rich("Later words.")).status_code == 200
    assert NEW in Revision.objects.get(pk=saved["revision_id"]).content["body"]
    assert "Later words." in newest(topic).body


# -- Locks -----------------------------------------------------------------------------------


def test_an_editor_locks_a_text_against_the_others(topic, desk, another):
    desk.post(at("topic", "lock", topic.pk))
    answer = change(another, topic, body=rich(NEW))
    assert "could not be saved as it is locked" in said(answer)
    assert NEW not in newest(topic).body
    change(desk, topic, body=rich(NEW))
    assert NEW in newest(topic).body


def test_a_text_that_waits_is_locked_for_all_and_says_how_to_take_it_back(
    topic, desk, another, sign_in, reviewer
):
    submit(desk, topic, body=rich(NEW))
    assert "take them back first: “Cancel workflow”" in said(
        desk.get(at("topic", "edit", topic.pk))
    )
    for browser in (desk, another, sign_in(reviewer)):
        save(browser, topic, open_form(browser, topic), body=rich("Other words."))
        assert NEW in newest(topic).body
    assert "Ask " in said(another.get(at("topic", "edit", topic.pk)))
    save(desk, topic, open_form(desk, topic), **{"action-cancel-workflow": "1"})
    change(desk, topic, body=rich("Other words."))
    assert "Other words." in newest(topic).body


def test_what_a_clinician_wrote_stands_above_the_form(topic, desk, editor, reviewer):
    submit(desk, topic, body=rich(NEW))
    step = topic.current_workflow_state.current_task_state
    send_back(task_state=step, by=reviewer, comment="Say <when> to call.")
    shown = said(desk.get(at("topic", "edit", topic.pk)))
    assert "sent this text back on" in shown and "Say &lt;when&gt; to call." in shown


# -- Published later, and withdrawn -----------------------------------------------------------


def planned(topic, desk, at_time):
    """Let approved words go live at a time to come."""
    when = timezone.localtime(at_time).strftime("%Y-%m-%d %H:%M")
    submit(desk, topic, body=rich(NEW), go_live_at=when)
    decide(topic)
    return Topic.objects.get(pk=topic.pk).scheduled_revision


def test_approved_words_with_a_date_go_live_on_that_date(topic, desk, client, time_machine_at):
    when = timezone.now() + 2 * HOUR
    assert planned(topic, desk, when) is not None
    call_command("publish_scheduled", verbosity=0)
    assert NEW not in read_by_patients(client)
    time_machine_at(when + HOUR)
    call_command("publish_scheduled", verbosity=0)
    assert NEW in read_by_patients(client)


def test_a_date_publishes_nothing_that_nobody_approved(topic, desk, client, time_machine_at):
    when = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%d %H:%M")
    for button in ({}, {"action-publish": "1"}, {"action-submit": "1"}):
        save(desk, topic, open_form(desk, topic), body=rich(NEW), go_live_at=when, **button)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    time_machine_at(timezone.now() + 3 * HOUR)
    call_command("publish_scheduled", verbosity=0)
    assert NEW not in read_by_patients(client)


def test_a_reviewer_takes_planned_words_off_the_plan_and_an_editor_does_not(
    topic, desk, sign_in, reviewer
):
    revision = planned(topic, desk, timezone.now() + 2 * HOUR)
    address = at("topic", "revisions_unschedule", topic.pk, revision.pk)
    assert address not in said(desk.get(at("topic", "edit", topic.pk)))
    desk.post(address)
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    browser = sign_in(reviewer)
    assert address in said(browser.get(at("topic", "edit", topic.pk)))
    assert browser.get(address).status_code == 200
    browser.post(address)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_a_reviewer_withdraws_a_text_and_an_editor_does_not(topic, desk, sign_in, reviewer, client):
    address = at("topic", "unpublish", topic.pk)
    assert address not in said(desk.get(at("topic", "edit", topic.pk)))
    desk.post(address)
    assert client.get(reverse("topic", args=["bleeding"])).status_code == 200
    browser = sign_in(reviewer)
    assert address in said(browser.get(at("topic", "edit", topic.pk)))
    assert "Withdrawn" in said(browser.post(address, follow=True))
    assert client.get(reverse("topic", args=["bleeding"])).status_code == 404


def test_a_sign_is_never_withdrawn_and_the_desk_says_why(sign_in, reviewer):
    sign, browser = WarningSign.objects.first(), sign_in(reviewer)
    assert "A sign is never withdrawn" in said(browser.get(at("warningsign", "edit", sign.pk)))
    answer = browser.post(at("warningsign", "unpublish", sign.pk), follow=True)
    assert "the report form needs its words" in said(answer)
    sign.refresh_from_db()
    assert sign.live
    answer = change(browser, sign, expire_at="2999-01-01 00:00")
    assert "Leave this date empty" in said(answer)


# -- Bad input ---------------------------------------------------------------------------------


def test_weeks_that_run_backwards_are_refused_and_nothing_typed_is_lost(topic, desk):
    answer = change(desk, topic, week_from="30", week_to="20", summary="What I typed.")
    assert "The last week must not come before the first." in said(answer)
    form = typed(answer)
    assert (form["week_from"], form["summary"]) == ("30", "What I typed.")
    assert newest(topic).week_from == topic.week_from


def test_a_source_without_an_address_is_refused_unless_it_is_a_document(desk):
    source = Source.objects.exclude(address="").first()
    answer = change(desk, source, address="", title="What I typed")
    assert "Give the address where a reader finds it" in said(answer)
    assert typed(answer)["title"] == "What I typed"
    change(desk, source, address="", tier="document", title="On paper")
    assert newest(source).title == "On paper"


WORD = """<p class="MsoNormal" style="mso-margin:0"><o:p>Call</o:p> <st1:place>the clinic</st1:place>
<span style='color:red'>today</span>.<!--[if gte mso 9]><xml>x</xml><![endif]--></p>
<p><strong>Day</strong> <font face="Arial">or</font> <em>night</em></p><table><tr><td>Room 4</td></tr></table>"""


def test_pasted_word_markup_goes_and_its_words_stay(topic, desk):
    change(desk, topic, body=WORD)
    body = newest(topic).body
    for word in ("Call", "the clinic", "today", "Room 4", "<b>Day</b>", "<i>night</i>"):
        assert word in body
    assert set(re.findall(r"</?([\w:]+)", body)) <= FORMS
    assert "=" not in body and "mso" not in body.lower()


def test_a_script_is_stored_harmless_and_shown_to_nobody(topic, desk, client, sign_in):
    evil = "<script>alert(1)</script>"
    change(desk, topic, title=f"Bleeding {evil}", body=f"<p onclick='x()'>Kept{evil}</p>")
    body = newest(topic).body
    assert "Kept" in body and "script" not in body and "onclick" not in body
    pages = [at("topic", name, topic.pk) for name in ("edit", "history", "preview_on_edit")]
    for address in [*pages, "/cms/", at("topic", "list")]:
        assert evil not in said(desk.get(address)), address
    approved(newest(topic))
    assert evil not in read_by_patients(client)


def test_words_typed_as_markup_stay_words(topic, desk):
    change(desk, topic, body=rich("Is <script>alert(1)</script> a word?"))
    assert "&lt;script&gt;" in newest(topic).body


def test_a_fact_nobody_knows_or_may_teach_is_refused_by_name(topic, desk, barred_fact):
    answer = change(desk, topic, facts="S0-01, NO-99", summary="What I typed.")
    assert "There is no fact NO-99" in said(answer)
    assert typed(answer)["facts"] == "S0-01, NO-99" and typed(answer)["summary"] == "What I typed."
    assert f"No lesson may teach {barred_fact}" in said(change(desk, topic, facts=barred_fact))
    change(desk, topic, facts=" S0-01,S0-02 , S0-01")
    assert newest(topic).facts == ["S0-01", "S0-02"]


def test_an_address_that_is_taken_is_refused_and_names_who_has_it(topic, desk):
    form = typed(desk.get(at("topic", "add")))
    form |= {"title": "Again", "slug": "bleeding", "summary": "x", "body": rich(NEW)}
    answer = desk.post(at("topic", "add"), form, follow=True)
    assert f"“{topic.title}” has this address already" in said(answer)
    assert typed(answer)["title"] == "Again"
    source = Source.objects.first()
    form = typed(desk.get(at("source", "add")))
    form |= {"key": source.key, "title": "x", "tier": "A", "address": "https://x.example.org"}
    assert "has this key already" in said(desk.post(at("source", "add"), form, follow=True))
    form = typed(desk.get(at("week", "add"))) | {"number": "16", "title": "x", "summary": "x"}
    form |= {name: rich("x") for name in ("baby", "body", "cervix", "todo", "visits")}
    assert "This week has its page" in said(desk.post(at("week", "add"), form, follow=True))


def test_the_address_of_a_text_that_patients_read_stays(topic, desk):
    change(desk, topic, slug="elsewhere", summary="What I typed.")
    assert newest(topic).slug == "bleeding" and newest(topic).summary == "What I typed."


def test_other_names_of_a_word_are_typed_with_commas(desk):
    term = Term.objects.first()
    change(desk, term, also="belly band,  girdle ")
    assert newest(term).also == ["belly band", "girdle"]


def test_an_item_of_the_library_has_two_to_four_questions_when_it_is_submitted(desk):
    item = ChecklistItem.objects.filter(practice=None).first()
    form = open_form(desk, item)
    count = int(form["questions-TOTAL_FORMS"])
    gone = {f"questions-{number}-DELETE": "on" for number in range(1, count)}
    answer = save(desk, item, form, **gone, **{"action-submit": "1"})
    assert "at least 2" in said(answer) and newest(item).current_workflow_state is None
    more = {}
    for number in range(count, 5):
        more |= {
            f"questions-{number}-{name}": f"Words {number}"
            for name in ("ask", "right", "other", "third", "feedback")
        }
        more |= {f"questions-{number}-ORDER": str(number), f"questions-{number}-id": ""}
    answer = save(desk, item, form, **more, **{"questions-TOTAL_FORMS": "5"})
    assert "at most 4" in said(answer)


def test_a_draft_of_an_item_may_still_lack_its_questions(desk):
    item = ChecklistItem.objects.filter(practice=None).first()
    form = open_form(desk, item)
    count = int(form["questions-TOTAL_FORMS"])
    save(desk, item, form, **{f"questions-{number}-DELETE": "on" for number in range(1, count)})
    assert newest(item).questions.count() == 1


@pytest.fixture
def barred_fact():
    """A fact of the register that no lesson may teach."""
    return next(fact.id for fact in register().values() if not fact.usable)


@pytest.fixture
def time_machine_at():
    """Move the clock to a time, until the test ends."""
    with ExitStack() as clocks:
        yield lambda when: clocks.enter_context(time_machine.travel(when, tick=True))
