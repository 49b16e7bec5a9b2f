"""A copy of the tests' database as it is before the first test: tables, lessons, nobody in it.

A site for a test is filled from it, which is much quicker than migrating once more.
"""

import sqlite3
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from tests.environment import Cluster

FILE = "sqlite:///"
COPY = Path(tempfile.mkdtemp(prefix="cinta-fresh-")) / "copy"


def keep() -> None:
    """Write the copy. Run once, before any test may have changed a row."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(COPY)
        connection.connection.backup(copy)
        copy.close()
        return
    where = connection.settings_dict
    tests = ["--host", where["HOST"], "--username", where["USER"], "--dbname", where["NAME"]]
    command = [Cluster.binaries() / "pg_dump", "--no-owner", "--file", COPY, *tests]
    subprocess.run(command, check=True)


def fill(address: str) -> None:
    """Put the copy into an empty database."""
    if address.startswith(FILE):
        Path(address.removeprefix(FILE)).write_bytes(COPY.read_bytes())
        return
    quietly = ["--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file", COPY]
    subprocess.run([Cluster.binaries() / "psql", *quietly, address], check=True)
