"""Her cervical lengths as a drawing: millimeters over weeks, the 25 mm line, and her stitches.

Every x is a percentage and every y a pixel, so the drawing fits any width without a script or an
inline style. The table beside it holds the same figures.
"""

from django import template
from django.utils.formats import localize
from django.utils.translation import gettext as _

from tracker.clinical.cervix import SHORT_BEFORE, SHORT_MM

register = template.Library()

USUAL_WEEKS = (14, 26)
USUAL_MM, HEIGHT = 40, 200
# So far apart, in percent of the width, two numbers do not touch on a phone.
LABEL_GAP = 8
MOST_TICKS = 7


@register.inclusion_tag("components/length_plot.html")
def length_plot(readings, stitches=()):
    """Draw dated readings (tracker.lengths.Reading) and the days of stitches as marks."""
    dated = [each for each in readings if each.age]
    if not dated:
        return {}
    scale = _Scale(dated)
    marks = _marks(stitches, scale)
    points = [_point(each, scale) for each in dated]
    _label(points)
    return {
        "title": _title(dated, marks),
        "points": points,
        "lines": [{"a": a, "b": b} for a, b in zip(points, points[1:], strict=False)],
        "marks": marks,
        "levels": [{"mm": mm, "y": scale.y(mm)} for mm in range(0, scale.top + 1, 10)],
        "weeks": scale.weeks(),
        "threshold": {"mm": SHORT_MM, "y": scale.y(SHORT_MM), "depth": HEIGHT - scale.y(SHORT_MM)},
        "zone": scale.x(SHORT_BEFORE.total_days),
        "before": SHORT_BEFORE,
        "height": HEIGHT,
    }


class _Scale:
    """Where a day and a length lie: whole weeks around what is drawn, never less than 14 to 26."""

    def __init__(self, readings):
        days = [each.age.total_days for each in readings]
        self.first = min(USUAL_WEEKS[0], min(days) // 7) * 7
        self.last = max(USUAL_WEEKS[1], -(-max(days) // 7)) * 7
        longest = max(each.row.length_mm for each in readings)
        self.top = max(USUAL_MM, -(-longest // 10) * 10)

    def share(self, days):
        return (days - self.first) / (self.last - self.first) * 100

    def x(self, days):
        return f"{min(max(self.share(days), 0), 100):.2f}%"

    def y(self, length_mm):
        return round(HEIGHT - length_mm / self.top * HEIGHT)

    def weeks(self):
        weeks = (self.last - self.first) // 7
        step = next(each for each in (1, 2, 4, 6, 8) if weeks / each < MOST_TICKS)
        ticks = range(self.first // 7, self.last // 7 + 1, step)
        return [{"week": week, "x": self.x(week * 7)} for week in ticks]


def _point(reading, scale):
    days, short = reading.age.total_days, reading.row.is_short
    y = scale.y(reading.row.length_mm)
    return {
        "mm": reading.row.length_mm,
        "share": scale.share(days),
        "x": scale.x(days),
        "y": y,
        "short": short,
        "label_y": min(y + 24, HEIGHT - 6) if short and y + 24 < HEIGHT else y - 13,
        "labeled": False,
    }


def _label(points):
    """Choose which points carry their number: the last, the lowest, and as many others as find room."""
    lowest = min(points, key=lambda point: point["mm"])
    for point in [points[-1], lowest, *reversed(points)]:
        near = (each for each in points if each["labeled"])
        if all(abs(each["share"] - point["share"]) >= LABEL_GAP for each in near):
            point["labeled"] = True


def _marks(stitches, scale):
    """Return the days on which a stitch was placed or came out, inside what is drawn."""
    marks = []
    for stitch in stitches:
        for age, words in (
            (stitch.placed_at, _("Cerclage %(age)s")),
            (stitch.removed_at, _("Removed %(age)s")),
        ):
            if age and scale.first <= age.total_days <= scale.last:
                marks.append({"age": age, "words": words % {"age": age}})
    marks.sort(key=lambda mark: mark["age"])
    for number, mark in enumerate(marks):
        on_the_right = scale.share(mark["age"].total_days) < 60
        mark |= {
            "x": scale.x(mark["age"].total_days),
            "dx": 7 if on_the_right else -7,
            "anchor": "start" if on_the_right else "end",
            "y": 8 + 16 * (number % 3),
        }
    return marks


def _title(dated, marks):
    """Return the drawing in a sentence, for whoever does not see it."""
    values = [
        _("%(mm)s mm at %(age)s") % {"mm": each.row.length_mm, "age": each.age} for each in dated
    ]
    sentence = _("Cervical length: %(values)s.") % {"values": ", ".join(values)}
    return " ".join([sentence, *(f"{mark['words']}." for mark in marks)])


@register.filter
def signed(number):
    """Return a change with its sign and one decimal: +0.5, −2.0, 0.0."""
    if number is None:
        return ""
    rounded = round(number, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{localize(abs(rounded))}"
