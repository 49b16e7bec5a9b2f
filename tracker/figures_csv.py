"""The figures as a table for a spreadsheet: one number a row, no names of people."""

import csv
import io

from django.utils.translation import gettext as _

from accounts.models import Practice
from tracker.figures import FEWEST, Figures

# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD = ("practice", "figure", "group", "measure", "value")


def safe(cell: object) -> str:
    """Return a cell that no spreadsheet runs."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text


def as_csv(practice: Practice, figures: Figures) -> str:
    """Return the whole table. It begins with a byte order mark, so that a spreadsheet reads it as UTF-8."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(HEAD)
    for row in rows_of(figures):
        writer.writerow([safe(cell) for cell in (practice.name, *row)])
    return "\ufeff" + sheet.getvalue()


def rows_of(figures: Figures):
    """Yield every figure as figure, group, measure and value."""
    period = _("last %d days") % figures.days
    for name, number in figures.patients.items():
        yield "patients", _("now") if name == "now" else period, name, number
    for month in figures.months:
        group = month.first.strftime("%Y-%m")
        yield "alerts", group, "reports", month.reports
        yield "alerts", group, "alerts", month.alerts
        yield "alerts", group, "alerts per 100 reports", month.per_hundred
    for level, times, too_long in figures.levels:
        yield from times_of("minutes to acknowledge", level.code, times)
        yield "open longer than promised", level.code, period, too_long
    yield "open longer than promised", "all", "now", figures.late_now
    for hour, times in figures.hours:
        yield from times_of("minutes to acknowledge by hour", f"{hour:02d}:00", times)
    for week in figures.weeks:
        yield "checklist", f"week {week.week}", "patients", few(week.patients)
        for name, share in zip(("read", "reviewed", "taught back"), week.shares, strict=True):
            yield "checklist", f"week {week.week}", f"percent {name}", share


def times_of(figure: str, group: str, times):
    yield figure, group, "count", times.count
    yield figure, group, "median", times.median
    yield figure, group, "90th percentile", times.ninetieth


def few(patients: int) -> object:
    """Return a number of patients, without saying that it is one."""
    return patients if patients >= FEWEST else _("fewer than 5")
