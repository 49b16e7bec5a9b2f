"""Her cervical lengths as staff read them: the change between them, and when the next scan is due."""

import datetime
from dataclasses import dataclass

from tracker.clinical.cervix import change_per_week, next_scan
from tracker.clinical.dating import GestationalAge, date_of
from tracker.models import CervicalLength, Pregnancy


@dataclass
class Reading:
    """One length with the age it was measured at. ``per_week`` is the change in mm since the one before."""

    row: CervicalLength
    age: GestationalAge | None
    per_week: float | None = None

    @property
    def read_at(self) -> GestationalAge | None:
        """Return the age it is read by, where an earlier due date made that another one."""
        days = self.row.gestational_days
        read_at = None if days is None else GestationalAge(days)
        return None if read_at == self.age else read_at

    @property
    def to_discuss(self) -> bool:
        return self.row.is_short and self.row.discussed_at is None


@dataclass
class ScanPlan:
    """When the next surveillance scan is due. ``why`` says what stands behind it, or why there is none."""

    why: str
    age: GestationalAge | None = None
    day: datetime.date | None = None
    is_overdue: bool = False


def lengths_of(pregnancy: Pregnancy) -> dict:
    """Return her lengths in order of date, apart from them what was struck through, and the scan plan."""
    rows = pregnancy.cervical_lengths.select_related("recorded_by", "struck_by", "discussed_by")
    readings = [Reading(row, pregnancy.age_on(row.measured_on)) for row in rows]
    standing = [each for each in readings if each.row.struck_at is None]
    for before, each in zip(standing, standing[1:], strict=False):
        each.per_week = change_between(before, each)
    return {
        "lengths": standing,
        "struck_lengths": [each for each in readings if each.row.struck_at is not None],
        "overall_per_week": change_between(standing[0], standing[-1]) if standing[1:] else None,
        "to_discuss": [each for each in standing if each.to_discuss],
        "scan_plan": plan_of(pregnancy, standing),
    }


def change_between(before: Reading, after: Reading) -> float:
    """Return the change from one length to a later one, in mm a week."""
    days = (after.row.measured_on - before.row.measured_on).days
    return change_per_week(before.row.length_mm, after.row.length_mm, days)


def plan_of(pregnancy: Pregnancy, standing: list[Reading]) -> ScanPlan:
    """Return what surveillance asks for next, and when it asks for nothing, why."""
    if pregnancy.ended_on:
        return ScanPlan("ended")
    if pregnancy.age is None or pregnancy.due_date is None:
        return ScanPlan("not_dated")
    if pregnancy.stitch_in_place:
        return ScanPlan("stitch")
    if not pregnancy.is_high_risk:
        return ScanPlan("no_known_risk")
    last = standing[-1].age if standing else None
    due = next_scan(last, pregnancy.age, high_risk=True, stitch=False)
    if due is None:
        return ScanPlan("past")
    day = date_of(pregnancy.due_date, due)
    return ScanPlan("due", due, day, is_overdue=due < pregnancy.age)
