"""What the tests run on. Loaded before Django's settings, by `-p tests.environment` in pyproject.toml.

TEST_DATABASE=postgres starts a PostgreSQL cluster of its own in a temporary folder, on a socket
only, and throws it away at the end. Otherwise SQLite in memory.
"""

import glob
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

os.environ |= {
    "DEMO": "true",
    "SECRET_KEY": "for-tests-only",
    "STATIC_HASHED": "false",
    "HTTPS": "false",
    "LOG_LEVEL": "CRITICAL",
}
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="cinta-tests-"))
Path(os.environ["DATA_DIR"], "static").mkdir(parents=True, exist_ok=True)


class Cluster:
    """One throw-away PostgreSQL."""

    def __init__(self):
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not binaries:
            raise SystemExit("PostgreSQL is missing. `make test` installs it as root, or names it.")
        self.binaries = Path(binaries[-1])
        self.folder = Path(tempfile.mkdtemp(prefix="cinta-pg-"))
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_owner:
            shutil.chown(self.folder, "postgres")

    def start(self) -> None:
        user = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
        self._run("initdb", "-D", f"{self.folder}/data", *user)
        fast = (
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        )
        self._run(
            "pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-s",
            "-o", f"-k {self.folder} -c listen_addresses='' {fast}", "start",
        )  # fmt: skip
        self.folder.chmod(0o755)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = "postgres") -> str:
        return f"postgres://postgres@{str(self.folder).replace('/', '%2F')}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_owner, str(self.binaries / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


cluster = None
if os.environ.get("TEST_DATABASE") == "postgres" and "PYTEST_XDIST_WORKER" not in os.environ:
    cluster = Cluster()
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.address()
elif "TEST_DATABASE" not in os.environ:
    os.environ["DATABASE_URL"] = "sqlite://:memory:"


def pytest_unconfigure() -> None:
    if cluster:
        cluster.stop()
