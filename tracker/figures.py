"""A practice's own figures: counts and times, no names. The number of queries does not grow with the patients."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Practice
from education.shown import items_shown_to
from tracker.enums import AlertEventKind, MarkKind, Urgency
from tracker.models import (
    Alert,
    AlertEvent,
    Cerclage,
    CervicalLength,
    ChecklistMark,
    Pregnancy,
    SymptomReport,
)
from tracker.waits import Spread, Wait, late, spread, waits_of

PERIODS = (30, 90, 365)
MONTHS = 12
# Of fewer patients no share is shown: it would say what one person has read.
FEWEST = 5
KINDS = (MarkKind.READ, MarkKind.REVIEWED, MarkKind.TEACH_BACK)


@dataclass(frozen=True, slots=True)
class Month:
    """The reports of one month and the alerts that were raised in it."""

    first: date
    reports: int
    alerts: int

    @property
    def per_hundred(self) -> float | None:
        return round(100 * self.alerts / self.reports, 1) if self.reports else None


@dataclass(frozen=True, slots=True)
class Week:
    """How much of what is due was done by the patients who are in one week of pregnancy now."""

    week: int
    patients: int
    due: int
    done: dict[str, int]

    @property
    def shares(self) -> list[int | None]:
        """Return the percentages read, reviewed and taught back; None where too few patients stand behind."""
        hidden = self.patients < FEWEST or not self.due
        return [None if hidden else round(100 * self.done[kind] / self.due) for kind in KINDS]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page, for one practice and one period."""

    days: int
    months: list[Month]
    levels: list[tuple[Urgency, Spread, int]]
    hours: list[tuple[int, Spread]]
    late_now: int
    weeks: list[Week]
    patients: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.patients.values()) and not any(
            month.reports or month.alerts for month in self.months
        )

    @property
    def waits(self) -> int:
        return sum(times.count for _level, times, _late in self.levels)


def figures_of(practice: Practice, days: int, now: datetime) -> Figures:
    """Return the figures of the last so many days; months and weeks of pregnancy do not depend on them."""
    start = now - timedelta(days=days)
    waits = waits_of(practice, start)
    return Figures(
        days=days,
        months=months_of(practice),
        levels=levels_of(practice, waits, now),
        hours=hours_of(practice, waits),
        late_now=Alert.objects.unread().filter(practice=practice, confirm_by__lte=now).count(),
        weeks=weeks_of(practice),
        patients=patients_of(practice, start),
    )


def levels_of(
    practice: Practice, waits: list[Wait], now: datetime
) -> list[tuple[Urgency, Spread, int]]:
    """Return for each level, the gravest first, how long alerts waited and how many too long."""
    too_long = late(practice, waits, now)
    return [
        (level, spread(wait for wait in waits if wait.urgency == level), number)
        for level, number in too_long.items()
    ]


def hours_of(practice: Practice, waits: list[Wait]) -> list[tuple[int, Spread]]:
    """Return how long alerts waited by the hour, on the practice's clock, in which the wait began."""
    by_hour = defaultdict(list)
    for wait in waits:
        by_hour[wait.since.astimezone(practice.zone).hour].append(wait)
    return [(hour, spread(by_hour[hour])) for hour in range(24)]


def months_of(practice: Practice) -> list[Month]:
    """Return the last twelve months by the practice's calendar, this one last; two queries."""
    firsts = first_days(practice.today())
    edges = [datetime.combine(day, time(), tzinfo=practice.zone) for day in firsts]
    reports = SymptomReport.objects.filter(pregnancy__practice=practice)
    raised = AlertEvent.objects.filter(alert__practice=practice, kind=AlertEventKind.RAISED)
    by_report = counted(reports, "reported_at", edges)
    by_alert = counted(raised, "at", edges)
    return [Month(*each) for each in zip(firsts[:-1], by_report, by_alert, strict=True)]


def first_days(today: date) -> list[date]:
    """Return the first days of the last twelve months, and of the next one."""
    latest = today.year * 12 + today.month
    return [
        date((n - 1) // 12, (n - 1) % 12 + 1, 1) for n in range(latest - MONTHS + 1, latest + 2)
    ]


def counted(rows, moment: str, edges: list[datetime]) -> list[int]:
    """Count rows between each two edges, in the database: on both kinds the same plain comparison."""
    between = {
        f"m{number}": Count("pk", filter=Q(**{f"{moment}__gte": first, f"{moment}__lt": after}))
        for number, (first, after) in enumerate(zip(edges, edges[1:], strict=False))
    }
    within = {f"{moment}__gte": edges[0], f"{moment}__lt": edges[-1]}
    return list(rows.filter(**within).aggregate(**between).values())


def patients_of(practice: Practice, start: datetime) -> dict[str, int]:
    """Count the patients now, those who began and those who ended in the period."""
    since = start.astimezone(practice.zone).date()
    return Pregnancy.objects.filter(practice=practice).aggregate(
        now=Count("pk", filter=Q(ended_on=None)),
        began=Count("pk", filter=Q(created_at__gte=start)),
        ended=Count("pk", filter=Q(ended_on__gte=since)),
    )


def weeks_of(practice: Practice) -> list[Week]:
    """Return for each week someone is in now how much of the checklist due by then is done; three queries.

    An item is due from its first week on, for those it is meant for.
    """
    items = list(items_shown_to(practice).values_list("pk", "week_from", "audience"))
    marks = marks_of(practice)
    today, rows = practice.today(), {}
    for pregnancy in with_risk(practice):
        age = pregnancy.age_on(today)
        if age is None:
            continue
        due = {pk for pk, week, whom in items if week <= age.weeks and whom in pregnancy.meant}
        row = rows.setdefault(age.weeks, [0, 0, dict.fromkeys(KINDS, 0)])
        row[0] += 1
        row[1] += len(due)
        for kind in KINDS:
            row[2][kind] += len(due & marks[pregnancy.pk, kind])
    return [Week(week, *rows[week]) for week in sorted(rows)]


def marks_of(practice: Practice) -> dict[tuple, set]:
    """Return the items marked, by pregnancy and kind."""
    marks = defaultdict(set)
    standing = ChecklistMark.objects.standing().filter(
        pregnancy__practice=practice, pregnancy__ended_on=None
    )
    for pregnancy, kind, item in standing.values_list("pregnancy_id", "kind", "item_id").iterator():
        marks[pregnancy, kind].add(item)
    return marks


def with_risk(practice: Practice):
    """Yield the running pregnancies, each with whom lessons are ``meant`` for, in one query."""
    hers = Q(pregnancy=OuterRef("pk"))
    found = Pregnancy.objects.current().filter(practice=practice, due_date__isnull=False)
    for each in found.annotate(
        short=Exists(CervicalLength.objects.short().filter(hers)),
        stitch=Exists(Cerclage.objects.in_place().filter(hers)),
    ):
        # What the pregnancy would ask the database for, one by one.
        each.short_cervix, each.stitch_in_place = each.short, each.stitch
        each.meant = set(each.audiences)
        yield each
