"""When a practice is open, and when so much opening time has passed.

Pure functions over plain data. Opening hours are what the clock on the practice's wall shows; what passes
between two moments is real time, counted in UTC, so that a night of the clock change counts as it was.
"""

import datetime
import zoneinfo
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

# A practice that stays shut longer than this is not one to wait for.
LOOKAHEAD = datetime.timedelta(days=60)
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
# As a time of closing: the end of that day.
MIDNIGHT = datetime.time(0)

# When it opens and when it closes, both in UTC.
Stretch = tuple[datetime.datetime, datetime.datetime]


@dataclass(frozen=True)
class Calendar:
    """A practice's time zone, its stretches as (weekday from Monday 0, opens, closes), its days off."""

    zone: zoneinfo.ZoneInfo
    hours: Sequence[tuple[int, datetime.time, datetime.time]]
    holidays: Set[datetime.date]


def is_open(calendar: Calendar, at: datetime.datetime) -> bool:
    """Tell whether the practice is open at an aware moment. The moment of closing is closed."""
    return any(
        opens <= at < closes
        for opens, closes in stretches_on(calendar, at.astimezone(calendar.zone).date())
    )


def opens_next(calendar: Calendar, at: datetime.datetime) -> datetime.datetime | None:
    """Return the first moment after this one at which the practice opens its door, in UTC.

    None when it does not open within 60 days. While it is open, that is the opening after this one.
    """
    return next((opens for opens, _ in stretches_from(calendar, at) if opens > at), None)


def after_opening(
    calendar: Calendar, start: datetime.datetime, worked: datetime.timedelta
) -> datetime.datetime:
    """Return the moment, in UTC, at which so much opening time has passed since an aware start.

    Nothing worked means the start when the practice is open, else its next opening. What no opening within
    60 days can take is counted by the plain clock: a deadline comes in any case.
    """
    # Sums of local times are sums of wall clocks, an hour off across a clock change.
    moment, left = start.astimezone(datetime.UTC), worked
    for opens, closes in stretches_from(calendar, start):
        moment = max(moment, opens)
        if left <= closes - moment:
            break
        left -= closes - moment
        moment = closes
    return moment + left


def stretches_from(calendar: Calendar, start: datetime.datetime) -> Iterator[Stretch]:
    """Yield the stretches that are not over at a moment, in order, until 60 days bring none."""
    day = last = start.astimezone(calendar.zone).date()
    while day - last <= LOOKAHEAD:
        for opens, closes in stretches_on(calendar, day):
            if closes > start:
                last = day
                yield opens, closes
        day += DAY


def stretches_on(calendar: Calendar, day: datetime.date) -> list[Stretch]:
    """Return the stretches of one calendar date, in order; those that touch or overlap are one."""
    if day in calendar.holidays:
        return []
    joined: list[Stretch] = []
    for opens, closes in sorted(
        (wall_clock(calendar.zone, day, opens), closing(calendar.zone, day, closes))
        for weekday, opens, closes in calendar.hours
        if weekday == day.weekday()
    ):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        elif opens < closes:
            joined.append((opens, closes))
    return joined


def closing(zone: zoneinfo.ZoneInfo, day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Return the moment of closing, in UTC. Closing at 00:00 is the first moment of the next date."""
    return wall_clock(zone, day + DAY if time == MIDNIGHT else day, time)


def wall_clock(
    zone: zoneinfo.ZoneInfo, day: datetime.date, time: datetime.time
) -> datetime.datetime:
    """Return the first moment, in UTC, at which a wall clock shows this time of this date or a later one.

    A time that the clock shows twice is the first of the two; one that it skips is the end of the gap.
    """
    shown = datetime.datetime.combine(day, time)
    moment = min(shown.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC) for fold in (0, 1))
    while moment.astimezone(zone).replace(tzinfo=None) < shown:
        moment += MINUTE
    return moment
