"""Her cervical lengths as a drawing: millimeters over weeks, the 25 mm line, and her stitches.

Every x is a percentage of the width and every y is in em. The table beside it holds the same figures.
"""

from django import template
from django.utils.formats import localize
from django.utils.translation import gettext as _

from tracker.clinical.cervix import SHORT_BEFORE, SHORT_MM
from tracker.templatetags.lettering import (
    PLOT_BANDS,
    Box,
    box_of,
    clamped,
    em,
    percent,
    ticks,
    width_of,
)

register = template.Library()

USUAL_WEEKS = (14, 26)
USUAL_MM, HEIGHT, TOP = 40, 15, 1.6
# A mark covers so much; a number stands so far above it or below.
MARK, ABOVE, BELOW, ROW = 0.5, -0.85, 1.55, 1.5


@register.inclusion_tag("components/length_plot.html")
def length_plot(readings, stitches=()):
    """Draw dated readings (tracker.lengths.Reading) and the days of stitches as marks."""
    dated = [each for each in readings if each.age]
    if not dated:
        return {}
    scale = _Scale(dated)
    marks = [each for each in _marks(stitches) if scale.holds(each["age"])]
    bands = [_Drawing(each, dated, marks) for each in PLOT_BANDS]
    top = TOP + max(each.rows for each in bands) * ROW
    points = [scale.point(each, top) for each in dated]
    threshold = top + scale.y(SHORT_MM)
    return {
        "title": _("Cervical length in millimeters, by week"),
        "description": _description(dated, marks),
        "points": points,
        "lines": list(zip(points, points[1:], strict=False)),
        "marks": [percent(scale.share(mark["age"].total_days)) for mark in marks],
        "levels": [
            {"mm": mm, "y": em(top + scale.y(mm)), "base": em(top + scale.y(mm) + 0.35)}
            for mm in range(0, scale.top + 1, 10)
        ],
        "threshold": {"y": em(threshold), "depth": em(top + HEIGHT - threshold)},
        "zone": percent(scale.share(SHORT_BEFORE.total_days)),
        "bands": [each.drawn(top) for each in bands],
        "foot": em(top + HEIGHT),
        "weeks_base": em(top + HEIGHT + 1.7),
        "height": em(top + HEIGHT + 2.2),
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
        return min(max((days - self.first) / (self.last - self.first), 0), 1)

    def holds(self, age):
        return self.first <= age.total_days <= self.last

    def y(self, length_mm):
        return HEIGHT - length_mm / self.top * HEIGHT

    def weeks(self):
        """Return the weeks of the axis, every second from the first."""
        weeks = range(self.first // 7, self.last // 7 + 1, 2)
        return [(self.share(week * 7), _("%(week)sw") % {"week": week}) for week in weeks]

    def point(self, reading, top):
        return {
            "mm": reading.row.length_mm,
            "x": percent(self.share(reading.age.total_days)),
            "y": em(top + self.y(reading.row.length_mm)),
            "short": reading.row.is_short,
        }


class _Drawing:
    """What depends on the width: which numbers have room, and where the words stand."""

    def __init__(self, band, readings, marks):
        self.band, self.scale = band, _Scale(readings)
        self.names, self.rows = self._names(marks)
        self.lines = [self._line(mark) for mark in marks]
        self.points = {id(each): self._point(each) for each in readings}
        self.numbers, self.boxes = {}, []
        # The last and the lowest first, then where the line is, then as many others as find room.
        lowest = min(readings, key=lambda each: each.row.length_mm)
        self._write([readings[-1], lowest], over_points=True)
        self.zone = self._zone()
        self._write(reversed(readings))

    def drawn(self, top) -> dict:
        """Return the texts, each at its height below the rows of names."""
        return {
            "css": self.band.css,
            "numbers": [
                {"mm": mm, "x": x, "y": em(top + base)} for mm, x, base in self.numbers.values()
            ],
            "names": [name | {"y": em(1 + name["row"] * ROW)} for name in self.names],
            "zone": self.zone | {"y": em(top + self.zone["base"])},
            "weeks": ticks(self.band, self.scale.weeks()),
        }

    def _point(self, reading) -> Box:
        x = self.scale.share(reading.age.total_days) * self.band.width
        y = self.scale.y(reading.row.length_mm)
        return Box(x - MARK, x + MARK, y - MARK, y + MARK)

    def _line(self, mark) -> Box:
        x = self.scale.share(mark["age"].total_days) * self.band.width
        return Box(x - 0.2, x + 0.2, 0, HEIGHT)

    def _write(self, readings, *, over_points=False) -> None:
        """Write a number above its point, or below it, where it covers no other number or point."""
        for each in readings:
            point = self.points[id(each)]
            others = [
                box for key, box in self.points.items() if key != id(each) and not over_points
            ]
            for base in self._bases(each, point):
                box = self._number_box(each, point, base)
                if id(each) not in self.numbers and not _meets(box, self.boxes + others):
                    share = self.scale.share(each.age.total_days)
                    self.numbers[id(each)] = each.row.length_mm, percent(share), base
                    self.boxes.append(box)

    def _bases(self, reading, point) -> list[float]:
        middle = (point.top + point.bottom) / 2
        below = [middle + BELOW] if middle + BELOW < HEIGHT else []
        above = [middle + ABOVE]
        return below + above if reading.row.is_short else above + below

    def _number_box(self, reading, point, base) -> Box:
        words = str(reading.row.length_mm)
        return box_of(words, (point.left + point.right - width_of(words)) / 2, base)

    def _zone(self) -> dict:
        """Return where the words for the short zone stand: in a corner of it, the emptiest first."""
        long = _("Short: %(mm)s mm or less, before %(before)s")
        words = {"mm": SHORT_MM, "before": SHORT_BEFORE}
        end = self.scale.share(SHORT_BEFORE.total_days) * self.band.width
        texts = [long % words, _("Short: %(mm)s mm or less") % words, _("Short: %(mm)s mm") % words]
        # The limit itself may reach beyond the zone, the weeks may not.
        rooms = zip(texts, (end - 0.5, self.band.width - 0.4, self.band.width), strict=True)
        text = next((each for each, room in rooms if width_of(each) < room), texts[-1])
        bases = [HEIGHT - 0.6, self.scale.y(SHORT_MM) + 1.3]
        lefts = [max(end - 0.5 - width_of(text), 0.2), 0.2]
        spots = [(base, left) for base in bases for left in lefts]
        free = [each for each in spots if self._is_free(text, *each, self.boxes)]
        base, left = next(
            (each for each in free if self._is_free(text, *each, self.lines)), [*free, *spots][0]
        )
        self.boxes.append(box_of(text, left, base))
        at_end = left == lefts[0]
        x, dx = (end / self.band.width, -0.5) if at_end and left > 0.2 else (0, 0.2)
        return {
            "text": text,
            "x": percent(x),
            "dx": em(dx),
            "anchor": "end" if dx < 0 else "start",
            "base": base,
        }

    def _is_free(self, text, base, left, boxes) -> bool:
        return not _meets(box_of(text, left, base), [*boxes, *self.points.values()])

    def _names(self, marks) -> tuple[list[dict], int]:
        """Return the names of the stitches in rows above the drawing, none over another."""
        names, boxes = [], []
        for mark in marks:
            share, width = self.scale.share(mark["age"].total_days), width_of(mark["words"])
            shift = clamped(self.band, share, width)
            left = share * self.band.width + shift
            box, row = box_of(mark["words"], left, 0), 0
            while _meets(box, [other for at, other in boxes if at == row]):
                row += 1
            boxes.append((row, box))
            names.append(
                {
                    "words": mark["words"],
                    "x": percent(share),
                    "dx": em(shift + width / 2),
                    "row": row,
                }
            )
        return names, max((row + 1 for row, _box in boxes), default=0)


def _meets(box, others) -> bool:
    return any(box.meets(other) for other in others)


def _marks(stitches) -> list[dict]:
    """Return the days on which a stitch was placed or came out."""
    marks = []
    for stitch in stitches:
        for age, words in (
            (stitch.placed_at, _("Cerclage %(age)s")),
            (stitch.removed_at, _("Removed %(age)s")),
        ):
            if age:
                marks.append({"age": age, "words": words % {"age": age}})
    return sorted(marks, key=lambda mark: mark["age"])


def _description(dated, marks) -> str:
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
