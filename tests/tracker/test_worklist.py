"""The provider's list: who needs her first, in a glance, whatever the number of patients."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import PregnancyFactory
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
from tracker.models import WorkerBeat

pytestmark = pytest.mark.django_db
WORKLIST = reverse("worklist")


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def report(pregnancy, urgency, minutes_ago=0, code="BLEED_LIGHT"):
    stored = report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    )
    stored.alert.raised_at = timezone.now() - timedelta(minutes=minutes_ago)
    stored.alert.save(update_fields=["raised_at"])
    return stored


def names_in_order(page: str, pregnancies) -> list[str]:
    return sorted(
        (str(each.patient) for each in pregnancies), key=lambda name: page.index(f">{name}</a>")
    )


def test_the_most_urgent_come_first_then_the_longest_wait(ellen, practice):
    calm, today, waited, fresh, hospital = (PregnancyFactory(practice=practice) for _ in range(5))
    report(today, Urgency.CONTACT, 300)
    report(fresh, Urgency.URGENT, 5)
    report(waited, Urgency.URGENT, 40)
    report(hospital, Urgency.EMERGENCY, 1)
    page = ellen.get(WORKLIST).content.decode()
    expected = [str(each.patient) for each in (hospital, waited, fresh, today, calm)]
    assert names_in_order(page, [calm, today, waited, fresh, hospital]) == expected


def test_an_alert_someone_took_moves_below_those_nobody_took(ellen, practice):
    taken, new = PregnancyFactory(practice=practice), PregnancyFactory(practice=practice)
    alert = report(taken, Urgency.EMERGENCY).alert
    report(new, Urgency.CONTACT)
    ellen.post(reverse("acknowledge_alert", args=[alert.pk]))
    page = ellen.get(WORKLIST).content.decode()
    assert names_in_order(page, [taken, new]) == [str(new.patient), str(taken.patient)]
    assert "Acknowledged, still open" in page and "Read by Ellen Park, CNM" in page


def test_a_row_tells_weeks_last_report_stitch_and_checklist(ellen, stitched):
    report(stitched, Urgency.EMERGENCY, code="FLUID_GUSH")
    page = ellen.get(WORKLIST).content.decode()
    assert (
        "16w3d" in page
        and "A gush of fluid" in page
        and "Stitch in since" in page
        and "0 of " in page
    )


def test_another_practices_patients_are_not_on_the_list(ellen, pregnancy, elsewhere):
    page = ellen.get(WORKLIST).content.decode()
    assert str(pregnancy.patient) in page and str(elsewhere.patient) not in page


def test_the_list_costs_the_same_for_2_and_for_40_patients(ellen, practice):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ellen.get(WORKLIST)
        return len(captured)

    for number in range(2):
        report(PregnancyFactory(practice=practice), Urgency.URGENT, number)
    few = queries()
    for number in range(38):
        report(PregnancyFactory(practice=practice), Urgency.URGENT, number)
    assert queries() == few <= 16


def test_the_list_renews_itself_as_a_fragment(ellen, pregnancy):
    fragment = ellen.get(WORKLIST, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="worklist"') and "<html" not in fragment
    assert str(pregnancy.patient) in fragment


def test_a_silent_worker_is_shown_to_providers(ellen):
    assert "The background worker is silent" in ellen.get(WORKLIST).content.decode()
    WorkerBeat.beat()
    assert "The background worker is silent" not in ellen.get(WORKLIST).content.decode()


def test_an_empty_list_says_so(ellen):
    assert "No patients yet." in ellen.get(WORKLIST).content.decode()


def test_an_open_alert_stays_on_the_list_when_the_pregnancy_has_ended(ellen, practice):
    waiting, quiet = PregnancyFactory(practice=practice), PregnancyFactory(practice=practice)
    report(waiting, Urgency.EMERGENCY)
    for pregnancy in (waiting, quiet):
        pregnancy.ended_on = timezone.localdate()
        pregnancy.save()
    page = ellen.get(WORKLIST).content.decode()
    assert str(waiting.patient) in page and str(quiet.patient) not in page
