"""The life of an alert, as the patient and her care team see it: every step a row, every word backed by one."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tests.factories import open_at
from tracker import actions
from tracker.actions import telling
from tracker.clinical.triage import Assessment
from tracker.enums import AlertOutcome, Urgency
from tracker.models import Alert, Message, WorkerBeat
from tracker.outbox import deliver_due

pytestmark = pytest.mark.django_db
WEEKDAYS = [(day, "08:00", "17:00") for day in range(5)]


def report(pregnancy, urgency=Urgency.URGENT, code="BLEED_LIGHT"):
    return actions.report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    )


def later(minutes: float):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def kinds(alert) -> list[str]:
    return [event.kind for event in alert.events.all()]


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def told(hannah):
    """Return what the patient reads about one report."""

    def read(report) -> str:
        page = hannah.get(reverse("advice", args=[report.pk])).content.decode()
        return page.split('id="told"')[1].split("</section>")[0].split("</main>")[0]

    return read


def test_the_patient_reads_the_truth_at_each_step(pregnancy, provider, ellen, told):
    stored = report(pregnancy)
    assert "on your care team’s list since" in told(stored) and "No one has read it yet" in told(
        stored
    )
    deliver_due()
    assert "We sent word to your care team at" in told(stored)
    ellen.get(pregnancy.get_absolute_url())
    assert "Ellen Park, CNM opened it at" in told(stored)
    actions.acknowledge_alert(alert=stored.alert, by=provider)
    assert "Ellen Park, CNM read it at" in told(stored)
    actions.resolve_alert(alert=stored.alert, outcome=AlertOutcome.NO_ANSWER, note="", by=provider)
    assert "They could not reach you. Please call them." in told(stored)
    assert kinds(stored.alert) == ["raised", "told", "seen", "acknowledged", "resolved"]


def test_a_message_that_has_not_left_is_never_called_sent(pregnancy, provider, told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    stored = report(pregnancy, Urgency.CONTACT)
    deliver_due()
    assert Message.objects.waiting().exists()
    assert "We sent word" not in told(stored) and "No one has read it yet" in told(stored)


@pytest.mark.parametrize(
    ("urgency", "minutes", "words"),
    [
        (Urgency.EMERGENCY, 5, "No one has confirmed yet: call, or go now."),
        (Urgency.URGENT, 15, "No one has confirmed yet: call, or go now."),
        (Urgency.CONTACT, 240, "No one has confirmed yet: call now."),
    ],
)
def test_without_a_reader_in_time_she_is_told_to_call_or_go(
    pregnancy, told, urgency, minutes, words
):
    stored = report(pregnancy, urgency)
    with later(minutes - 1):
        assert words not in told(stored)
    with later(minutes):
        assert words in told(stored), "no worker had to run for this"


def test_every_page_of_hers_says_that_no_one_has_confirmed(pregnancy, hannah):
    report(pregnancy)
    with later(16):
        assert "No one has confirmed yet." in hannah.get(reverse("timeline")).content.decode()


def test_a_silent_worker_is_told_to_the_patient_who_waits(pregnancy, hannah, told):
    stored = report(pregnancy)
    late = "Messages to your care team may be late."
    assert late in told(stored)
    assert "Messages may be late." in hannah.get(reverse("timeline")).content.decode()
    WorkerBeat.beat()
    assert late not in told(stored)
    with later(1.1):
        assert late in told(stored)


def test_a_silent_worker_is_red_on_the_part_of_the_worklist_that_renews_itself(ellen, pregnancy):
    fragment = {"HX-Request": "true"}
    address = reverse("worklist")
    WorkerBeat.beat()
    assert "worker is silent" not in ellen.get(address, headers=fragment).content.decode()
    with later(1.1):
        assert "worker is silent" in ellen.get(address, headers=fragment).content.decode()


@time_machine.travel("2026-11-21T03:00:00-07:00", tick=False)  # a Saturday night in Denver
def test_at_night_the_page_says_closed_and_gives_the_after_hours_number(
    practice, pregnancy, told, hannah
):
    practice.after_hours_phone = "(505) 555-0143"
    practice.save()
    open_at(practice, *WEEKDAYS)
    stored = report(pregnancy)
    page = hannah.get(reverse("advice", args=[stored.pk])).content.decode()
    assert "The clinic is closed now. After hours, call" in page and "tel:+15055550143" in page
    assert "The clinic is closed now. Do not wait for an answer here." in told(stored)


@time_machine.travel("2026-11-21T03:00:00-07:00", tick=False)
def test_closed_without_an_after_hours_number_means_the_hospital(practice, pregnancy, hannah):
    open_at(practice, *WEEKDAYS)
    page = hannah.get(reverse("advice", args=[report(pregnancy).pk])).content.decode()
    assert "The clinic is closed now. No answer? Go to the hospital." in page


def test_a_practice_that_keeps_no_hours_is_not_called_closed(pregnancy, hannah):
    page = hannah.get(reverse("advice", args=[report(pregnancy).pk])).content.decode()
    assert "clinic is closed" not in page


def test_opening_the_chart_is_noted_once_per_person(pregnancy, ellen, colleague, sign_in):
    alert = report(pregnancy).alert
    for browser in (ellen, ellen, sign_in(colleague)):
        browser.get(pregnancy.get_absolute_url())
    assert kinds(alert) == ["raised", "seen", "seen"]
    assert Alert.objects.get().seen_by == colleague


def test_her_own_look_is_not_the_care_teams(pregnancy, hannah, told):
    stored = report(pregnancy)
    told(stored)
    assert Alert.objects.get().seen_at is None


def test_a_new_report_is_unseen_even_if_the_alert_was_seen(pregnancy, ellen, told):
    report(pregnancy)
    ellen.get(pregnancy.get_absolute_url())
    stored = report(pregnancy, code="ABDO_CRAMP")
    assert "opened it at" not in told(stored) and "No one has read it yet" in told(stored)


def test_an_alert_that_went_quiet_is_raised_again_and_keeps_its_history(pregnancy, provider, told):
    stored = report(pregnancy, Urgency.EMERGENCY)
    actions.acknowledge_alert(alert=stored.alert, by=provider)
    with later(29):
        actions.escalate_due()
        assert Alert.objects.get().acknowledged_by == provider
    with later(31):
        actions.escalate_due()
        actions.escalate_due()
        alert = Alert.objects.get()
        assert alert.acknowledged_at is None and alert.round == 2
        assert kinds(alert).count("went_quiet") == 1
        assert "Ellen Park, CNM opened it at" in told(stored)
        assert "No one has said yet that they are on it" in told(stored)


def test_still_on_it_moves_the_moment_of_going_quiet(pregnancy, provider, ellen):
    alert = report(pregnancy, Urgency.EMERGENCY).alert
    actions.acknowledge_alert(alert=alert, by=provider)
    with later(20):
        assert "Still on it" in ellen.get(pregnancy.get_absolute_url()).content.decode()
        ellen.post(reverse("acknowledge_alert", args=[alert.pk]))
    with later(31):
        actions.escalate_due()
        assert Alert.objects.get().acknowledged_by == provider


def test_closing_an_alert_ends_every_wait(pregnancy, provider):
    alert = report(pregnancy, Urgency.EMERGENCY).alert
    actions.resolve_alert(alert=alert, outcome=AlertOutcome.SEEN, note="", by=provider)
    with later(600):
        actions.escalate_due()
    assert Alert.objects.get().escalate_at is None
    deliver_due()
    assert not Message.objects.waiting().exists()
    assert "told" not in kinds(alert), "messages of a closed alert stay home"


def test_a_closing_made_by_mistake_can_be_taken_back(pregnancy, provider, ellen):
    alert = report(pregnancy).alert
    actions.resolve_alert(alert=alert, outcome=AlertOutcome.REACHED, note="wrong one", by=provider)
    page = ellen.post(reverse("reopen_alert", args=[alert.pk]), follow=True).content.decode()
    alert.refresh_from_db()
    assert alert.resolved_at is None and alert.outcome == ""
    assert alert.acknowledged_by == provider and alert.escalate_at is not None
    assert "wrong one" in page, "the mistake stays on record"
    assert kinds(alert)[-2:] == ["resolved", "reopened"]


def test_a_closed_alert_stays_closed_while_her_next_one_is_open(pregnancy, provider, ellen):
    first = report(pregnancy).alert
    actions.resolve_alert(alert=first, outcome=AlertOutcome.SEEN, note="", by=provider)
    report(pregnancy)
    page = ellen.post(reverse("reopen_alert", args=[first.pk]), follow=True).content.decode()
    assert "An alert of hers is open already." in page
    assert Alert.objects.open().count() == 1


def test_the_chart_shows_every_step_with_its_person(pregnancy, provider, ellen, practice):
    report(pregnancy)
    deliver_due()
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "Message sent: Ellen Park, CNM, E-mail" in page and "Opened: Ellen Park, CNM" in page


def test_a_report_is_kept_even_if_nobody_can_be_told(pregnancy, provider, monkeypatch):
    monkeypatch.setattr(telling, "people_for", lambda *_: 1 / 0)
    stored = report(pregnancy, Urgency.EMERGENCY)
    assert pregnancy.reports.get() == stored
    assert Alert.objects.due(timezone.now()).get() == stored.alert, "the worker tries again"
    monkeypatch.undo()
    assert actions.escalate_due()
    assert Message.objects.filter(alert=stored.alert).exists()


def test_no_alert_is_seen_by_nobody(pregnancy):
    alert = report(pregnancy).alert
    with pytest.raises(IntegrityError):
        Alert.objects.filter(pk=alert.pk).update(seen_at=timezone.now())


def test_a_practice_that_keeps_no_hours_gives_both_numbers(practice, pregnancy, hannah):
    practice.after_hours_phone = "(505) 555-0143"
    practice.save()
    page = hannah.get(reverse("advice", args=[report(pregnancy).pk])).content.decode()
    assert "tel:+15055550142" in page and "tel:+15055550143" in page
