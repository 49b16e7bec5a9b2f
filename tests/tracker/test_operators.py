"""What an operator can set and see of the way from a report to a person."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.factories import UserFactory
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Tells, Urgency
from tracker.escalation import ladder_of
from tracker.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(sign_in):
    return sign_in(UserFactory(role=Role.MANAGER, is_staff=True, is_superuser=True))


def test_an_operator_sets_the_steps_of_one_practice(operator, practice):
    step = {"practice": practice.pk, "urgency": Urgency.URGENT, "tells": Tells.LEAD}
    address = reverse("admin:tracker_escalationstep_add")
    assert operator.post(address, step | {"after_minutes": 7}).status_code == 302
    assert [each.after.seconds for each in ladder_of(practice, Urgency.URGENT)] == [420]
    assert len(ladder_of(practice, Urgency.EMERGENCY)) == 3, "other urgencies keep Cinta’s steps"


def test_a_step_after_more_than_a_week_is_refused_beside_its_field(operator, practice):
    step = {"practice": practice.pk, "urgency": Urgency.URGENT, "tells": Tells.LEAD}
    page = operator.post(
        reverse("admin:tracker_escalationstep_add"), step | {"after_minutes": 20_000}
    )
    assert "less than or equal to 10080" in page.content.decode()


def test_an_operator_sees_what_became_of_messages_and_changes_nothing(
    operator, pregnancy, provider
):
    report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["BLEED_LIGHT"],
        assessment=Assessment(Urgency.URGENT, ()),
        by=pregnancy.patient,
    )
    page = operator.get(reverse("admin:tracker_message_changelist")).content.decode()
    assert provider.last_name in page and pregnancy.patient.first_name not in page
    message = Message.objects.first()
    address = reverse("admin:tracker_message_change", args=[message.pk])
    assert operator.post(address, {"state": "sent"}).status_code == 403
    assert Message.objects.waiting().exists()
