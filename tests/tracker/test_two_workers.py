"""Two workers on one database: what each of them does is done once."""

import threading
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import SimpleTestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import PracticeFactory, PregnancyFactory, UserFactory, put_on_call
from tracker.actions import acknowledge_alert, escalate_due, report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
from tracker.models import Alert, AlertEvent, FollowUp, Message, SymptomReport
from tracker.outbox import LEASE, deliver_due


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """An emergency at a practice with two people, committed, so that other threads see it. Gone afterwards."""
    with django_db_blocker.unblock():
        practice = PracticeFactory()
        people = [UserFactory(provider=True, practice=practice) for _ in range(2)]
        put_on_call(practice, *people)
        pregnancy = PregnancyFactory(practice=practice)
        stored = report_symptoms(
            pregnancy=pregnancy,
            report_id=uuid.uuid4(),
            symptoms=["CORD"],
            assessment=Assessment(Urgency.EMERGENCY, ()),
            by=pregnancy.patient,
        )
        yield SimpleNamespace(people=people, alert=stored.alert)
        for model in (DBTaskResult, Message, FollowUp, SymptomReport, AlertEvent, Alert):
            model.objects.all().delete()
        pregnancy.delete()
        practice.on_call.all().delete()
        practice.people.all().delete()
        practice.delete()


def sweep_until_done(start: threading.Barrier, busy: list[OperationalError]) -> None:
    """Sweep as the worker does: when the database is busy, what is left waits for the next sweep."""
    start.wait()
    while True:
        try:
            escalate_due()
            deliver_due()
        except OperationalError as error:
            busy.append(error)
            continue
        connection.close()
        return


@pytest.mark.django_db
class TestTwoWorkers(SimpleTestCase):
    """No transaction around it, and no emptied tables after it: the lessons stay for the other tests."""

    databases = {"default"}

    @pytest.fixture(autouse=True)
    def given(self, committed, mailbox):
        self.people, self.alert, self.mailbox = committed.people, committed.alert, mailbox

    def two_sweep(self, after: timedelta) -> list[OperationalError]:
        """Let two workers sweep at once, so long after the report. Return how often they found it busy."""
        start, busy = threading.Barrier(2), []
        workers = [threading.Thread(target=sweep_until_done, args=[start, busy]) for _ in "12"]
        with time_machine.travel(timezone.now() + after, tick=False) as clock:
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            # What a busy database (SQLite in memory does not wait) left half done is done at the next sweep.
            clock.shift(LEASE)
            deliver_due()
        return busy

    def test_two_workers_at_once_raise_a_quiet_alert_again_once(self):
        acknowledge_alert(alert=self.alert, by=self.people[1])
        self.two_sweep(timedelta(minutes=31))
        assert AlertEvent.objects.filter(kind="went_quiet").count() == 1
        assert Alert.objects.get().round == 2
        assert len({letter["X-Cinta-Key"] for letter in self.mailbox.arrived}) == 2

    def test_two_workers_at_once_tell_each_person_once(self):
        busy = self.two_sweep(timedelta(minutes=5))
        told = {letter["X-Cinta-Key"]: letter["To"] for letter in self.mailbox.arrived}
        assert sorted(told.values()) == sorted(person.email for person in self.people)
        assert len(self.mailbox.arrived) == len(told) or busy, "a repeat has the same key"
        assert AlertEvent.objects.filter(kind="told").count() == 2
        assert Alert.objects.get().step == 2 and not Message.objects.waiting().exists()
