"""Management commands of a site without the two seconds of a start: each is a child of a process that has all loaded.

The process itself asks no database and keeps nothing; a child is as new as one from the command line.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Commands:
    """Runs management commands with a site's settings. Starts with the first of them."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self._process: subprocess.Popen | None = None

    def run(self, *command: str) -> str:
        """Return what a command printed. Raise CalledProcessError when it failed."""
        self._process = self._process or subprocess.Popen(
            [sys.executable, "-m", "tests.commands"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        done = subprocess.CompletedProcess(command, *json.loads(self._process.stdout.readline()))
        done.check_returncode()
        return done.stdout

    def close(self) -> None:
        if self._process:
            self._process.communicate(timeout=20)
            self._process = None


def answer(command: list[str]) -> tuple[int, str, str]:
    """Run one command in a child. Return its code and what it printed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if not child:
            in_child(command, out.fileno(), errors.fileno())
        _, status = os.waitpid(child, 0)
        for file in (out, errors):
            file.seek(0)
        return os.waitstatus_to_exitcode(status), out.read(), errors.read()


def in_child(command: list[str], out: int, errors: int) -> None:
    """Run a command as `manage.py` does, and end."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (out, 1), (errors, 2)):
        os.dup2(source, target)
    code = 1
    try:
        execute_from_command_line(["manage.py", *command])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    import django
    from django.core.management import execute_from_command_line
    from django.urls import get_resolver

    django.setup()
    get_resolver().url_patterns  # noqa: B018
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)  # noqa: T201
