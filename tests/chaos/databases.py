"""The database under a site that is to be hurt: broken, and mended.

Rows are read with plain SQL here, so that what is judged is not the judge.
"""

import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.environment import Cluster
from tests.fresh import FILE


class FileDatabase:
    """SQLite, as a practice runs it on one machine."""

    name, trouble = "SQLite", "the disk was full"

    def __init__(self, path: Path):
        self.path, self.address = path, f"{FILE}{path}"

    def rows(self, sql: str) -> list[tuple]:
        reader = sqlite3.connect(self.path, timeout=20)
        try:
            return reader.execute(sql).fetchall()
        finally:
            reader.close()

    @contextmanager
    def out_of_order(self, processes: list[int]) -> Iterator[None]:
        """Leave these processes no room: not one more byte into any file, as on a full disk."""
        for process in processes:
            _limit_files(process, 0)
        try:
            yield
        finally:
            for process in processes:
                _limit_files(process, resource.RLIM_INFINITY)

    def close(self) -> None:
        """The file goes with the test's folder."""


def _limit_files(process: int, size: int) -> None:
    _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (most if size < 0 else size, most))


class ClusterDatabase:
    """PostgreSQL in a cluster of its own, with the settings of real use: what is committed is on disk."""

    name, trouble = "PostgreSQL", "PostgreSQL was stopped"

    def __init__(self):
        self.cluster = Cluster()
        self.cluster.start()
        self.address = self.cluster.address()

    def rows(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.address) as reader:
            return reader.execute(sql).fetchall()

    @contextmanager
    def out_of_order(self, processes: list[int]) -> Iterator[None]:
        """Stop the cluster as if it had crashed, and start it again afterwards."""
        self.cluster.halt()
        try:
            yield
        finally:
            self.cluster.run()

    def close(self) -> None:
        with suppress(subprocess.CalledProcessError):  # it stands still after a failed test
            self.cluster.halt()
        self.cluster.remove()
