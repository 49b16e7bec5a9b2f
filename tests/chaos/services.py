import os
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

STOP_SECONDS = 20


def wait_for(true: Callable[[], object], seconds: float) -> bool:
    """Ask again and again until something is true. Return False when it was not, in this time."""
    pause = threading.Event()
    for _ in range(int(seconds * 20)):
        if true():
            return True
        pause.wait(0.05)
    return bool(true())


def group_of(leader: int) -> list[int]:
    """Return the processes that belong to a program: its leader and all it started, oldest first."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            state, _parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(group) == leader and state != "Z":
                found.append(int(entry.name))
    return sorted(found)


def answers_requests(process: int) -> bool:
    """Tell a server's process from the helper that Python starts beside it."""
    with suppress(OSError):
        return "resource_tracker" not in Path(f"/proc/{process}/cmdline").read_text()
    return False


class Service:
    """One program, started again whenever it ends, as a machine's service manager does."""

    def __init__(self, launch: Callable[[], subprocess.Popen]):
        self.launch, self.process = launch, launch()
        self.restarts = 0
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _keep(self) -> None:
        while not self._stopping.wait(0.05):
            if self.process.poll() is not None:
                self.process = self.launch()
                self.restarts += 1

    def processes(self) -> list[int]:
        return group_of(self.process.pid)

    def children(self) -> list[int]:
        """Return the processes it started to answer requests."""
        return [
            process
            for process in self.processes()
            if process != self.process.pid and answers_requests(process)
        ]

    def kill(self) -> None:
        """Kill it with everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill_one_child(self) -> None:
        assert wait_for(self.children, 60), "It has no worker process to kill."
        with suppress(ProcessLookupError):
            os.kill(self.children()[-1], signal.SIGKILL)

    def stop(self) -> None:
        self._stopping.set()
        self._keeper.join()
        self.process.terminate()
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
