"""Patients' devices: each sends a report until it hears that it is stored, as the offline queue does."""

import http.client
import queue
import random
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = "c" * 32
ANSWER_SECONDS = 15
# At 18 weeks without a known risk: what each alone means.
SIGNS = {
    "contact": ["urine_often", "itch", "pee_pain"],
    "urgent": ["pelvic_pressure", "back_pain", "discharge_mucus"],
    "emergency": ["fluid_gush", "bleed_heavy", "bulge"],
}
LEVELS = list(SIGNS)


@dataclass(frozen=True)
class Report:
    """What one patient says once. ``words`` are told by no other report."""

    id: str
    pregnancy: str
    session: str
    sign: str
    words: str


@dataclass(frozen=True)
class Answer:
    status: int
    stored: str
    body: str

    @property
    def urgency(self) -> str:
        """Return the advice it gives; empty when it gives none."""
        found = re.search(r'data-report-urgency="(\w+)"', self.body)
        return found[1] if found else ""


def reports_of(patients: list[list[str]], number: int, chance: random.Random) -> list[Report]:
    """Return different reports of these patients, about half of them grave, in a random order."""
    made = []
    for count in range(number):
        pregnancy, session = patients[count % len(patients)]
        level = chance.choices(LEVELS, weights=[4, 4, 2])[0]
        report_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        words = f"Report {count} of {number}"
        made.append(Report(report_id, pregnancy, session, chance.choice(SIGNS[level]), words))
    chance.shuffle(made)
    return made


def ask(port: int, path: str, session: str, body: str | None = None, **headers: str) -> Answer:
    """Send one request on a connection of its own. Raise OSError or HTTPException when no answer came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    headers |= {"Cookie": f"session={session}; csrf={TOKEN}", "Connection": "close"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        stored = answer.headers.get("Report-Stored", "")
        return Answer(answer.status, stored, answer.read().decode())
    finally:
        connection.close()


def post(port: int, report: Report) -> Answer:
    """Send a report once."""
    fields = {
        "symptoms": report.sign,
        "started": "now",
        "note": report.words,
        "report_id": report.id,
        "csrfmiddlewaretoken": TOKEN,
    }
    return ask(port, "/symptoms/report/", report.session, urlencode(fields))


def timed_post(port: int, report: Report) -> tuple[Answer, float]:
    """Send a report once. Return the answer and the seconds she waited for it."""
    began = time.monotonic()
    return post(port, report), time.monotonic() - began


class Devices:
    """Many devices at once, with one list of reports between them. Knows what each was answered.

    ``again`` are reports whose answer a device has lost: it sends them once more.
    """

    def __init__(self, port: int, reports: list[Report], again: set[str] = frozenset()):
        self.port, self.again = port, again
        self.answers: dict[str, list[Answer]] = {report.id: [] for report in reports}
        self.failures: Counter[str] = Counter()
        self._waiting: queue.SimpleQueue[Report] = queue.SimpleQueue()
        for report in reports:
            self._waiting.put(report)
        self._threads: list[threading.Thread] = []
        self._giving_up = threading.Event()

    def start(self, number: int) -> None:
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def finish(self, seconds: float) -> bool:
        """Wait until all are answered. Return False when they are not, after this time."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0, deadline - time.monotonic()))
        self._giving_up.set()
        return all(self.answers.values())

    def answered(self) -> int:
        return sum(map(bool, self.answers.values()))

    def _work(self) -> None:
        while not self._giving_up.is_set():
            try:
                report = self._waiting.get_nowait()
            except queue.Empty:
                return
            for _ in range(2 if report.id in self.again else 1):
                self._send_until_stored(report)

    def _send_until_stored(self, report: Report) -> None:
        while not self._giving_up.is_set():
            try:
                answer = post(self.port, report)
            except (OSError, http.client.HTTPException) as error:
                self.failures[type(error).__name__] += 1
            else:
                if re.fullmatch(r"[0-9a-f-]{36}", answer.stored):
                    self.answers[report.id].append(answer)
                    return
                self.failures[f"{answer.status}, stored: {answer.stored or '?'}"] += 1
            self._giving_up.wait(0.1)
