"""No report is lost and no alert forgotten, whatever is killed, full or gone."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.chaos.devices import LEVELS, Devices, post, reports_of, timed_post
from tests.chaos.ledger import doubled, lost
from tests.chaos.services import wait_for
from tests.chaos.silence import MOST_SECONDS
from tests.chaos.storm import DEVICES, REPLAYED, REPORTS, SEED, WORKER_KILLS

# Only so that there is a database of the tests to copy from; none of this touches it.
pytestmark = pytest.mark.django_db
LEASE_SECONDS = 60
OUTAGE_REPORTS = 48
A_SWEEP_SECONDS = 6
# The worker sends in two threads: killed, or without its database, it can leave two mails unsettled.
MOST_REPEATS = 2 * (WORKER_KILLS + 3)
LONGEST_ANSWER = 10


@pytest.fixture
def tell(record_property):
    """Show a line at the end of the run, also when the test passes."""
    return partial(record_property, "figures")


# Before the storm: the lease of a mail that the worker had in hand runs out meanwhile.
def test_no_advice_is_lost_while_the_database_is_out_of_order(running, tell):
    reports = reports_of(running.spared, OUTAGE_REPORTS, random.Random(SEED + 1))
    before, meanwhile = reports[: len(reports) // 2], reports[len(reports) // 2 :]
    assert all(post(running.site.port, report).stored == report.id for report in before)
    restarts = running.worker.restarts
    processes = [*running.server.processes(), *running.worker.processes()]
    with running.database.out_of_order(processes), ThreadPoolExecutor(DEVICES) as devices:
        answers = list(devices.map(partial(timed_post, running.site.port), meanwhile[::2]))
        threading.Event().wait(A_SWEEP_SECONDS)  # so that the worker, too, runs into it
        answers += devices.map(partial(timed_post, running.site.port), meanwhile[1::2])
    slowest = max(seconds for _answer, seconds in answers)
    tell(
        f"{running.database.name}: while {running.database.trouble}, {len(answers)} reports were"
        f" answered with advice, the last of a burst after {slowest:.1f} s"
    )
    for answer, seconds in answers:
        assert (answer.status, answer.stored) == (200, "no")
        assert answer.urgency in LEVELS
        assert "has not been told" in answer.body
        assert seconds < LONGEST_ANSWER
    again = Devices(running.site.port, reports)
    again.start(DEVICES)
    assert again.finish(40)
    stored = running.ledger.reports(running.spared)
    assert (lost(reports, stored), doubled(reports, stored)) == ([], [])
    beat = running.ledger.last_beat()
    assert wait_for(lambda: running.ledger.last_beat() != beat, 60), "The worker does not go on."
    assert running.worker.restarts == restarts, "The worker did not survive."
    assert wait_for(lambda: not running.ledger.due(), 60), "What is due is not sent."


def test_every_answered_report_is_stored_exactly_once(storm, tell):
    stored = storm.running.ledger.reports(storm.running.patients)
    answers = [answer for answers in storm.devices.answers.values() for answer in answers]
    missing, extra = lost(storm.reports, stored), doubled(storm.reports, stored)
    tell(
        f"{storm.running.database.name}: {len(storm.reports)} reports, {len(answers)} answers"
        f" ({REPLAYED} sent once more), {storm.devices.failures.total()} tries without one"
        f" {dict(storm.devices.failures)}, killed {dict(storm.kills)}: {len(stored)} stored,"
        f" {len(missing)} lost, {len(extra)} doubled, {storm.seconds:.0f} s"
    )
    assert storm.all_answered
    assert len(answers) == REPORTS + REPLAYED
    assert not missing
    assert not extra
    assert len(stored) == REPORTS
    assert storm.kills["server"] + storm.kills["one process of the server"] >= 5
    assert storm.kills["worker"] + storm.kills["worker handing over a mail"] >= 3


def test_every_answer_named_its_own_report_and_the_advice_that_was_stored(storm):
    stored = storm.running.ledger.reports(storm.running.patients)
    level = {report.id: report.level for report in stored}
    for report in storm.reports:
        for answer in storm.devices.answers[report.id]:
            assert (answer.status, answer.stored) == (200, report.id)
            assert answer.urgency == level[report.id]
    assert {report.level for report in stored} == set(LEVELS)


def test_every_report_stands_in_the_one_open_alert_at_least_as_urgent(storm):
    alerts = storm.running.ledger.alerts()
    for report in storm.running.ledger.reports(storm.running.patients):
        (alert,) = alerts[report.pregnancy]
        assert alert.is_open
        assert report.alert == alert.id
        assert LEVELS.index(alert.level) >= LEVELS.index(report.level)


def test_every_alert_was_told_and_a_repeat_says_that_it_is_one(storm, tell):
    mailbox, ledger = storm.running.mailbox, storm.running.ledger
    began = time.monotonic()
    all_gone = wait_for(lambda: not ledger.messages_by_state()["waiting"], LEASE_SECONDS + 20)
    keys, untold = mailbox.keys(), ledger.untold(mailbox.keys())
    tell(
        f"{storm.running.database.name}: {len(ledger.alerts())} alerts, {len(untold)} untold,"
        f" {keys.total()} mails, {mailbox.repeats()} of them repeats, messages"
        f" {dict(ledger.messages_by_state())}, waited {time.monotonic() - began:.0f} s more"
    )
    assert all_gone
    assert not untold
    assert set(keys) <= ledger.message_keys(), "A mail tells of what was never stored."
    names = {(mail["X-Cinta-Key"], mail["Message-ID"]) for mail in mailbox.arrived}
    assert len(names) == len(keys), "A repeat has a new Message-ID."
    assert 1 <= mailbox.repeats() <= MOST_REPEATS


def test_a_killed_worker_is_seen_by_a_provider_within_90_seconds(silence, tell):
    seen = silence.is_seen()
    tell(
        f"A killed worker was seen after { ({page: round(at) for page, at in silence.seconds.items()}) }"
    )
    assert seen
    assert max(silence.seconds.values()) <= MOST_SECONDS
