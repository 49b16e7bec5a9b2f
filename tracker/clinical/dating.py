"""Due date and gestational age, from calendar dates.

Every function takes and returns dates or whole days. Pregnancy lasts 280 days
from the first day of the last period (facts E-01, E-02; ACOG Committee Opinion
700). Nothing here knows of clocks or time zones: the caller says which calendar
date it is at the practice.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

TERM_DAYS = 280
CONCEPTION_DAYS = 266
USUAL_CYCLE_DAYS = 28
# Up to this gestational age by dates (weeks, inclusive), redate when the scan differs by more days than this.
# Facts E-15 to E-20 (ACOG Committee Opinion 700); "more than", not "or more" (E-21).
REDATING = ((8, 5), (15, 7), (21, 10), (27, 14))
REDATING_LATE = 21


@dataclass(frozen=True, slots=True, order=True)
class GestationalAge:
    """Time since the first day of the last period, in whole days."""

    total_days: int

    @classmethod
    def of(cls, weeks: int, days: int = 0) -> Self:
        """Build from completed weeks and days; raise ValueError for days outside 0 to 6."""
        if weeks < 0 or not 0 <= days <= 6:
            raise ValueError(f"{weeks}w{days}d is not a gestational age")
        return cls(weeks * 7 + days)

    @property
    def weeks(self) -> int:
        """Return completed weeks: 20w6d is week 20."""
        return self.total_days // 7

    @property
    def days(self) -> int:
        """Return the days beyond completed weeks, 0 to 6."""
        return self.total_days % 7

    def __str__(self) -> str:
        return f"{self.weeks}w{self.days}d"


@dataclass(frozen=True, slots=True)
class Redating:
    """A proposal, for a person to accept: which due date, and the arithmetic behind it.

    ``difference`` and ``threshold`` are days; the scan is used when the difference is more
    than the threshold. ``late`` warns that from 28+0 a small baby may look like a wrong date.
    """

    due_date: date
    use_scan: bool
    difference: int
    threshold: int | None
    late: bool = False


def due_date_by_lmp(last_period: date, cycle_days: int = USUAL_CYCLE_DAYS) -> date:
    """Return last period + 280 days + (cycle - 28). Raise ValueError for a cycle outside 20 to 45 days."""
    if not 20 <= cycle_days <= 45:
        raise ValueError(f"a cycle of {cycle_days} days is outside 20 to 45")
    return last_period + timedelta(days=TERM_DAYS + cycle_days - USUAL_CYCLE_DAYS)


def due_date_by_conception(conceived: date) -> date:
    """Return conception + 266 days."""
    return conceived + timedelta(days=CONCEPTION_DAYS)


def due_date_by_ivf(transferred: date, embryo_days: int) -> date:
    """Return transfer + 266 - embryo age in days. Raise ValueError for an age outside 0 to 7.

    Fresh and frozen transfers alike (E-24).
    """
    if not 0 <= embryo_days <= 7:
        raise ValueError(f"an embryo of {embryo_days} days is outside 0 to 7")
    return transferred + timedelta(days=CONCEPTION_DAYS - embryo_days)


def due_date_by_scan(scanned: date, age: GestationalAge) -> date:
    """Return the due date by which the pregnancy had this age on the day of the scan."""
    return scanned + timedelta(days=TERM_DAYS - age.total_days)


def conception_by_lmp(last_period: date) -> date:
    """Return the estimated day of conception: last period + 14 days."""
    return last_period + timedelta(days=TERM_DAYS - CONCEPTION_DAYS)


def last_period_by_due_date(due_date: date) -> date:
    """Return the first day of the last period that goes with a due date."""
    return due_date - timedelta(days=TERM_DAYS)


def gestational_age(due_date: date, on: date) -> GestationalAge:
    """Return the age on a calendar date: 280 days less the days to the due date.

    Raise ValueError before the last period, when there was no pregnancy yet.
    """
    days = TERM_DAYS - (due_date - on).days
    if days < 0:
        raise ValueError(f"{on} is before this pregnancy began")
    return GestationalAge(days)


def date_of(due_date: date, age: GestationalAge) -> date:
    """Return the calendar date on which this age is reached."""
    return due_date - timedelta(days=TERM_DAYS - age.total_days)


def redating_threshold(age_by_dates: GestationalAge) -> int:
    """Return the days a scan must differ by *more than*, for the age by dates on the scan day."""
    for last_week, days in REDATING:
        if age_by_dates.weeks <= last_week:
            return days
    return REDATING_LATE


def propose_redating(
    due_date: date, scanned: date, age_by_scan: GestationalAge, *, by_ivf: bool = False
) -> Redating:
    """Compare a due date by dates with a scan and say which to use (facts E-15 to E-24).

    A due date from IVF is kept whatever the scan says. Raise ValueError for a scan before the pregnancy.
    """
    age_by_dates = gestational_age(due_date, scanned)
    by_scan = due_date_by_scan(scanned, age_by_scan)
    difference = abs((by_scan - due_date).days)
    if by_ivf:
        return Redating(due_date, use_scan=False, difference=difference, threshold=None)
    threshold = redating_threshold(age_by_dates)
    use_scan = difference > threshold
    return Redating(
        by_scan if use_scan else due_date,
        use_scan,
        difference,
        threshold,
        late=use_scan and age_by_dates.weeks >= 28,
    )


def term_class(age: GestationalAge) -> str:
    """Return preterm, early-term, full-term, late-term or post-term (fact E-30, US definition)."""
    for name, first_week in (
        ("post-term", 42),
        ("late-term", 41),
        ("full-term", 39),
        ("early-term", 37),
    ):
        if age.weeks >= first_week:
            return name
    return "preterm"
