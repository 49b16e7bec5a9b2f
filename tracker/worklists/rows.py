"""The rows of the worklist: all that a row shows, as plain values, in a fixed number of queries."""

import datetime
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.timesince import timesince

from accounts.models import Practice, User
from education.models import Audience
from education.shown import items_shown_to
from tracker.clinical.cerclage import Removal
from tracker.clinical.cervix import next_scan
from tracker.clinical.dating import GestationalAge, date_of
from tracker.clinical.milestones import Milestone, window
from tracker.enums import MarkKind, Urgency
from tracker.models import (
    Alert,
    Cerclage,
    CervicalLength,
    ChecklistMark,
    PatientQuestion,
    Pregnancy,
    SymptomReport,
)
from tracker.models.cervix import with_risk
from tracker.signs import labels_of
from tracker.stitches import stitch_of


@dataclass(frozen=True, slots=True)
class AlertLine:
    """The open alert of a row. ``key`` changes when it is raised again or becomes more urgent."""

    key: str
    level: Urgency
    waited: str
    is_overdue: bool
    is_told: bool
    seen: tuple[str, datetime.datetime] | None
    taken: tuple[str, datetime.datetime] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One patient on the list.

    Two equal rows look the same, so what was drawn for one may be shown for the other, and a list
    of equal rows needs no renewal. Whatever a row shows must therefore be a value in here, also
    what time changes: the wait, the week, what became overdue.
    """

    pk: uuid.UUID
    name: str
    born_on: datetime.date | None
    phone: str
    language: str
    age: GestationalAge | None
    is_high_risk: bool
    alert: AlertLine | None
    feels_ok: bool
    words: tuple[str, ...]
    reported_at: datetime.datetime | None
    length_mm: int | None
    length_on: datetime.date | None
    stitch_on: datetime.date | None
    removal: str
    removal_by: datetime.date | None
    discuss_mm: int | None
    discuss_on: datetime.date | None
    discuss_at: GestationalAge | None
    discuss_more: int
    scan_on: datetime.date | None
    scan_is_overdue: bool
    questions: int
    read: int
    taught_back: int
    to_teach: int
    items: int

    @property
    def days(self) -> int | None:
        return self.age.total_days if self.age else None

    @property
    def is_unread(self) -> bool:
        return self.alert is not None and self.alert.taken is None

    @property
    def is_watched(self) -> bool:
        return self.age is not None and window(Milestone.WATCH).is_now(self.age)

    @property
    def is_due_out(self) -> bool:
        return self.removal in {Removal.DUE, Removal.OVERDUE}

    @property
    def has_to_discuss(self) -> bool:
        return bool(self.discuss_on or self.scan_is_overdue or self.questions)


def rows_of(user: User) -> list[Row]:
    """Return every row of one provider's list; the same few queries for 10 patients and for 200."""
    pregnancies = _pregnancies(user)
    found = _Found(user.practice, pregnancies)
    alerts = Alert.objects.visible_to(user).open().most_urgent_first().with_people()
    by_pregnancy = {alert.pregnancy_id: alert for alert in alerts}
    order = {pk: position for position, pk in enumerate(by_pregnancy)}
    pregnancies.sort(key=lambda each: order.get(each.pk, len(order)))
    return [found.row(each, by_pregnancy.get(each.pk)) for each in pregnancies]


def _pregnancies(user: User) -> list[Pregnancy]:
    """Return who is on the list, each with her newest standing length and newest report."""
    lengths = CervicalLength.objects.standing().filter(pregnancy=OuterRef("pk"))
    last = lengths.order_by("-measured_on", "-recorded_at")
    newest = SymptomReport.objects.filter(pregnancy=OuterRef("pk")).newest_first()
    # An alert that is still open stays on the list, also when the pregnancy has ended meanwhile.
    waits = Exists(Alert.objects.open().filter(pregnancy=OuterRef("pk")))
    listed = Pregnancy.objects.visible_to(user).filter(Q(ended_on=None) | waits)
    pregnancies = list(
        with_risk(listed.select_related("patient")).annotate(
            last_length_mm=Subquery(last.values("length_mm")[:1]),
            last_length_on=Subquery(last.values("measured_on")[:1]),
            newest_report=Subquery(newest.values("pk")[:1]),
        )
    )
    for pregnancy in pregnancies:
        pregnancy.practice = user.practice  # the same for all: its clock is read once
    return pregnancies


class _Found:
    """What the rows need besides the pregnancies, looked up for all of them at once."""

    def __init__(self, practice: Practice, pregnancies: list[Pregnancy]):
        theirs = {"pregnancy__in": [each.pk for each in pregnancies]}
        reports = SymptomReport.objects.filter(pk__in=[each.newest_report for each in pregnancies])
        self.reports = {report.pregnancy_id: report for report in reports}
        self.labels = labels_of(code for each in self.reports.values() for code in each.symptoms)
        stitches = Cerclage.objects.in_place().filter(**theirs)
        self.stitches = {stitch.pregnancy_id: stitch for stitch in stitches}
        self.short: dict[uuid.UUID, list[CervicalLength]] = defaultdict(list)
        for length in CervicalLength.objects.to_discuss().filter(**theirs):
            self.short[length.pregnancy_id].append(length)
        asked = PatientQuestion.objects.open().filter(**theirs)
        self.questions = Counter(asked.values_list("pregnancy", flat=True))
        self._count_items(practice, theirs)

    def _count_items(self, practice: Practice, theirs: dict) -> None:
        """Count the items of the practice's checklist by audience, and what happened to them."""
        ours = items_shown_to(practice)
        self.items = Counter(ours.values_list("audience", flat=True))
        marks = ChecklistMark.objects.standing().filter(**theirs, item__in=ours.values("pk"))
        taught = ChecklistMark.objects.standing().filter(
            pregnancy=OuterRef("pregnancy"), item=OuterRef("item"), kind=MarkKind.TEACH_BACK
        )
        grouped = marks.order_by().values_list("pregnancy", "item__audience", "kind")
        self.marks: Counter = Counter()
        for pregnancy, audience, kind, number in grouped.annotate(number=Count("pk")):
            self.marks[pregnancy, audience, kind] = number
        waiting = marks.filter(~Exists(taught), kind=MarkKind.READ).order_by()
        self.to_teach: Counter = Counter()
        for pregnancy, audience, number in waiting.values_list(
            "pregnancy", "item__audience"
        ).annotate(number=Count("pk")):
            self.to_teach[pregnancy, audience] = number

    def row(self, pregnancy: Pregnancy, alert: Alert | None) -> Row:
        patient, report = pregnancy.patient, self.reports.get(pregnancy.pk)
        audiences = pregnancy.audiences
        at_risk = Audience.RISK in audiences
        return Row(
            pk=pregnancy.pk,
            name=str(patient),
            born_on=patient.born_on,
            phone=patient.phone,
            language=patient.get_language_name() if patient.needs_interpreter else "",
            age=pregnancy.age,
            is_high_risk=at_risk,
            alert=_alert_line(alert) if alert else None,
            feels_ok=bool(report and report.feels_ok),
            words=tuple(self.labels[code] for code in report.symptoms) if report else (),
            reported_at=report.reported_at if report else None,
            length_mm=pregnancy.last_length_mm,
            length_on=pregnancy.last_length_on,
            **self._stitch(pregnancy),
            **self._scans(pregnancy, at_risk),
            **self._learning(pregnancy, audiences),
        )

    def _stitch(self, pregnancy: Pregnancy) -> dict:
        row = self.stitches.get(pregnancy.pk)
        if row is None:
            return {"stitch_on": None, "removal": "", "removal_by": None}
        stitch = stitch_of(pregnancy, row)
        by = stitch.due_by if stitch.state in {Removal.DUE, Removal.OVERDUE} else None
        return {"stitch_on": row.placed_on, "removal": str(stitch.state), "removal_by": by}

    def _scans(self, pregnancy: Pregnancy, at_risk: bool) -> dict:
        """Return the newest short length not yet talked over, and the scan that is due or overdue."""
        short = [] if pregnancy.ended_on else self.short[pregnancy.pk]
        newest = max(short, key=lambda each: each.measured_on, default=None)
        due, now = None, pregnancy.age
        if now is not None and pregnancy.due_date:
            last = pregnancy.last_length_on and pregnancy.age_on(pregnancy.last_length_on)
            due = next_scan(last, now, high_risk=at_risk, stitch=pregnancy.stitch_in_place)
        is_here = due is not None and due <= now
        return {
            "discuss_mm": newest.length_mm if newest else None,
            "discuss_on": newest.measured_on if newest else None,
            "discuss_at": pregnancy.age_on(newest.measured_on) if newest else None,
            "discuss_more": max(len(short) - 1, 0),
            "scan_on": date_of(pregnancy.due_date, due) if is_here else None,
            "scan_is_overdue": is_here and due < now,
        }

    def _learning(self, pregnancy: Pregnancy, audiences: list[str]) -> dict:
        """Return how far she is with the items that are for her; nothing is due once it has ended."""
        pk, goes_on = pregnancy.pk, not pregnancy.ended_on
        return {
            "questions": self.questions[pk] if goes_on else 0,
            "read": sum(self.marks[pk, each, MarkKind.READ] for each in audiences),
            "taught_back": sum(self.marks[pk, each, MarkKind.TEACH_BACK] for each in audiences),
            "to_teach": sum(self.to_teach[pk, each] for each in audiences) if goes_on else 0,
            "items": sum(self.items[each] for each in audiences),
        }


def _alert_line(alert: Alert) -> AlertLine:
    seen, taken = alert.seen_by, alert.acknowledged_by
    return AlertLine(
        key=f"{alert.pk}.{alert.urgency}.{alert.round}",
        level=alert.level,
        waited=timesince(alert.raised_at),
        is_overdue=alert.is_overdue,
        is_told=alert.told_at is not None,
        seen=(seen.signature, alert.seen_at) if alert.stage == "seen" else None,
        taken=(taken.signature, alert.acknowledged_at) if taken else None,
    )
