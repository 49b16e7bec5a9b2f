"""Four traps of Wagtail that were met when it was tried, each driven through its real pages."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import PublishingPanel
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.models import get_snippet_models

from education.models import Approval, Topic
from education.permissions import REVIEWED
from tests.education.desk import at, change, menu, open_form, rich, submit

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Call us the next day.", "Call us the same day."


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


@pytest.fixture
def desk(sign_in, editor):
    return sign_in(editor)


def waiting(topic):
    """Return the step of a review that is open now."""
    return Topic.objects.get(pk=topic.pk).current_workflow_state.current_task_state


def decide(browser, step, button: str, comment: str = ""):
    """Read the page of a review, and press one of its buttons."""
    address = reverse("review", args=[step.pk])
    form = browser.get(address).context["form"]
    answer = {name: form[name].value() or "" for name in form.fields}
    return browser.post(address, answer | {"comment": comment, button: "yes"}, follow=True)


def test_a_reviewer_who_may_not_publish_by_hand_approves_and_the_words_go_live(
    topic, desk, sign_in, reviewer, client
):
    """Wagtail publishes as the approver, who has no right to, and takes everything back."""
    assert not reviewer.has_perm("education.publish_topic") and not reviewer.is_superuser
    submit(desk, topic, body=rich(FIRST))
    answer = decide(sign_in(reviewer), waiting(topic), "approve")
    assert answer.status_code == 200
    assert FIRST in client.get(reverse("topic", args=["bleeding"])).content.decode()
    state = WorkflowState.objects.get(object_id=str(topic.pk))
    assert state.status == WorkflowState.STATUS_APPROVED


def test_sent_back_changed_and_submitted_again_the_approval_is_of_the_new_words(
    topic, desk, sign_in, reviewer, client
):
    """Wagtail records the rejected revision as the approved one."""
    submit(desk, topic, body=rich(FIRST))
    rejected = waiting(topic)
    browser = sign_in(reviewer)
    decide(browser, rejected, "send_back", "Say the same day.")
    submit(desk, topic, body=rich(SECOND))
    again = waiting(topic)
    assert again.revision_id != rejected.revision_id
    assert SECOND in browser.get(reverse("review", args=[again.pk])).content.decode()
    decide(browser, again, "approve")
    approval = Approval.objects.get()
    assert approval.revision_id == again.revision_id
    assert SECOND in approval.words["body"]
    shown = client.get(reverse("topic", args=["bleeding"])).content.decode()
    assert SECOND in shown and FIRST not in shown
    state = WorkflowState.objects.get(object_id=str(topic.pk))
    assert state.status == WorkflowState.STATUS_APPROVED  # And no second round was begun.


@pytest.mark.parametrize("model", REVIEWED, ids=lambda model: model._meta.model_name)
def test_every_form_takes_in_the_date_for_publishing(model):
    """Without the panel of dates Wagtail ignores the date and publishes at once."""
    assert model in get_snippet_models()
    panels = model.snippet_viewset.get_edit_handler().children
    assert any(isinstance(panel, PublishingPanel) for panel in panels)
    form = model.snippet_viewset.get_edit_handler().get_form_class()
    assert {"go_live_at", "expire_at"} <= form.base_fields.keys()


def test_approved_words_with_a_date_to_come_do_not_go_live_at_once(
    topic, desk, sign_in, reviewer, client
):
    when = (timezone.localtime() + datetime.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    submit(desk, topic, body=rich(FIRST), go_live_at=when)
    decide(sign_in(reviewer), waiting(topic), "approve")
    assert FIRST not in client.get(reverse("topic", args=["bleeding"])).content.decode()
    planned = Revision.objects.get(approved_go_live_at__isnull=False)
    assert planned.pk == Approval.objects.get().revision_id


def test_the_desk_sends_a_stranger_to_our_own_door(client):
    """Wagtail's own sign-in page breaks when its documents and images are not installed."""
    answer = client.get("/cms/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert client.get("/cms/login/", follow=True).status_code == 200


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_every_page_a_menu_of_the_desk_leads_to_opens(role, request, sign_in, topic, desk):
    submit(desk, topic, body=rich(FIRST))
    browser = sign_in(request.getfixturevalue(role))
    known = menu(browser)
    assert {at("topic", "list"), at("source", "list"), reverse("library_report")} <= known
    pages = [
        "/cms/",
        *sorted(known),
        at("topic", "workflow_history", topic.pk),
        at("topic", "workflow_history_detail", topic.pk, topic.current_workflow_state.pk),
    ]
    if role == "reviewer":
        pages += [reverse("waiting"), reverse("review", args=[waiting(topic).pk])]
    for address in pages:
        assert browser.get(address).status_code == 200, address


def test_a_draft_that_was_taken_back_is_submitted_with_its_newest_words(topic, desk):
    """What Wagtail keeps in memory of a review must not decide what the next one is about."""
    submit(desk, topic, body=rich(FIRST))
    desk.post(
        at("topic", "edit", topic.pk), open_form(desk, topic) | {"action-cancel-workflow": "1"}
    )
    change(desk, topic, body=rich(SECOND))
    submit(desk, topic)
    assert SECOND in waiting(topic).revision.content["body"]
