"""The site that is hurt: real server, real worker, real mail server, each started again when it ends."""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import fresh
from tests.chaos.databases import ClusterDatabase, FileDatabase
from tests.chaos.deadly_mailbox import DeadlyMailbox
from tests.chaos.ledger import Ledger
from tests.chaos.people import arrive
from tests.chaos.services import Service
from tests.chaos.silence import Silence
from tests.chaos.storm import PATIENTS, Storm
from tests.site import Site, database_address

# As `make run` starts it.
SERVER = [
    *("--workers", "2", "--blocking-threads", "4", "--backpressure", "64"),
    *("--workers-kill-timeout", "3", "--no-ws", "--respawn-failed-workers"),
]
# Programs start again and again here: they keep what Python compiled, and no list of static files.
QUICK_STARTS = {"PYTHONDONTWRITEBYTECODE": "", "STATIC_HASHED": "false"}
WITNESSES, SPARED = 2, 12


@dataclass
class Running:
    """All that runs, and who is there. The storm leaves ``witnesses`` and ``spared`` alone."""

    database: FileDatabase | ClusterDatabase
    ledger: Ledger
    site: Site
    mailbox: DeadlyMailbox
    server: Service
    worker: Service
    witnesses: list[list[str]]
    patients: list[list[str]]
    spared: list[list[str]]


@pytest.fixture(scope="module")
def silence(tmp_path_factory, django_db_setup):
    """A second, quiet site whose worker is killed while the others are busy: the wait costs no time."""
    folder = tmp_path_factory.mktemp("silence")
    address = database_address(folder)
    fresh.fill(address)
    watched = Silence(Site(folder, address, **QUICK_STARTS))
    yield watched
    watched.stop()


@pytest.fixture(scope="module")
def running(silence, tmp_path_factory):
    folder = tmp_path_factory.mktemp("chaos")
    with ExitStack() as ends:
        database = a_database(folder)
        ends.callback(database.close)
        fresh.fill(database.address)
        mailbox = DeadlyMailbox()
        mailbox.start()
        ends.callback(mailbox.stop)
        mail = f"smtp://127.0.0.1:{mailbox.port}"
        site = Site(folder, database.address, EMAIL_URL=mail, **QUICK_STARTS)
        people = arrive(site, WITNESSES + PATIENTS + SPARED)["patients"]
        site.commands.close()
        server = Service(lambda: site.run_server(*SERVER))
        ends.callback(server.stop)
        worker = Service(site.run_worker)
        ends.callback(worker.stop)
        site.wait_until_ready(60)
        yield Running(
            *(database, Ledger(database), site, mailbox, server, worker),
            witnesses=people[:WITNESSES],
            patients=people[WITNESSES:-SPARED],
            spared=people[-SPARED:],
        )


def a_database(folder: Path) -> FileDatabase | ClusterDatabase:
    if os.environ.get("TEST_DATABASE") == "postgres":
        return ClusterDatabase()
    return FileDatabase(folder / "site.sqlite3")


@pytest.fixture(scope="module")
def storm(running):
    """2,000 reports from 16 devices, while server and worker are killed; ends when all are answered."""
    raging = Storm(running)
    raging.run()
    return raging
