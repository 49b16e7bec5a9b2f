"""How long alerts waited for a reader: read from the steps of their lives, which nobody edits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from django.db.models import prefetch_related_objects

from accounts.models import Practice
from tracker.enums import AlertEventKind, Urgency
from tracker.escalation import AGAIN, Plan, Step, ladder_of, moment_of
from tracker.models import AlertEvent

# A wait that began before the period belongs to another one; its first step must be known all the same.
LOOK_BACK = timedelta(days=30)
BEGINS = {
    AlertEventKind.RAISED,
    AlertEventKind.WENT_QUIET,
    AlertEventKind.LEFT,
    AlertEventKind.TRANSFERRED,
}
RAISES = {AlertEventKind.REPEATED, AlertEventKind.REASSESSED}
# Whoever closes or opens an alert again has read it.
ENDS = {AlertEventKind.ACKNOWLEDGED, AlertEventKind.RESOLVED, AlertEventKind.REOPENED}


@dataclass(frozen=True, slots=True)
class Wait:
    """One time that an alert waited for a reader: at which level, from when, until when if someone came."""

    urgency: Urgency
    since: datetime
    until: datetime | None

    @property
    def minutes(self) -> float | None:
        return (self.until - self.since).total_seconds() / 60 if self.until else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How long several waits lasted, in minutes."""

    count: int
    median: float | None
    ninetieth: float | None


def waits_of(practice: Practice, start: datetime) -> list[Wait]:
    """Return every wait that began since a moment; one query, four columns of each step."""
    steps = (
        AlertEvent.objects.filter(
            alert__practice=practice, at__gte=start - LOOK_BACK, kind__in=BEGINS | RAISES | ENDS
        )
        .order_by("alert_id", "at", "pk")
        .values_list("alert_id", "kind", "at", "urgency")
    )
    by_alert = defaultdict(list)
    for alert, *step in steps.iterator(chunk_size=5000):
        by_alert[alert].append(step)
    every = (wait for steps in by_alert.values() for wait in waits_in(steps))
    return [wait for wait in every if wait.since >= start]


def waits_in(steps: Iterable[tuple[str, datetime, int]]) -> Iterator[Wait]:
    """Yield the waits of one alert, in order, from its steps (kind, moment, urgency).

    A report that makes a waiting alert more urgent begins the wait anew, at the new level: it is
    told anew from then on. A repeated one that does not, waits on with the first.
    """
    since, level = None, 0
    for kind, at, urgency in steps:
        rises = kind in RAISES and (since is None or urgency > level)
        if kind in BEGINS or rises:
            since, level = at, urgency
        elif kind in ENDS and since is not None:
            yield Wait(Urgency(level), since, at)
            since = None
    if since is not None:
        yield Wait(Urgency(level), since, None)


def spread(waits: Iterable[Wait]) -> Spread:
    """Return count, median and 90th percentile (nearest rank) of the waits that someone ended."""
    minutes = sorted(wait.minutes for wait in waits if wait.minutes is not None)
    if not minutes:
        return Spread(0, None, None)
    rank = ceil(0.9 * len(minutes)) - 1
    return Spread(len(minutes), round(median(minutes), 1), round(minutes[rank], 1))


def late(practice: Practice, waits: Iterable[Wait], now: datetime) -> dict[Urgency, int]:
    """Count, by level, the waits that outlasted what is promised: by the hours and steps of today."""
    prefetch_related_objects([practice], "opening_hours", "holidays")
    ladders = {urgency: ladder_of(practice, urgency) for urgency in Urgency}
    found = dict.fromkeys(sorted(Urgency, reverse=True), 0)
    for wait in waits:
        promised = promise(practice, wait, ladders[wait.urgency])
        found[wait.urgency] += (wait.until or now) > promised
    return found


def promise(practice: Practice, wait: Wait, ladder: tuple[Step, ...]) -> datetime:
    """Return by when someone should have read it, as an alert of that moment is told today."""
    timed = [(moment_of(practice, step, wait.since), step) for step in ladder]
    timed.sort(key=lambda pair: pair[0])
    return Plan(practice, AGAIN[wait.urgency], tuple(timed)).confirm_by
