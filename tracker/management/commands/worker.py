import logging
import threading
from contextlib import suppress

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tracker.actions import escalate_due, remind_due, remind_reviewers
from tracker.models import WorkerBeat
from tracker.outbox import deliver_due, end_leases

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 5
RETRY_SECONDS = 5


def do_what_is_due() -> None:
    """Escalate, ask, send and publish what is due; then show that the worker lives.

    The sign of life comes last: a worker that cannot escalate or send counts as silent.
    """
    all_escalated = escalate_due()
    remind_due()
    remind_reviewers()
    deliver_due()
    call_command("publish_scheduled", verbosity=0)
    call_command("prune_db_task_results", min_age_days=1, verbosity=0)
    if all_escalated:
        WorkerBeat.beat()


class Command(BaseCommand):
    help = "Escalate alerts, send messages, run tasks, publish what editors scheduled; show every few seconds that it is alive."

    def handle(self, *args, **options):
        stop = threading.Event()
        worker = Worker(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="cinta",
            excluded_queue_names=[],
        )
        worker.configure_signals()
        self.take_over()
        threading.Thread(target=self.sweep, args=[stop], daemon=True).start()
        while worker.running:
            try:
                worker.run()
            except DatabaseError as error:
                self.postpone("Task", error, stop)

    def take_over(self) -> None:
        """Take back what a killed worker had in hand; there is one worker at a time."""
        try:
            DBTaskResult.objects.running().update(status=TaskResultStatus.READY)
            end_leases()
        except DatabaseError as error:
            self.say(f"What was in hand stays where it is: {error}")

    def sweep(self, stop: threading.Event) -> None:
        """Do what is due, again and again; whatever fails costs one sweep, not the worker."""
        while not stop.is_set():
            try:
                close_old_connections()
                do_what_is_due()
            except DatabaseError as error:
                self.postpone("Sweep", error, stop)
            except Exception:
                logger.exception("A sweep failed.")
                stop.wait(RETRY_SECONDS)
            else:
                stop.wait(SWEEP_SECONDS)

    def postpone(self, what: str, error: DatabaseError, stop: threading.Event) -> None:
        """Say that the database is away, and wait a moment for it."""
        self.say(f"{what} failed, next try in {RETRY_SECONDS} s: {error}")
        close_old_connections()
        stop.wait(RETRY_SECONDS)

    def say(self, words: str) -> None:
        """Write a line to the log; it may lie on the disk that is full, and that is no reason to die."""
        with suppress(OSError):
            self.stderr.write(words)
