"""A running Cinta of its own for the tests that need one: web server, worker, database."""

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

from tests import fresh
from tests.commands import ROOT, Commands

GRANIAN = Path(sys.executable).with_name("granian")
# Hashed and compressed as in real use, in one process of one pass: it costs half a minute of a core.
HASHES = (
    not os.environ.get("TEST_DATABASE") and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_address(folder: Path) -> str:
    """Return a database for the site alone: a file, or one in the tests' own cluster."""
    if not fresh.is_in_postgres():
        return f"sqlite:///{folder}/site.sqlite3"
    return fresh.tests_own(f"{folder.name}_{os.getpid()}")


class Site:
    """The running site: its address, its processes, and its management commands."""

    def __init__(self, folder: Path, database: str = "", **settings: str):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database or database_address(folder),
            "STATIC_HASHED": "true" if HASHES else "false",
            "BASE_URL": self.address,
            "LOG_LEVEL": "ERROR",
            **settings,
        }
        self.processes: list[subprocess.Popen] = []
        self.commands = Commands(self.environment)

    def manage(self, *command: str) -> str:
        """Run a management command. Return what it printed."""
        return self.commands.run(*command)

    def start(self) -> None:
        """Make everything that `make run` makes, from a fresh copy of tables and lessons, and start it."""
        fresh.fill(self.environment["DATABASE_URL"])
        self.manage("seed_demo", "--verbosity", "0")
        if self.environment["STATIC_HASHED"] == "true":
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.run_server("--blocking-threads", "4", "--backpressure", "32")
        self.run_worker()
        self.wait_until_ready()

    def run_server(self, *options: str) -> subprocess.Popen:
        where = ["--interface", "wsgi", "--port", str(self.port), "--log-level", "error"]
        return self._run(str(GRANIAN), *where, *options, "project.wsgi:application")

    def run_worker(self) -> subprocess.Popen:
        return self._run(sys.executable, "manage.py", "worker")

    def _run(self, *command: str) -> subprocess.Popen:
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        self.processes.append(process)
        return process

    def wait_until_ready(self, seconds: int = 30) -> None:
        for _ in range(seconds * 10):
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except OSError:
                threading.Event().wait(0.1)
        raise RuntimeError(f"The site did not become ready in {seconds} seconds.")

    def stop(self) -> None:
        self.commands.close()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
