"""Handing a patient over: asked by one practice, agreed by the other, in one step; and staff who leave."""

import datetime
import html
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    InvitationFactory,
    PracticeFactory,
    PregnancyFactory,
    UserFactory,
    put_on_call,
)
from tracker.actions import (
    accept_transfer,
    acknowledge_alert,
    ask_transfer,
    decline_transfer,
    report_symptoms,
    withdraw_transfer,
)
from tracker.clinical.triage import Assessment
from tracker.enums import Channel, MessageState, Urgency
from tracker.escalation import Tells, people_for
from tracker.models import AlertEvent, Message, Transfer
from tracker.outbox import deliver_due


@pytest.fixture
def dana(db):
    """Dana Cole of Mesa Women's Clinic, first on call there."""
    mesa = PracticeFactory(name="Mesa Women’s Clinic", phone="(505) 555-0190")
    dana = UserFactory(provider=True, practice=mesa, first_name="Dana", last_name="Cole")
    put_on_call(mesa, dana)
    return dana


@pytest.fixture
def asked(pregnancy, dana, provider):
    """Juniper asks Mesa to take Hannah over."""
    return ask_transfer(
        pregnancy=pregnancy, to_practice=dana.practice, reason="She moves to Mesa.", by=provider
    )


@pytest.fixture
def alert(pregnancy, provider):
    """Hannah has reported something; Ellen is told, and has not read it."""
    put_on_call(pregnancy.practice, provider)
    return report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["BLEED_LIGHT"],
        assessment=Assessment(Urgency.URGENT, ()),
        by=pregnancy.patient,
    ).alert


def read(response) -> str:
    return html.unescape(response.content.decode())


def transfer_page(pregnancy) -> str:
    return reverse("transfer", args=[pregnancy.pk])


def answers(browser, asked, answer):
    return browser.post(
        reverse("answer_transfer", args=[asked.pk]), {"answer": answer}, follow=True
    )


def test_a_provider_asks_sees_that_it_waits_and_takes_it_back(sign_in, provider, pregnancy, dana):
    ellen = sign_in(provider)
    assert "Mesa Women’s Clinic" in read(ellen.get(transfer_page(pregnancy)))
    words = {"to_practice": dana.practice.pk, "reason": "She moves to Mesa."}
    page = read(ellen.post(transfer_page(pregnancy), words, follow=True))
    assert "Waiting for Mesa Women’s Clinic" in page and "Asked by Ellen Park, CNM" in page
    page = read(ellen.post(transfer_page(pregnancy), {"withdraw": "on"}, follow=True))
    assert "She stays with your practice." in page
    assert Transfer.objects.get().outcome == Transfer.Outcome.WITHDRAWN
    assert Transfer.objects.get().settled_by == provider


@pytest.mark.parametrize(
    ("words", "message", "field"),
    [
        ({"to_practice": "", "reason": "x"}, "Choose the practice she goes to.", "to_practice"),
        (
            {"to_practice": uuid.uuid4(), "reason": "my words"},
            "Choose a practice from the list.",
            "to_practice",
        ),
        ({"reason": ""}, "Say why, in a few words", "reason"),
        ({"reason": "a" * 301}, "Keep it under 300 letters. You wrote 301.", "reason"),
    ],
)
def test_a_mistake_is_named_beside_its_field(
    sign_in, provider, pregnancy, dana, words, message, field
):
    data = {"to_practice": dana.practice.pk} | words
    page = read(sign_in(provider).post(transfer_page(pregnancy), data))
    assert message in page and f"id_{field}_error" in page and "<title>Error:" in page
    assert words["reason"][:50] in page and not Transfer.objects.exists()


def test_only_other_practices_that_can_answer_are_offered(sign_in, provider, pregnancy, dana):
    PracticeFactory(name="Nobody There")
    page = read(sign_in(provider).get(transfer_page(pregnancy)))
    choices = page.split('name="to_practice"')[1].split("</select>")[0]
    assert "Mesa" in choices and "Nobody There" not in choices and "Juniper" not in choices


def test_it_is_asked_once_at_a_time(pregnancy, dana, provider, asked):
    assert (
        ask_transfer(pregnancy=pregnancy, to_practice=dana.practice, reason="again", by=provider)
        is None
    )
    assert Transfer.objects.count() == 1


def test_the_other_practice_sees_name_birthday_weeks_and_reason_and_no_more(
    sign_in, dana, asked, pregnancy, patient, alert
):
    patient.born_on, patient.phone = datetime.date(1990, 8, 27), "(505) 555-0186"
    patient.save()
    browser = sign_in(dana)
    page = read(browser.get(reverse("transfers")))
    assert str(patient) in page and "Aug 27, 1990" in page and "18w0d" in page
    assert "She moves to Mesa." in page
    assert patient.email not in page and patient.phone not in page and "Spotting" not in page
    for name in ("chart", "transfer", "review_checklist"):
        assert browser.get(reverse(name, args=[pregnancy.pk])).status_code == 404
    assert pregnancy.openings.filter(opened_by=dana, page="transfers").exists()


def test_what_waits_stands_in_the_menu_of_the_other_practice_alone(
    sign_in, dana, provider, colleague, asked
):
    assert "Transfers (1)" in read(sign_in(dana).get(reverse("worklist")))
    assert "Transfers (" not in read(sign_in(provider).get(reverse("worklist")))


def test_accepted_she_is_the_other_practices_and_no_longer_the_old_ones(
    sign_in, dana, provider, pregnancy, patient, asked
):
    ellen, browser = sign_in(provider), sign_in(dana)
    assert ellen.get(pregnancy.get_absolute_url()).status_code == 200
    page = read(answers(browser, asked, "accept"))
    assert "You see her whole history." in page and str(patient) in page
    assert ellen.get(pregnancy.get_absolute_url()).status_code == 404
    assert ellen.get(transfer_page(pregnancy)).status_code == 404
    assert str(patient) not in read(ellen.get(reverse("worklist")))
    assert str(patient) in read(browser.get(reverse("worklist")))
    pregnancy.refresh_from_db()
    patient.refresh_from_db()
    assert pregnancy.practice == patient.practice == dana.practice


def test_she_sees_the_new_numbers_at_once(sign_in, dana, patient, asked):
    hannah = sign_in(patient)
    assert "(505) 555-0142" in read(hannah.get(reverse("today")))
    accept_transfer(transfer=asked, by=dana)
    page = read(hannah.get(reverse("today")))
    assert "(505) 555-0190" in page and "(505) 555-0142" not in page


def test_the_new_team_sees_what_was_before(sign_in, dana, pregnancy, alert, provider, asked):
    pregnancy.notes.create(text="Prefers mornings.", recorded_by=provider)
    accept_transfer(transfer=asked, by=dana)
    page = read(sign_in(dana).get(pregnancy.get_absolute_url()))
    assert "Spotting" in page and "Juniper Street Care to Mesa Women’s Clinic" in page
    assert "Accepted: Dana Cole" in page


def test_earlier_pregnancies_go_with_her(pregnancy, patient, dana, asked):
    earlier = PregnancyFactory(
        practice=pregnancy.practice,
        patient=patient,
        ended_on=datetime.date(2024, 5, 1),
        end="birth",
    )
    accept_transfer(transfer=asked, by=dana)
    earlier.refresh_from_db()
    assert earlier.practice == dana.practice


def test_the_old_team_leaves_and_open_invitations_stay(pregnancy, practice, provider, dana, asked):
    member = pregnancy.team.create(person=provider)
    invitation = InvitationFactory(practice=practice, invited_by=provider)
    accept_transfer(transfer=asked, by=dana)
    member.refresh_from_db()
    invitation.refresh_from_db()
    assert member.left_at and invitation.practice == practice and invitation.stage == "open"


@pytest.mark.parametrize("taken", [False, True], ids=["unread", "acknowledged"])
def test_the_telling_of_an_open_alert_begins_anew_there(alert, provider, dana, asked, taken):
    if taken:
        acknowledge_alert(alert=alert, by=provider)
    before = alert.round
    accept_transfer(transfer=asked, by=dana)
    alert.refresh_from_db()
    assert alert.practice == dana.practice and alert.acknowledged_at is None
    assert alert.round == before + 1 and alert.escalate_at and alert.urgency == Urgency.URGENT
    assert Message.objects.filter(alert_round=alert.round).get().to == dana
    deliver_due()
    states = dict(Message.objects.filter(alert=alert).values_list("to", "state"))
    assert states == {provider.pk: MessageState.WITHDRAWN, dana.pk: MessageState.SENT}
    event = AlertEvent.objects.get(kind="transferred")
    assert event.by == dana and event.note == "Juniper Street Care → Mesa Women’s Clinic"


def test_the_old_practice_cannot_close_the_alert_any_more(sign_in, provider, alert, dana, asked):
    accept_transfer(transfer=asked, by=dana)
    for name in ("acknowledge_alert", "resolve_alert"):
        response = sign_in(provider).post(reverse(name, args=[alert.pk]), {"outcome": "seen"})
        assert response.status_code == 404
    assert sign_in(dana).post(reverse("acknowledge_alert", args=[alert.pk])).status_code == 302


def test_declined_nothing_moves_and_both_sides_see_it(sign_in, provider, dana, pregnancy, asked):
    page = read(answers(sign_in(dana), asked, "decline"))
    assert "You declined." in page and "Nothing to answer." in page
    pregnancy.refresh_from_db()
    assert pregnancy.practice == provider.practice
    ellen = sign_in(provider)
    assert "Declined: Dana Cole" in read(ellen.get(transfer_page(pregnancy)))
    assert "Declined: Dana Cole" in read(ellen.get(reverse("transfers")))


def test_settled_is_settled(asked, dana, provider, pregnancy):
    assert withdraw_transfer(transfer=asked, by=provider)
    assert not accept_transfer(transfer=asked, by=dana)
    assert not decline_transfer(transfer=asked, by=dana)
    pregnancy.refresh_from_db()
    assert pregnancy.practice == provider.practice


def test_accepting_twice_moves_her_once(sign_in, asked, dana, alert):
    browser = sign_in(dana)
    answers(browser, asked, "accept")
    page = read(answers(browser, asked, "accept"))
    assert "Nothing was changed" in page
    assert AlertEvent.objects.filter(kind="transferred").count() == 1


def test_a_question_about_who_has_gone_elsewhere_cannot_be_accepted(
    asked, dana, outsider, pregnancy, patient, provider
):
    earlier = PregnancyFactory(
        practice=pregnancy.practice,
        patient=patient,
        ended_on=datetime.date(2024, 5, 1),
        end="birth",
    )
    other = ask_transfer(pregnancy=earlier, to_practice=outsider.practice, reason="x", by=provider)
    assert accept_transfer(transfer=asked, by=dana)
    assert not accept_transfer(transfer=other, by=outsider)
    pregnancy.refresh_from_db()
    assert pregnancy.practice == dana.practice
    assert not Transfer.objects.open().exists()


@pytest.mark.parametrize("who", ["provider", "outsider", "manager", "patient"])
def test_only_the_practice_that_is_asked_can_answer(who, request, sign_in, asked):
    person = request.getfixturevalue(who)
    response = answers(sign_in(person), asked, "accept")
    assert response.status_code in (403, 404) and Transfer.objects.open().exists()


def test_an_answer_that_is_none_changes_nothing(sign_in, dana, asked):
    assert "Nothing was changed" in read(answers(sign_in(dana), asked, "perhaps"))
    assert Transfer.objects.open().exists()


def test_the_list_costs_the_same_for_10_and_200(sign_in, dana, provider):
    browser = sign_in(dana)

    def queries(number):
        for _each in range(number - Transfer.objects.count()):
            theirs = PregnancyFactory(practice=provider.practice)
            theirs.transfers.create(
                from_practice=provider.practice,
                to_practice=dana.practice,
                reason="moves",
                asked_by=provider,
            )
        with CaptureQueriesContext(connection) as captured:
            assert read(browser.get(reverse("transfers"))).count("<article") == number
        return len(captured)

    assert queries(10) == queries(200)


# -- Staff who leave ---------------------------------------------------------------


def test_a_provider_who_leaves_is_out_on_the_next_request(sign_in, provider, pregnancy):
    ellen = sign_in(provider)
    assert ellen.get(pregnancy.get_absolute_url()).status_code == 200
    provider.is_active = False
    provider.save()
    for path in (pregnancy.get_absolute_url(), reverse("worklist"), reverse("invitations")):
        assert ellen.get(path)["Location"].startswith(reverse("account_login"))


def test_who_leaves_is_not_told_any_more_and_the_next_on_call_is(
    provider, colleague, practice, pregnancy, settings
):
    settings.VAPID_PRIVATE_KEY = "set"
    put_on_call(practice, provider, colleague)
    provider.push_subscriptions.create(endpoint="https://push.example/1", p256dh="x", auth="y")
    provider.is_active = False
    provider.save()
    assert people_for(practice, Tells.FIRST) == [colleague]
    report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["CORD"],
        assessment=Assessment(Urgency.EMERGENCY, ()),
        by=pregnancy.patient,
    )
    assert {message.to for message in Message.objects.filter(alert__isnull=False)} == {colleague}


def test_a_message_that_still_waits_for_who_has_left_is_not_sent(alert, provider):
    Message.objects.create(
        key="push", to=provider, channel=Channel.PUSH, alert=alert, alert_round=alert.round
    )
    provider.is_active = False
    provider.save()
    deliver_due()
    states = set(Message.objects.filter(to=provider).values_list("state", flat=True))
    assert states == {MessageState.WITHDRAWN}
