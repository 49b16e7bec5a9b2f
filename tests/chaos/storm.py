"""Many reports at once, and a killer. One seed: the same reports and the same moments every time."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from tests.chaos.devices import SIGNS, Devices, Report, post, reports_of
from tests.chaos.services import wait_for

REPORTS, PATIENTS, DEVICES, REPLAYED = 2000, 200, 16, 100
SERVER_KILLS, CHILD_KILLS, WORKER_KILLS = 2, 3, 1
STORM_SECONDS = 300
SEED = 20250301


class Storm:
    """What was sent, what was answered, and what was killed meanwhile."""

    def __init__(self, running):
        self.running, self.chance = running, random.Random(SEED)
        self.reports = reports_of(running.patients, REPORTS, self.chance)
        again = {report.id for report in self.chance.sample(self.reports, REPLAYED)}
        self.devices = Devices(running.site.port, self.reports, again)
        self.kills: Counter[str] = Counter()
        witnesses = reports_of(running.witnesses, len(running.witnesses), self.chance)
        self.emergencies = [replace(each, sign=SIGNS["emergency"][0]) for each in witnesses]
        self.seconds = 0.0
        self.all_answered = False

    def run(self) -> None:
        began = time.monotonic()
        for emergency, accepts in zip(self.emergencies, (True, False), strict=True):
            self._kill_sender(emergency, accepts)
        killers = [
            threading.Thread(target=self._kill, args=[plan], daemon=True)
            for plan in (self._against_the_server(), self._against_the_worker())
        ]
        self.devices.start(DEVICES)
        for killer in killers:
            killer.start()
        self.all_answered = self.devices.finish(STORM_SECONDS)
        for killer in killers:
            killer.join(30)
        self.seconds = time.monotonic() - began

    def _against_the_server(self) -> list[tuple[int, float, Callable[[], str]]]:
        kinds = [self._kill_server] * SERVER_KILLS + [self._kill_child] * CHILD_KILLS
        self.chance.shuffle(kinds)
        return self._at_irregular_moments(kinds, REPORTS * 9 // 10)

    def _against_the_worker(self) -> list[tuple[int, float, Callable[[], str]]]:
        """Early, because what a killed sender had in hand is sent again after its lease of a minute."""
        return self._at_irregular_moments([self._kill_worker] * WORKER_KILLS, REPORTS // 3)

    def _at_irregular_moments(self, kinds: Iterable[Callable[[], str]], last: int) -> list:
        """Return when to kill what: a number of answered reports, so that a slow machine is hurt as often."""
        kinds = list(kinds)
        moments = sorted(self.chance.sample(range(REPORTS // 40, last), len(kinds)))
        return [
            (at, self.chance.uniform(0, 0.3), kind) for at, kind in zip(moments, kinds, strict=True)
        ]

    def _kill(self, plan: list[tuple[int, float, Callable[[], str]]]) -> None:
        for answered, pause, kill in plan:
            wait_for(lambda at=answered: self.devices.answered() >= at, STORM_SECONDS)
            threading.Event().wait(pause)
            self.kills[kill()] += 1

    def _kill_server(self) -> str:
        self.running.server.kill()
        return "server"

    def _kill_child(self) -> str:
        self.running.server.kill_one_child()
        return "one process of the server"

    def _kill_worker(self) -> str:
        """Kill the worker while it sends."""
        mails = len(self.running.mailbox.arrived)
        wait_for(lambda: len(self.running.mailbox.arrived) > mails, 20)
        self.running.worker.kill()
        return "worker"

    def _kill_sender(self, emergency: Report, accepts: bool) -> None:
        """Kill the worker while it hands over a witness's mail, which is accepted or not."""
        mailbox = self.running.mailbox
        with mailbox.kill_the_next_sender(self.running.worker.kill, accepts=accepts):
            post(self.running.site.port, emergency)
        self.kills["worker handing over a mail"] += 1
