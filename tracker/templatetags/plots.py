"""Plots drawn on the server. Each is one picture with a title and a description; its figures stand in a table beside.

Every x is a percentage of the width and every y is in em, so letters keep their size on a phone.
"""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.templatetags.lettering import PLOT_BANDS, em, percent, ticks

register = template.Library()
HEIGHT, TOP = 13, 1
# Nothing at all is a gap; none of something is so high.
NOUGHT = 0.2
MARKS = ("circle", "square", "triangle")


def top_of(values) -> float:
    """Return a round number that all values fit under."""
    highest = max((value for value in values if value is not None), default=0) or 1
    size = 10 ** (len(str(int(highest))) - 1)
    return next(size * step for step in (1, 2, 5, 10) if highest <= size * step)


def height_of(value: float, top: float) -> float:
    return TOP + HEIGHT - value / top * HEIGHT


def short_number(number: float) -> str:
    """Return a number in the room beside the scale: 250, 2.5k."""
    return f"{number / 1000:g}k" if number >= 1000 else f"{number:g}"


@register.inclusion_tag("components/bars.html")
def bars(name, title, description, rows):
    """Draw bars of (label, value) rows; a value of None leaves a gap."""
    rows = list(rows)
    top = top_of(value for _label, value in rows)
    slot = 1 / max(len(rows), 1)
    drawn = [
        {
            "x": percent((number + 0.15) * slot),
            "width": percent(0.7 * slot),
            "y": em(height_of(value, top) if value else TOP + HEIGHT - NOUGHT),
            "height": em(value / top * HEIGHT or NOUGHT),
        }
        for number, (_label, value) in enumerate(rows)
        if value is not None
    ]
    return frame(name, title, description, top, [label for label, _value in rows]) | {"bars": drawn}


@register.inclusion_tag("components/lines.html")
def lines(name, title, description, labels, series):
    """Draw up to three lines over the same labels, in percent: each with its own dashes and marks.

    ``series`` is (words, values); a value of None leaves a gap.
    """
    middles = [percent((number + 0.5) / len(labels)) for number in range(len(labels))]
    drawn = [
        {"words": words, "mark": MARKS[number], "number": number, **path(middles, values)}
        for number, (words, values) in enumerate(series)
    ]
    return frame(name, title, description, 100, labels) | {"series": drawn}


def path(middles, values) -> dict:
    """Return one line as its points and the stretches between those that follow each other."""
    points = [
        None if value is None else {"x": x, "y": em(height_of(value, 100))}
        for x, value in zip(middles, values, strict=True)
    ]
    pairs = zip(points, points[1:], strict=False)
    return {
        "stretches": [(a, b) for a, b in pairs if a and b],
        "points": [point for point in points if point],
    }


def frame(name, title, description, top, labels) -> dict:
    """Return what every plot has: its words, the lines across with their numbers, and the axis."""
    places = [((number + 0.5) / len(labels), str(label)) for number, label in enumerate(labels)]
    heights = [(part * top, height_of(part, 1)) for part in (0, 0.5, 1)]
    return {
        "name": name,
        "title": title,
        "description": description,
        "scale": [
            {"words": short_number(number), "y": em(y), "base": em(y + 0.35)}
            for number, y in heights
        ],
        "axes": [(band.css, ticks(band, places)) for band in PLOT_BANDS],
        "axis_base": em(TOP + HEIGHT + 1.7),
        "height": em(TOP + HEIGHT + 2.2),
    }


@register.simple_tag
def months_of(figures):
    """Return (label, value) of each month for its plot, and whether there is anything to show."""
    rows = [(date_format(each.first, "M"), each.per_hundred) for each in figures.months]
    return {"rows": rows, "shown": any(value is not None for _label, value in rows)}


@register.simple_tag
def hours_of(figures):
    """Return (label, value) of each hour of the day for its plot."""
    return [(f"{hour:02d}", times.median) for hour, times in figures.hours]


@register.simple_tag
def weeks_of(figures):
    """Return the labels of the weeks and the three lines over them."""
    shares = [week.shares for week in figures.weeks]
    names = (_("Read"), _("Reviewed"), _("Taught back"))
    return {
        "labels": [str(week.week) for week in figures.weeks],
        "series": [(name, [each[n] for each in shares]) for n, name in enumerate(names)],
        "shown": any(share is not None for each in shares for share in each),
    }
