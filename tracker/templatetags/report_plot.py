"""Her reports over the weeks, for staff: a row for each level, a mark for each day.

It counts what was told, and draws no line between: reports do not add up to a course.
"""

from collections import Counter

from django import template
from django.utils.translation import gettext as _

from tracker.enums import Urgency
from tracker.templatetags.lettering import PLOT_BANDS, em, percent, ticks

register = template.Library()

LEVELS = [*sorted(Urgency, reverse=True), None]
FEWEST, FEWEST_WEEKS = 2, 4
ROW, NAME, LINE = 2.9, 1, 1.9


@register.inclusion_tag("components/report_plot.html")
def report_plot(reports):
    """Draw the reports whose week is known; nothing for fewer than two, which a line of the log says better."""
    dated = [each for each in reports if each.gestational_days is not None]
    if len(dated) < FEWEST:
        return {}
    first = min(each.gestational_days for each in dated) // 7
    last = max(max(each.gestational_days for each in dated) // 7 + 1, first + FEWEST_WEEKS)
    days = {(each.level, each.gestational_days) for each in dated}
    counts = Counter((each.level, each.gestational_days // 7) for each in dated)
    weeks = [((week - first) / (last - first), _("%(week)sw") % {"week": week}) for week in range(first, last + 1)]  # fmt: skip
    return {
        "rows": [_row(number, level, days, first, last) for number, level in enumerate(LEVELS)],
        "axes": [(band.css, ticks(band, weeks)) for band in PLOT_BANDS],
        "axis_base": em(len(LEVELS) * ROW + 0.9),
        "height": em(len(LEVELS) * ROW + 1.4),
        "weeks": [
            (week, [counts[level, week] for level in LEVELS])
            for week in range(first, last + 1)
            if any(counts[level, week] for level in LEVELS)
        ],
        "names": [_name(level) for level in LEVELS],
        "totals": [(_name(level), sum(each.level == level for each in dated)) for level in LEVELS],
        "undated": len(reports) - len(dated),
    }


def _name(level):
    return _("“I feel OK”") if level is None else level.label


def _row(number, level, days, first, last) -> dict:
    on = sorted(day for at, day in days if at == level)
    return {
        "name": _name(level),
        "code": level.code if level else "",
        "base": em(number * ROW + NAME),
        "line": em(number * ROW + LINE),
        "marks": [percent((day - first * 7) / ((last - first) * 7)) for day in on],
    }
