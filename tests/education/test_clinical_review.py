"""No words reach a patient that a clinician has not approved as they stand, on whatever path."""

import ast
import datetime
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Revision
from wagtail.permissions import policy_registry

from education.actions import CannotReview, approve, send_back, submit_for_review
from education.importing import LoadReport, report_one
from education.models import Approval, NotApproved, Source, Topic
from education.permissions import REVIEWED
from tests.factories import ChecklistItemFactory, PracticeFactory, a_reviewer, approved
from tests.mailbox import FOOT

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
NEXT_YEAR = timezone.localdate() + datetime.timedelta(days=365)
NEW = "<p>Call us about any bleeding, even one drop.</p>"


@pytest.fixture
def topic():
    """The lesson on bleeding, as it came with Cinta."""
    return Topic.objects.get(slug="bleeding")


@pytest.fixture
def step(topic, editor):
    """New words of it that wait for a clinician."""
    return submitted(topic, editor, NEW)


def submitted(topic, editor, words):
    topic.body = words
    topic.save_revision(user=editor)
    return submit_for_review(text=topic, by=editor).current_task_state


def decide(step, reviewer, **changes):
    digest = step.revision.as_object().words_digest()
    return approve(
        **{"task_state": step, "digest": digest, "review_by": NEXT_YEAR, "by": reviewer} | changes
    )


def page(client):
    return client.get(reverse("topic", args=["bleeding"])).content.decode()


def test_approved_words_reach_the_patient_and_name_who_checked_them(step, reviewer, client):
    assert NEW not in page(client)
    approval = decide(step, reviewer)
    assert NEW in page(client)
    live = Topic.objects.get(slug="bleeding")
    assert live.is_checked and live.approval == approval and not live.shipped
    assert approval.revision == step.revision and approval.words["body"] == NEW
    assert live.review_by == NEXT_YEAR


def test_no_one_approves_her_own_words(topic, reviewer, client):
    step = submitted(topic, reviewer, NEW)
    with pytest.raises(CannotReview, match="You wrote some"):
        decide(step, reviewer)
    assert NEW not in page(client)
    decide(step, a_reviewer())
    assert NEW in page(client)


def test_whoever_wrote_an_earlier_draft_of_it_does_not_approve_it_either(topic, reviewer, editor):
    topic.body = "<p>First.</p>"
    topic.save_revision(user=reviewer)
    with pytest.raises(CannotReview, match="You wrote some"):
        decide(submitted(topic, editor, NEW), reviewer)


def test_only_a_reviewer_decides(step, editor, provider, client, django_user_model):
    operator = django_user_model.objects.create_superuser("op@example.org", "x")
    for person in (editor, provider, operator):
        with pytest.raises(CannotReview, match="Only a clinician"):
            decide(step, person)
    assert NEW not in page(client)


def test_words_that_changed_after_she_opened_the_page_are_not_approved(step, reviewer, client):
    read = step.revision.as_object().words_digest()
    content = step.revision.content | {"body": "<p>Other words.</p>"}
    Revision.objects.filter(pk=step.revision_id).update(content=content)
    with pytest.raises(CannotReview, match="Nothing was approved"):
        decide(step, reviewer, digest=read)
    assert "Other words." not in page(client) and not Approval.objects.exists()


def test_words_written_after_they_were_submitted_stop_the_review(step, topic, editor, reviewer):
    topic.body = "<p>Written around the lock.</p>"
    topic.save_revision(user=editor)
    with pytest.raises(CannotReview, match="submit them again"):
        decide(step, reviewer)


def test_an_approval_after_the_editor_took_it_back_is_refused(step, topic, editor, reviewer):
    topic.current_workflow_state.cancel(user=editor)
    with pytest.raises(CannotReview, match="is over"):
        decide(step, reviewer)


def test_the_same_review_is_not_decided_twice(step, reviewer):
    decide(step, reviewer)
    with pytest.raises(CannotReview, match="is over"):
        decide(step, a_reviewer())
    assert Approval.objects.count() == 1


def test_sent_back_and_submitted_anew_the_new_words_are_the_approved_ones(
    step, topic, editor, reviewer, client
):
    """Wagtail would record the rejected revision as the approved one."""
    send_back(task_state=step, by=reviewer, comment="Say when to call.")
    again = submitted(Topic.objects.get(pk=topic.pk), editor, "<p>Call us the same day.</p>")
    assert again.revision_id != step.revision_id
    approval = decide(again, reviewer)
    assert approval.revision == again.revision
    assert "Call us the same day." in page(client) and NEW not in page(client)
    assert Approval.objects.count() == 1


def test_sending_back_needs_words_for_the_editor(step, reviewer):
    with pytest.raises(CannotReview, match="Write what should change"):
        send_back(task_state=step, by=reviewer, comment="  ")


def test_a_later_edit_starts_again(step, topic, editor, reviewer, client):
    decide(step, reviewer)
    later = Topic.objects.get(pk=topic.pk)
    later.body = "<p>Changed once more.</p>"
    later.save_revision(user=editor)
    assert NEW in page(client) and "Changed once more." not in page(client)
    assert submit_for_review(text=later, by=editor).status == "in_progress"


def test_a_date_in_the_past_to_look_again_is_refused(step, reviewer):
    with pytest.raises(CannotReview, match="a day in the future"):
        decide(step, reviewer, review_by=timezone.localdate())


def test_hard_words_are_not_submitted_without_a_reason(topic, editor):
    hard = "<p>Immediate multidisciplinary consultation facilitates individualized obstetrical management.</p>"
    with pytest.raises(CannotReview, match="grade"):
        submitted(topic, editor, hard)
    topic.grade_reason = "The name of the form."
    assert submitted(topic, editor, hard)


# -- No other path publishes ----------------------------------------------------------


def test_a_revision_is_not_published_without_its_approval(topic, editor, client):
    topic.body = NEW
    revision = topic.save_revision(user=editor)
    for user in (None, editor):
        with pytest.raises(NotApproved), transaction.atomic():
            revision.publish(user=user, skip_permission_checks=True)
    assert NEW not in page(client)


def test_a_live_text_is_not_saved_with_other_words(topic, client):
    topic.body = NEW
    for names in (None, ["body"]):
        with pytest.raises(NotApproved):
            topic.save(update_fields=names)
    assert NEW not in page(client)


def test_a_new_text_is_not_born_live():
    with pytest.raises(NotApproved):
        Topic.objects.create(slug="new", title="New", summary="New", body=NEW)


def test_publishing_is_not_scheduled_without_an_approval(topic, editor):
    topic.body, topic.go_live_at = NEW, timezone.now() + datetime.timedelta(hours=1)
    revision = topic.save_revision(user=editor)
    with pytest.raises(NotApproved):
        revision.publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_the_words_it_came_with_do_not_come_back_unapproved(topic, reviewer, editor):
    shipped = topic.latest_revision
    topic.body = NEW
    approved(topic, reviewer=reviewer, writer=editor)
    with pytest.raises(NotApproved):
        shipped.publish()


def test_older_words_of_the_files_do_not_come_back_by_themselves(topic, client):
    older = topic.latest_revision
    newer = topic.content() | {"body": NEW}
    report_one(LoadReport(), "bleeding", Topic, {"slug": "bleeding"}, newer)
    with pytest.raises(NotApproved):
        older.publish()
    assert NEW in page(client)


def test_other_sources_are_other_words(topic, reviewer, editor):
    topic.body = NEW
    text = approved(topic, reviewer=reviewer, writer=editor)
    text.sources.add(Source.objects.exclude(pk__in=text.sources.values("pk")).first())
    with pytest.raises(NotApproved):
        text.save_revision(user=editor).publish()


def test_nobody_may_publish_by_hand_not_even_an_operator(
    topic, editor, reviewer, sign_in, django_user_model, client
):
    operator = django_user_model.objects.create_superuser("op@example.org", "x")
    address = reverse("wagtailsnippets_education_topic:edit", args=[topic.pk])
    for person in (editor, reviewer, operator):
        browser = sign_in(person)
        assert "action-publish" not in browser.get(address).content.decode()
        browser.post(address, form_of(topic) | {"body": rich("Sneaked in."), "action-publish": "1"})
        assert "Sneaked in." not in page(client)


def test_an_approval_is_never_changed_or_deleted(step, reviewer):
    approval = decide(step, reviewer)
    for change in (approval.save, approval.delete, Approval.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Approval.objects.update(digest="")


def test_words_changed_behind_its_back_are_not_shown_as_checked(step, reviewer):
    decide(step, reviewer)
    Topic.objects.filter(slug="bleeding").update(body="<p>By hand in the database.</p>")
    assert not Topic.objects.get(slug="bleeding").is_checked


def test_a_newer_file_beneath_approved_words_waits_as_a_draft(topic, client):
    approved(topic)
    newer, report = topic.content() | {"body": NEW}, LoadReport()
    report_one(report, "bleeding", Topic, {"slug": "bleeding"}, newer)
    assert report.counts == {"new words wait for a clinician": 1}
    assert NEW not in page(client)
    assert Topic.objects.get(pk=topic.pk).get_latest_revision_as_object().body == NEW


# -- The reviewer's own page ----------------------------------------------------------


def test_a_reviewer_reads_the_words_and_approves_them_on_one_page(step, reviewer, sign_in, client):
    browser = sign_in(reviewer)
    assert "Bleeding" in browser.get(reverse("waiting")).content.decode()
    shown = browser.get(reverse("review", args=[step.pk])).content.decode()
    assert "Call us about any bleeding, even one drop." in shown
    form = browser.get(reverse("review", args=[step.pk])).context["form"]
    answer = {
        "digest": form["digest"].value(),
        "review_by": f"{NEXT_YEAR:%Y-%m-%d}",
        "approve": "yes",
    }
    browser.post(reverse("review", args=[step.pk]), answer)
    assert NEW in page(client)


def test_a_submitted_text_is_mailed_to_the_reviewers_with_the_page_that_decides(
    reviewer, topic, editor
):
    submitted(topic, editor, NEW)
    (hers,) = [message for message in mail.outbox if message.to == [reviewer.email]]
    assert reverse("waiting") in hers.body and "Bleeding" in hers.subject


def test_a_mail_about_a_review_says_the_same_in_linen_and_thread(reviewer, topic, editor):
    submitted(topic, editor, NEW)
    (hers,) = [message for message in mail.outbox if message.to == [reviewer.email]]
    page, kind = hers.alternatives[0]
    assert kind == "text/html" and f'href="{settings.BASE_URL}{reverse("waiting")}"' in page
    assert page.count(FOOT) == hers.body.count(FOOT) == 1
    said = "“Bleeding in pregnancy” waits for a clinician to check it."
    assert said in page and said in hers.body


def test_a_reviewer_elsewhere_does_not_read_of_a_practices_own_text(practice, reviewer, manager):
    elsewhere = a_reviewer()
    elsewhere.practice = PracticeFactory()
    elsewhere.save()
    own = ChecklistItemFactory(practice=practice, reviewed=False)
    own.save_revision(user=manager)
    submit_for_review(text=own, by=manager)
    assert [message.to for message in mail.outbox] == [[reviewer.email]]


def test_whoever_submitted_reads_what_was_decided_and_why(step, editor, reviewer):
    mail.outbox.clear()
    send_back(task_state=step, by=reviewer, comment="Say when to call.")
    (hers,) = [message for message in mail.outbox if message.to == [editor.email]]
    assert "sent “Bleeding in pregnancy” back" in hers.body and "Say when to call." in hers.body
    assert f"Open Cinta: {settings.BASE_URL}/\n" in hers.body


def test_the_editor_of_the_words_and_the_patient_stay_out_of_the_review(
    step, editor, patient, sign_in
):
    for person in (editor, patient):
        answer = sign_in(person).get(reverse("review", args=[step.pk]))
        assert answer.status_code in (302, 403)


def rich(words: str) -> str:
    """Return plain words as Wagtail's editor posts them."""
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": words}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def form_of(topic) -> dict:
    """Return what Wagtail's form of a topic posts."""
    names = (
        "title",
        "slug",
        "summary",
        "audience",
        "week_from",
        "week_to",
        "order",
        "art",
        "country",
    )
    values = {name: getattr(topic, name) for name in names}
    return values | {"facts": "", "go_live_at": "", "expire_at": "", "grade_reason": ""}


# -- Nothing is left out ----------------------------------------------------------------


def test_every_kind_of_text_in_education_passes_the_review():
    """A new model with text is either reviewed itself or a part of a text that is."""
    for model in apps.get_app_config("education").get_models():
        fields = model._meta.get_fields()
        has_text = any(isinstance(field, RichTextField) for field in fields)
        parents = [field.related_model for field in fields if isinstance(field, ParentalKey)]
        if has_text or issubclass(model, DraftStateMixin):
            assert model in REVIEWED or set(parents) & set(REVIEWED), model


@pytest.mark.parametrize("model", REVIEWED, ids=lambda model: model.__name__)
def test_nobody_has_the_right_to_publish_a_text_by_hand(model, editor, reviewer, django_user_model):
    operator = django_user_model.objects.create_superuser("op@example.org", "x")
    policy = policy_registry.get_by_type(model)
    for person in (editor, reviewer, operator):
        assert not policy.user_has_permission(person, "publish")
        assert not policy.user_has_permission(person, "delete")


@pytest.mark.once
def test_no_code_publishes_but_the_end_of_a_review_and_the_loading_of_files():
    """`publish` is called in these places only; each passes the guard of the model."""
    allowed = {"education/publishing.py", "education/importing.py", "education/models/reviewed.py"}
    calls = set()
    for app in ("accounts", "education", "tracker", "project"):
        for path in (ROOT / app).rglob("*.py"):
            tree = ast.parse(path.read_text())
            called = {
                node.func.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            }
            if "publish" in called:
                calls.add(str(path.relative_to(ROOT)))
    assert calls == allowed
