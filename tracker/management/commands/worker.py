import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from tracker.models import WorkerBeat

BEAT_SECONDS = 15


def do_what_is_due() -> None:
    """Show that the worker lives, and publish what editors scheduled."""
    WorkerBeat.beat()
    call_command("publish_scheduled", verbosity=0)


class Command(BaseCommand):
    help = "Run background tasks, publish what editors scheduled, and show every 15 seconds that it is alive."

    def handle(self, *args, **options):
        stop = threading.Event()
        threading.Thread(target=self.sweep, args=[stop], daemon=True).start()
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
        while worker.running:
            try:
                worker.run()
            except DatabaseError as error:
                self.postpone("Task", error, stop)

    def sweep(self, stop: threading.Event) -> None:
        """Do what is due; a database that is away for a moment costs one sweep, not the worker."""
        while not stop.is_set():
            try:
                close_old_connections()
                do_what_is_due()
            except DatabaseError as error:
                self.postpone("Sweep", error, stop)
            else:
                stop.wait(BEAT_SECONDS)

    def postpone(self, what: str, error: DatabaseError, stop: threading.Event) -> None:
        """Say that the database is away, and wait a moment for it."""
        self.stderr.write(f"{what} failed, next try in {BEAT_SECONDS} s: {error}")
        stop.wait(BEAT_SECONDS)
