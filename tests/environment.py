"""What the tests run on. Loaded before Django's settings, by `-p tests.environment` in pyproject.toml.

TEST_DATABASE=postgres starts a PostgreSQL cluster of its own in a temporary folder, on a socket
only, and throws it away at the end. Otherwise SQLite in memory.
"""

import gc
import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

gc.disable()  # until everything is loaded
os.environ |= {
    "DEMO": "true",
    "SECRET_KEY": "for-tests-only",
    "STATIC_HASHED": "false",
    "HTTPS": "false",
    "LOG_LEVEL": "CRITICAL",
}
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="cinta-tests-"))
Path(os.environ["DATA_DIR"], "static").mkdir(parents=True, exist_ok=True)
# Whoever starts the tests has what the test processes and the sites share, and takes it away again.
IS_FIRST = os.environ.setdefault("TESTS_STARTED_BY", str(os.getpid())) == str(os.getpid())
if IS_FIRST:
    os.environ["SHARED_DIR"] = tempfile.mkdtemp(prefix="cinta-shared-")
SHARED = Path(os.environ["SHARED_DIR"])


def settle() -> None:
    """Take what is loaded by now as given, so that no collection of garbage walks it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


# A test's rows need not survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """One throw-away PostgreSQL. ``settings`` are its own; without any it keeps what it was told."""

    def __init__(self, *settings: str):
        self.settings = (*settings, "max_connections=200", "listen_addresses=")
        self.folder = Path(tempfile.mkdtemp(prefix="cinta-pg-"))
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_owner:
            shutil.chown(self.folder, "postgres")

    @staticmethod
    def binaries() -> Path:
        """Return the folder of the newest PostgreSQL's programs."""
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not found:
            raise SystemExit("PostgreSQL is missing. `make test` installs it as root, or names it.")
        return Path(found[-1])

    def start(self) -> None:
        user = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
        self._run("initdb", "-D", f"{self.folder}/data", *user)
        self.run()
        self.folder.chmod(0o755)

    def run(self) -> None:
        settings = " ".join(f"-c {each}" for each in self.settings)
        self._control(
            "-l", f"{self.folder}/log", "-w", "-o", f"-k {self.folder} {settings}", "start"
        )

    def halt(self) -> None:
        """Stop it at once, as if it had crashed; what is on its disk stays, and it can run again."""
        self._control("-m", "immediate", "stop")

    def stop(self) -> None:
        self.halt()
        self.remove()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = "postgres") -> str:
        return f"postgres://postgres@{str(self.folder).replace('/', '%2F')}/{database}"

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-s", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_owner, str(self.binaries() / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


cluster = None
if os.environ.get("TEST_DATABASE") == "postgres" and IS_FIRST:
    cluster = Cluster(*FAST)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.address()
elif "TEST_DATABASE" not in os.environ:
    os.environ["DATABASE_URL"] = "sqlite://:memory:"


def pytest_configure() -> None:
    """Look for a static file when one is asked for: each test's browser would list all 1,400 first."""
    settings.WHITENOISE_AUTOREFRESH = True


def pytest_collection_finish() -> None:
    settle()


def pytest_unconfigure() -> None:
    if cluster:
        cluster.stop()
    if IS_FIRST:
        shutil.rmtree(SHARED, ignore_errors=True)


def pytest_terminal_summary(terminalreporter) -> None:
    """Show the figures that tests recorded, also of tests that passed in another process."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, words in report.user_properties:
                if name == "figures" and report.when == "call":
                    terminalreporter.write_line(words)
