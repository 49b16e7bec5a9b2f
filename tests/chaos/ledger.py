"""What stands in the database, read with plain SQL, and what it should be."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.chaos.databases import ClusterDatabase, FileDatabase
from tests.chaos.devices import LEVELS, Report


@dataclass(frozen=True)
class StoredReport:
    id: str
    pregnancy: str
    alert: str
    level: str
    words: str


@dataclass(frozen=True)
class StoredAlert:
    id: str
    pregnancy: str
    level: str
    round: int
    is_open: bool


class Ledger:
    """The rows of one database, as they are when asked for."""

    def __init__(self, database: FileDatabase | ClusterDatabase):
        self.rows = database.rows

    def reports(self, patients: list[list[str]]) -> list[StoredReport]:
        """Return every report of these patients."""
        whose = {pregnancy for pregnancy, _session in patients}
        rows = self.rows(
            "SELECT id, pregnancy_id, alert_id, urgency, note FROM tracker_symptomreport"
        )
        found = [
            StoredReport(as_id(key), as_id(hers), as_id(alert), LEVELS[urgency - 1], words)
            for key, hers, alert, urgency, words in rows
        ]
        return [report for report in found if report.pregnancy in whose]

    def alerts(self) -> dict[str, list[StoredAlert]]:
        """Return the alerts of each pregnancy, open and closed."""
        rows = self.rows(
            "SELECT id, pregnancy_id, urgency, round, resolved_at IS NULL FROM tracker_alert"
        )
        found = defaultdict(list)
        for key, hers, urgency, count, is_open in rows:
            level, whose = LEVELS[urgency - 1], as_id(hers)
            found[whose].append(StoredAlert(as_id(key), whose, level, count, bool(is_open)))
        return found

    def untold(self, keys: Iterable[str]) -> list[StoredAlert]:
        """Return the alerts about whose present level no mail has arrived; ``keys`` did."""
        arrived = {tuple(key.split(":")[1:3]) for key in keys}
        every = [alert for alerts in self.alerts().values() for alert in alerts]
        return [alert for alert in every if (alert.id, str(alert.round)) not in arrived]

    def message_keys(self) -> set[str]:
        return {key for (key,) in self.rows("SELECT key FROM tracker_message")}

    def messages_by_state(self) -> Counter[str]:
        return Counter(
            dict(self.rows("SELECT state, count(*) FROM tracker_message GROUP BY state"))
        )

    def due(self) -> int:
        """Return how many messages wait for nothing but the worker."""
        due = "state = 'waiting' AND try_at <= CURRENT_TIMESTAMP"
        return self.rows(f"SELECT count(*) FROM tracker_message WHERE {due}")[0][0]

    def last_beat(self) -> object:
        return self.rows("SELECT max(beaten_at) FROM tracker_workerbeat")[0][0]


def lost(sent: list[Report], stored: list[StoredReport]) -> list[Report]:
    """Return what does not stand there as it was sent: its id, its patient, its words."""
    there = {(each.id, each.pregnancy, each.words) for each in stored}
    return [each for each in sent if (each.id, each.pregnancy, each.words) not in there]


def doubled(sent: list[Report], stored: list[StoredReport]) -> list[str]:
    """Return the words that stand there more than once, or that nobody sent."""
    expected = Counter(report.words for report in sent)
    return list((Counter(report.words for report in stored) - expected).elements())


def as_id(value: object) -> str:
    """Return a UUID the same way from every database."""
    return str(uuid.UUID(str(value)))
