"""The question "is it still there?": asked later the same day and on day 3, until she answers."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from tracker import actions
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
from tracker.models import FollowUp, Message
from tracker.outbox import deliver_due

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
TUESDAY_NOON = datetime(2026, 11, 17, 12, 0, tzinfo=DENVER)


def report(pregnancy, code="BLEED_LIGHT"):
    return actions.report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(Urgency.URGENT, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    )


@pytest.fixture
def reported(pregnancy):
    with time_machine.travel(TUESDAY_NOON, tick=False):
        return report(pregnancy)


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


def today_at(browser, moment) -> str:
    with time_machine.travel(moment, tick=False):
        return browser.get(reverse("today")).content.decode()


def answer(browser, question, words):
    return browser.post(reverse("answer_follow_up", args=[question.pk]), {"answer": words})


def test_she_is_asked_later_the_same_day_and_again_on_day_3(reported, hannah):
    asked = "Is it still there: Spotting"
    assert asked not in today_at(hannah, TUESDAY_NOON + timedelta(hours=3, minutes=59))
    assert asked in today_at(hannah, TUESDAY_NOON + timedelta(hours=4))
    first, second = FollowUp.objects.all()
    with time_machine.travel(TUESDAY_NOON + timedelta(hours=5)):
        answer(hannah, first, "gone")
    assert asked not in today_at(hannah, TUESDAY_NOON + timedelta(days=2))
    assert second.due_at == datetime(2026, 11, 20, 9, 0, tzinfo=DENVER)
    assert asked in today_at(hannah, second.due_at)


def test_the_question_of_day_3_comes_at_nine_by_her_clock_across_a_clock_change(pregnancy):
    with time_machine.travel(datetime(2026, 3, 6, 22, 0, tzinfo=DENVER)):
        report(pregnancy)
    assert FollowUp.objects.last().due_at == datetime(2026, 3, 9, 9, 0, tzinfo=DENVER)


def test_one_reminder_a_day_goes_out_until_she_answers_and_never_at_night(reported, hannah):
    sent = []
    for hours in range(4, 100):
        moment = TUESDAY_NOON + timedelta(hours=hours, minutes=1)
        with time_machine.travel(moment, tick=False):
            actions.remind_due()
            before = len(mail.outbox)
            deliver_due()
            sent += [moment.astimezone(DENVER)] * sum(
                "short question" in each.body for each in mail.outbox[before:]
            )
    assert [each.day for each in sent] == [17, 18, 19, 20, 21]
    assert all(9 <= each.hour < 21 for each in sent)


def test_a_reminder_says_nothing_about_her(reported, patient):
    with time_machine.travel(TUESDAY_NOON + timedelta(hours=5)):
        actions.remind_due()
        deliver_due()
    message = next(each for each in mail.outbox if each.to == [patient.email])
    assert message.subject == "Open Cinta"
    assert "Spotting" not in message.body and patient.first_name not in message.body


def test_still_there_is_a_new_report_answered_with_the_advice(reported, hannah, pregnancy):
    question = FollowUp.objects.first()
    first, second = answer(hannah, question, "still"), answer(hannah, question, "still")
    for response in (first, second):
        assert 'data-report-urgency="urgent"' in response.content.decode()
    assert pregnancy.reports.count() == 2, "answered twice it is one report"
    question.refresh_from_db()
    assert question.answer == "still" and question.answered_with.symptoms == ["BLEED_LIGHT"]
    assert reported.alert.events.filter(kind="repeated").count() == 1


def test_an_answer_nobody_understands_counts_as_still_there(reported, hannah):
    assert "data-report-urgency" in answer(hannah, FollowUp.objects.first(), "").content.decode()


def test_gone_is_noted_and_closes_nothing(reported, hannah):
    page = answer(hannah, FollowUp.objects.first(), "gone").content.decode()
    assert "It does not close what you told us." in page
    reported.alert.refresh_from_db()
    assert reported.alert.resolved_at is None
    assert reported.alert.events.filter(kind="gone").exists()


def test_a_new_report_overtakes_the_questions_about_the_old_one(reported, pregnancy):
    newer = report(pregnancy, "ABDO_CRAMP")
    assert {each.report for each in FollowUp.objects.open()} == {newer}


def test_the_end_of_a_pregnancy_ends_the_questions(reported, pregnancy):
    pregnancy.ended_on = date(2026, 11, 17)
    pregnancy.save()
    with time_machine.travel(TUESDAY_NOON + timedelta(days=4)):
        actions.remind_due()
    assert not Message.objects.filter(follow_up__isnull=False).exists()


def test_another_patients_question_is_not_found(reported, sign_in, elsewhere):
    browser = sign_in(elsewhere.patient)
    assert answer(browser, FollowUp.objects.first(), "gone").status_code == 404
    assert FollowUp.objects.open().count() == 2


def test_an_answer_that_cannot_be_stored_is_still_answered_with_advice(
    reported, hannah, monkeypatch
):
    def refuse(*_arguments, **_fields):
        raise OSError("disk full")

    monkeypatch.setattr(FollowUp.objects, "open", refuse)
    page = answer(hannah, FollowUp.objects.first(), "still").content.decode()
    assert 'data-report-urgency="urgent"' in page and "has not been told" in page


def test_a_report_is_kept_even_if_no_question_can_be_planned(pregnancy, monkeypatch):
    monkeypatch.setattr(actions.follow_ups, "after_the_night", lambda *_: 1 / 0)
    report(pregnancy)
    assert pregnancy.reports.count() == 1 and not FollowUp.objects.exists()


def test_feeling_ok_answers_nothing(reported, pregnancy):
    actions.report_feeling_ok(pregnancy=pregnancy, report_id=uuid.uuid4())
    assert FollowUp.objects.open().count() == 2


def test_still_there_from_an_ended_session_gets_advice_and_the_way_back_in(reported, client):
    question = FollowUp.objects.first()
    said = {"answer": "still", "symptoms": ["bleed_light"]}
    response = client.post(reverse("answer_follow_up", args=[question.pk]), said)
    page = response.content.decode()
    assert response.status_code == 200 and response["Report-Stored"] == "signed-out"
    assert "data-report-urgency" in page and "has not been told" in page
    assert FollowUp.objects.open().count() == 2, "the question stays"


def test_the_question_carries_her_signs_for_when_nothing_can_be_read(reported, hannah):
    page = today_at(hannah, TUESDAY_NOON + timedelta(hours=5))
    assert '<input type="hidden" name="symptoms" value="bleed_light">' in page


def test_gone_from_an_ended_session_goes_to_sign_in(reported, client):
    question = FollowUp.objects.first()
    address = reverse("answer_follow_up", args=[question.pk])
    assert client.post(address, {"answer": "gone"}).status_code == 302
