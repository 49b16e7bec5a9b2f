"""Messages: written with the report, sent at least once, truthful about what was not delivered."""

import json
import re
import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tests.factories import put_on_call
from tests.mailbox import DROP, FOOT, plain
from tracker import outbox
from tracker.actions import acknowledge_alert, escalate_due, report_symptoms, resolve_alert
from tracker.clinical.triage import Assessment
from tracker.enums import AlertOutcome, Channel, MessageState, Urgency
from tracker.gateways import FileGateway, Undeliverable
from tracker.models import Alert, FollowUp, Message, SymptomReport
from tracker.outbox import LEASE, MOST_TRIES, deliver, deliver_due

pytestmark = pytest.mark.django_db
FRIDAY_NOON = "2026-11-20T12:00:00-07:00"


@pytest.fixture(autouse=True)
def clock():
    """Noon on a Friday in Denver, until a test moves it."""
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(clock, practice, provider, colleague):
    """Ellen Park is told first, Kofi Osei second. No task waits from loading the lessons."""
    DBTaskResult.objects.all().delete()
    put_on_call(practice, provider, colleague)
    return provider, colleague


def report(pregnancy, urgency=Urgency.URGENT, code="BLEED_LIGHT"):
    return report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        note="since noon, some blood",
        by=pregnancy.patient,
    )


def run_tasks() -> None:
    """Run every task that waits, as the worker does. (Its own loop would close the test's connection.)"""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    for task in DBTaskResult.objects.ready():
        task.claim(worker.worker_id)
        worker.run_task(task)
    assert not DBTaskResult.objects.failed().exists()


def kinds(alert) -> list[str]:
    return [event.kind for event in alert.events.all()]


# -- What arrives ----------------------------------------------------------------------


def test_the_mail_says_open_cinta_and_nothing_else(team, pregnancy, mailbox, settings):
    report(pregnancy)
    deliver_due()
    (letter,) = mailbox.arrived
    assert letter["To"] == "provider@example.org" and letter["Subject"] == "Open Cinta"
    assert plain(letter).split() == [
        *["Open", "Cinta", "now.", "Something", "waits", "for", "you", "there."],
        f"{settings.BASE_URL}/worklist/",
        *FOOT.split(),
    ]


@pytest.mark.parametrize("urgency", Urgency)
def test_no_mail_names_her_or_what_she_said(team, pregnancy, mailbox, urgency, clock):
    report(pregnancy, urgency)
    clock.shift(timedelta(days=1))
    deliver_due()
    assert mailbox.arrived
    told = " ".join(letter.as_string().lower() for letter in mailbox.arrived)
    patient = pregnancy.patient
    private = [patient.first_name, patient.last_name, patient.email, "blood", "bleed", "spotting"]
    private += ["pregnan", "symptom", "emergency", "urgent", "cervi", "stitch", "since noon"]
    assert not [word for word in private if word.lower() in told]


def test_a_question_to_the_patient_is_as_silent(pregnancy, mailbox, settings, clock):
    question = FollowUp.objects.filter(report=report(pregnancy)).first()
    outbox.enqueue(key="question", to=pregnancy.patient, channel=Channel.EMAIL, follow_up=question)
    deliver_due()
    (letter,) = [each for each in mailbox.arrived if each["To"] == pregnancy.patient.email]
    assert letter["Subject"] == "Open Cinta"
    assert plain(letter).split() == [
        *["Cinta", "has", "a", "short", "question", "for", "you.", "Open", "Cinta."],
        f"{settings.BASE_URL}/today/",
        *FOOT.split(),
    ]


# -- Trying again ------------------------------------------------------------------------


def test_a_line_that_drops_after_the_mail_was_taken_costs_a_repeat_with_the_same_key(
    team, pregnancy, mailbox, clock
):
    alert = report(pregnancy).alert
    mailbox.answers["DATA"] = [DROP]
    deliver_due()
    message = Message.objects.get()
    assert message.state == MessageState.WAITING and "told" not in kinds(alert)
    clock.shift(timedelta(seconds=10))
    deliver_due()
    first, second = mailbox.arrived
    assert first["Message-ID"] == second["Message-ID"] == f"<{message.pk}@cinta>"
    assert first["X-Cinta-Key"] == second["X-Cinta-Key"] == message.key
    message.refresh_from_db()
    assert (message.state, message.tries) == (MessageState.SENT, 2)
    assert kinds(alert) == ["raised", "told"]


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("MAIL", "451 later"),
        ("RCPT", "450 busy"),
        ("RCPT", "421 going down"),
        ("DATA", "451 greylisted"),
    ],
)
def test_a_refusal_for_now_is_tried_again_later(team, pregnancy, mailbox, clock, stage, answer):
    alert = report(pregnancy).alert
    mailbox.answers[stage] = [answer]
    deliver_due()
    message = Message.objects.get()
    assert message.state == MessageState.WAITING and answer[:3] in message.error
    assert message.try_at == timezone.now() + timedelta(seconds=10)
    clock.shift(timedelta(seconds=9))
    assert deliver_due() == 0, "not before its time"
    clock.shift(timedelta(seconds=1))
    assert deliver_due() == 1
    assert len(mailbox.arrived) == 1 and kinds(alert) == ["raised", "told"]


@pytest.mark.parametrize(
    ("stage", "answer"),
    [("MAIL", "550 not you"), ("RCPT", "550 no such user"), ("DATA", "554 not this")],
)
def test_a_refusal_for_good_is_said_and_the_next_person_is_told(
    team, pregnancy, mailbox, clock, stage, answer
):
    first, second = team
    alert = report(pregnancy).alert
    mailbox.answers[stage] = [answer]
    deliver_due()
    message = Message.objects.get()
    assert (message.state, message.tries) == (MessageState.FAILED, 1)
    trouble = alert.events.get(kind="not_told")
    assert (trouble.to, trouble.channel) == (first, Channel.EMAIL) and answer in trouble.note
    assert Alert.objects.get().told_at is None
    clock.shift(timedelta(minutes=15))
    assert escalate_due()
    deliver_due()
    assert [letter["To"] for letter in mailbox.arrived] == [second.email]


def test_while_the_mail_server_is_away_the_waits_grow_and_the_end_is_said(
    team, pregnancy, mailbox, clock
):
    alert = report(pregnancy).alert
    mailbox.stop()
    waits = []
    while (message := Message.objects.get()).state == MessageState.WAITING:
        clock.move_to(message.try_at)
        began = message.try_at
        assert deliver_due() == 1
        message.refresh_from_db()
        waits.append((message.try_at - began).total_seconds())
    assert waits[:6] == [10, 30, 60, 120, 300, 600] and len(waits) == message.tries == MOST_TRIES
    assert sum(waits[:-1]) > 3 * 3600
    assert message.state == MessageState.FAILED
    assert "ConnectionRefusedError" in alert.events.get(kind="not_told").note


def test_a_mail_server_that_comes_back_gets_what_waited(team, pregnancy, mailbox, settings, clock):
    settings.EMAIL_PORT = 1  # nobody listens there
    alert = report(pregnancy).alert
    for _ in range(4):
        deliver_due()
        clock.shift(timedelta(minutes=3))
    settings.EMAIL_PORT = mailbox.port
    deliver_due()
    assert len(mailbox.arrived) == 1 and kinds(alert) == ["raised", "told"]


def test_what_a_strangers_server_says_cannot_break_the_sweep(team, pregnancy, mailbox, monkeypatch):
    alert = report(pregnancy).alert
    monkeypatch.setattr(
        outbox, "send", lambda message: (_ for _ in ()).throw(Undeliverable("no\0\n" + "x" * 999))
    )
    deliver_due()
    assert alert.events.get(kind="not_told").note == "no  " + "x" * 196


def test_a_log_does_not_name_whom_a_mail_was_for(team, pregnancy, mailbox, caplog):
    report(pregnancy)
    mailbox.answers["RCPT"] = ["450 provider@example.org is busy"]
    with caplog.at_level("WARNING"):
        deliver_due()
    assert "was not delivered: SMTPRecipientsRefused" in caplog.text
    assert "provider@example.org" not in caplog.text


def test_the_most_urgent_message_leaves_first(team, pregnancy, stitched, mailbox, clock):
    calm = report(pregnancy, Urgency.CONTACT).alert
    clock.shift(timedelta(minutes=1))
    grave = report(stitched, Urgency.EMERGENCY).alert
    deliver_due()
    sent = [letter["X-Cinta-Key"].split(":")[1] for letter in mailbox.arrived]
    assert sent == [str(grave.pk), str(calm.pk)]


# -- One transaction, two ways out ---------------------------------------------------------


def test_a_report_that_is_rolled_back_leaves_neither_message_nor_task(team, pregnancy):
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        report(pregnancy)
        assert Message.objects.exists() and DBTaskResult.objects.exists()
        raise KeyboardInterrupt
    assert not SymptomReport.objects.exists() and not Alert.objects.exists()
    assert not Message.objects.exists() and not DBTaskResult.objects.exists()


def test_a_report_that_is_kept_leaves_both(team, pregnancy):
    report(pregnancy)
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [str(Message.objects.get().pk)]


def test_the_task_alone_sends(team, pregnancy, mailbox):
    report(pregnancy)
    run_tasks()
    assert len(mailbox.arrived) == 1
    assert Message.objects.get().state == MessageState.SENT


def test_the_sweep_alone_sends(team, pregnancy, mailbox):
    report(pregnancy)
    DBTaskResult.objects.all().delete()
    assert deliver_due() == 1
    assert len(mailbox.arrived) == 1


def test_task_and_sweep_together_send_once(team, pregnancy, mailbox):
    report(pregnancy)
    deliver_due()
    run_tasks()
    assert deliver_due() == 0
    assert len(mailbox.arrived) == 1 and Message.objects.get().tries == 1


def test_a_task_does_not_overtake_the_wait_after_a_refusal(team, pregnancy, mailbox):
    report(pregnancy)
    mailbox.answers["DATA"] = ["451 later"]
    deliver_due()
    run_tasks()
    assert not mailbox.arrived and Message.objects.get().tries == 1


def test_the_same_key_twice_is_one_message(team, pregnancy, provider):
    alert = report(pregnancy).alert
    for _ in range(2):
        outbox.enqueue(key="same", to=provider, channel=Channel.EMAIL, alert=alert)
    assert Message.objects.filter(key="same").count() == 1
    assert DBTaskResult.objects.count() == 2, "one for the first message, one for this"


def is_killed_while_sending(monkeypatch):
    def killed(message):
        raise SystemExit

    monkeypatch.setattr(outbox, "send", killed)
    with pytest.raises(SystemExit):
        deliver_due()
    monkeypatch.undo()


def test_a_sender_that_was_killed_is_replaced_when_its_lease_ends(
    team, pregnancy, mailbox, monkeypatch, clock
):
    report(pregnancy)
    is_killed_while_sending(monkeypatch)
    clock.shift(LEASE - timedelta(seconds=1))
    assert deliver_due() == 0, "it may still be sending"
    clock.shift(timedelta(seconds=1))
    assert deliver_due() == 1
    assert len(mailbox.arrived) == 1 and Message.objects.get().state == MessageState.SENT


def test_a_worker_that_starts_again_takes_back_what_the_killed_one_had_in_hand(
    team, pregnancy, mailbox, monkeypatch, clock
):
    report(pregnancy)
    is_killed_while_sending(monkeypatch)
    assert deliver_due() == 0
    outbox.end_leases()
    assert deliver_due() == 1 and len(mailbox.arrived) == 1


def test_a_slow_sender_that_fails_does_not_disturb_the_one_that_took_over(
    team, pregnancy, mailbox, monkeypatch, clock
):
    report(pregnancy)
    message = Message.objects.get()

    def slow(sent):
        monkeypatch.undo()
        clock.shift(LEASE)
        Message.objects.filter(pk=sent.pk).update(tries=2, try_at=timezone.now() + LEASE)
        raise TimeoutError

    monkeypatch.setattr(outbox, "send", slow)
    deliver(message.pk)
    assert Message.objects.get().try_at == timezone.now() + LEASE


# -- No longer needed -------------------------------------------------------------------------


def test_a_message_is_withdrawn_when_someone_took_the_alert(team, pregnancy, mailbox, colleague):
    alert = report(pregnancy).alert
    acknowledge_alert(alert=alert, by=colleague)
    assert deliver_due() == 0
    assert Message.objects.get().state == MessageState.WITHDRAWN
    assert not mailbox.arrived and kinds(alert) == ["raised", "acknowledged"]


def test_a_message_is_withdrawn_when_the_alert_is_closed(team, pregnancy, mailbox, provider):
    resolve_alert(alert=report(pregnancy).alert, outcome=AlertOutcome.SEEN, note="", by=provider)
    deliver_due()
    assert Message.objects.get().state == MessageState.WITHDRAWN and not mailbox.arrived


def test_a_message_of_an_earlier_round_is_withdrawn(team, pregnancy, mailbox):
    report(pregnancy, Urgency.CONTACT)
    report(pregnancy, Urgency.EMERGENCY)
    deliver_due()
    states = Message.objects.order_by("alert_round").values_list("state", flat=True)
    assert list(states) == [MessageState.WITHDRAWN, MessageState.SENT]
    assert len(mailbox.arrived) == 1


# -- Phones ---------------------------------------------------------------------------------------


@pytest.fixture
def phone_file(settings, tmp_path):
    """What left for phones, as the demonstration writes it."""
    path = tmp_path / "phones"
    settings.SMS_GATEWAY = f"file:{path}"

    def lines() -> list[dict]:
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    return lines


def test_the_file_of_the_demonstration_holds_each_text_and_call(
    team, provider, pregnancy, mailbox, phone_file, settings
):
    provider.phone = "(505) 555-0199"
    provider.save()
    report(pregnancy, Urgency.EMERGENCY)
    deliver_due()
    text, call = sorted(phone_file(), key=lambda line: line["kind"])
    assert (text["kind"], call["kind"]) == ("sms", "voice")
    keys = Message.objects.filter(channel__in=[Channel.SMS, Channel.VOICE])
    assert {text["key"], call["key"]} == set(keys.values_list("key", flat=True))
    for line in (text, call):
        assert line["to"] == "+15055550199"
        assert line["at"] == timezone.now().isoformat()
        assert line["words"] == (
            f"Open Cinta now. Something waits for you there. {settings.BASE_URL}/worklist/"
        )


def test_only_an_emergency_calls_and_only_an_urgent_one_texts(
    team, provider, pregnancy, stitched, mailbox, phone_file
):
    provider.phone = "(505) 555-0199"
    provider.save()
    report(pregnancy, Urgency.CONTACT)
    deliver_due()
    assert not phone_file()
    report(stitched, Urgency.URGENT)
    deliver_due()
    assert [line["kind"] for line in phone_file()] == ["sms"]


@pytest.mark.parametrize("number", ["ask at the desk", "555-0199", "911", "12345678901234567"])
def test_a_phone_number_that_is_not_one_is_said_and_the_mail_still_goes(
    team, provider, pregnancy, mailbox, phone_file, number
):
    type(provider).objects.filter(pk=provider.pk).update(phone=number)
    alert = report(pregnancy, Urgency.EMERGENCY).alert
    deliver_due()
    failed = Message.objects.filter(state=MessageState.FAILED)
    assert set(failed.values_list("channel", "error")) == {
        (Channel.SMS, "not a phone number"),
        (Channel.VOICE, "not a phone number"),
    }
    assert kinds(alert).count("not_told") == 2 and not phone_file()
    assert [letter["To"] for letter in mailbox.arrived] == [provider.email]


def test_a_gateway_that_is_set_up_wrongly_does_not_stop_the_mail(
    team, provider, pregnancy, mailbox, settings
):
    settings.SMS_GATEWAY = "nowhere.Gateway"
    type(provider).objects.filter(pk=provider.pk).update(phone="(505) 555-0199")
    report(pregnancy)
    deliver_due()
    assert [letter["To"] for letter in mailbox.arrived] == [provider.email]
    assert "nowhere" in Message.objects.get(channel=Channel.SMS).error


def test_a_gateway_whose_disk_refuses_is_tried_again(team, provider, pregnancy, mailbox, settings):
    settings.SMS_GATEWAY = "file:/nowhere/phones"
    type(provider).objects.filter(pk=provider.pk).update(phone="(505) 555-0199")
    report(pregnancy)
    deliver_due()
    text = Message.objects.get(channel=Channel.SMS)
    assert text.state == MessageState.WAITING and "FileNotFoundError" in text.error


def test_a_line_in_the_file_is_never_half_written_into_another(tmp_path):
    gateway = FileGateway(str(tmp_path / "phones"))
    threads = [
        threading.Thread(
            target=gateway.send,
            kwargs={
                "number": "+15055550199",
                "words": "w" * 3000,
                "key": str(each),
                "voice": False,
            },
        )
        for each in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [json.loads(line) for line in (tmp_path / "phones").read_text().splitlines()]
    assert sorted(line["key"] for line in lines) == [str(each) for each in range(8)]
    assert all(re.fullmatch(r"\+1\d{10}", line["to"]) for line in lines)
