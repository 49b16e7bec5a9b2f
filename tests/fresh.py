"""The tests' database as it is before the first test: tables, lessons, nobody in it.

Made once for a run, by a process of its own; each test process and each site starts from a copy.
"""

import fcntl
import gc
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.commands import ROOT
from tests.environment import SHARED, Cluster

FILE = "sqlite:///"
COPY = SHARED / "copy"
TEMPLATE = "fresh"


def is_in_postgres() -> bool:
    return os.environ.get("TEST_DATABASE") == "postgres"


def tests_own(database: str) -> str:
    """Return the address of a database in the tests' own cluster."""
    return os.environ["DATABASE_URL"].removesuffix("/postgres") + f"/{database}"


def make() -> None:
    """Have the copy. Who comes second waits for the first."""
    with (SHARED / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not COPY.exists():
            where = {}
            if is_in_postgres():
                create(TEMPLATE, "template1")
                where["DATABASE_URL"] = tests_own(TEMPLATE)
            command = [sys.executable, "-m", "tests.fresh"]
            subprocess.run(
                command, check=True, cwd=ROOT, env=os.environ | where, stdout=subprocess.DEVNULL
            )


def make_early() -> threading.Thread:
    """Have the copy soon, while the test processes start."""
    maker = threading.Thread(target=make)
    maker.start()
    return maker


def begin() -> sqlite3.Connection | None:
    """Let Django's database for tests begin as a copy; it migrates what is missing there, which is nothing."""
    make()
    database = settings.DATABASES["default"]
    if is_in_postgres():
        database["TEST"]["TEMPLATE"] = TEMPLATE
        return None
    # In memory: it lasts as long as someone is connected.
    name = connection.creation._get_test_db_name()
    started = sqlite3.connect(name, uri=True)
    with closing(sqlite3.connect(COPY)) as copy:
        copy.backup(started)
    return started


def create(database: str, template: str) -> None:
    with psycopg.connect(tests_own("postgres"), autocommit=True) as cluster:
        cluster.execute(f"CREATE DATABASE {database} TEMPLATE {template}")


def fill(address: str) -> None:
    """Make a database from the copy: a file, one more in the tests' cluster, or an empty one elsewhere."""
    if address.startswith(FILE):
        Path(address.removeprefix(FILE)).write_bytes(COPY.read_bytes())
        return
    name = address.rpartition("/")[2]
    if address == tests_own(name):
        create(name, TEMPLATE)
        return
    quietly = ["--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file", COPY]
    subprocess.run([Cluster.binaries() / "psql", *quietly, address], check=True)


def write(copy: Path) -> None:
    """Migrate, load the lessons, and write the copy."""
    gc.disable()  # nearly all of what migrations make is needed until they end
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as file:
            connection.connection.backup(file)
        return
    connection.close()
    address = os.environ["DATABASE_URL"]
    command = [Cluster.binaries() / "pg_dump", "--no-owner", "--file", copy, "--dbname", address]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    django.setup()
    half = COPY.with_suffix(".half")
    write(half)
    half.rename(COPY)
