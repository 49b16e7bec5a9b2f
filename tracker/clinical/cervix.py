"""Reading a cervical length at a gestational age."""

from tracker.clinical.dating import GestationalAge

SHORT_MM = 25
SHORT_BEFORE = GestationalAge.of(24)
SCANS_FIRST, SCANS_LAST = GestationalAge.of(16), GestationalAge.of(24)
SCANS_EVERY_DAYS = 14


def is_short(length_mm: int, age: GestationalAge | None) -> bool:
    """Tell whether a transvaginal length in mm is short: 25 mm or less, before 24+0 (facts A-23, A-24).

    An unknown age counts as before 24+0.
    """
    return length_mm <= SHORT_MM and (age is None or age < SHORT_BEFORE)


def next_scan(
    last: GestationalAge | None, now: GestationalAge, *, high_risk: bool, stitch: bool
) -> GestationalAge | None:
    """Return the age at which the next surveillance scan is due; overdue when it lies before ``now``.

    Every 2 weeks from 16+0 to 24+0 at high risk (fact A-25). None outside that: at no known risk, after
    24+0, and with a stitch in place, when scans are not routine (fact A-28, contradiction X-12).
    """
    if not high_risk or stitch or now > SCANS_LAST:
        return None
    if last is None or last < SCANS_FIRST:
        return SCANS_FIRST
    due = GestationalAge(last.total_days + SCANS_EVERY_DAYS)
    return due if due <= SCANS_LAST else None


def change_per_week(first_mm: int, last_mm: int, days: int) -> float:
    """Return the change of a length in mm a week over so many days; negative when it shortened.

    Arithmetic only, no reading: the source for 25 mm (fact A-23) is about one length, not its change.
    Raise ValueError for two lengths of one day.
    """
    if days <= 0:
        raise ValueError(f"{days} days apart is no time to change in")
    return (last_mm - first_mm) * 7 / days
