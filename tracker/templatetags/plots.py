"""Plots drawn on the server. Each is one picture with a title and a description; its figures stand in a table beside."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

register = template.Library()
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 220, 44, 16, 30
MARKS = ("circle", "square", "triangle")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its words below and its value on top; ``value`` is None where there is nothing to show."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: float | None


def top_of(values) -> float:
    """Return a round number that all values fit under."""
    highest = max((value for value in values if value is not None), default=0) or 1
    size = 10 ** (len(str(int(highest))) - 1)
    return next(size * step for step in (1, 2, 5, 10) if highest <= size * step)


def scale(top: float) -> list[tuple[float, str]]:
    """Return the lines across: none, half and all of the height, with their numbers."""
    return [
        (round(HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP), 1), f"{top * part:g}")
        for part in (0, 0.5, 1)
    ]


@register.inclusion_tag("components/bars.html")
def bars(name, title, description, rows, every=1):
    """Draw bars of (label, value) rows. Every how manieth label is written: 24 hours need room."""
    rows = list(rows)
    top = top_of(value for _label, value in rows)
    slot = (WIDTH - LEFT) / max(len(rows), 1)
    full = HEIGHT - BOTTOM - TOP
    drawn = []
    for number, (label, value) in enumerate(rows):
        height = round(full * (value or 0) / top, 1)
        x = round(LEFT + number * slot + slot * 0.15, 1)
        middle = round(LEFT + (number + 0.5) * slot, 1)
        words = label if number % every == 0 else ""
        y = round(HEIGHT - BOTTOM - height, 1)
        drawn.append(Bar(x, y, round(slot * 0.7, 1), height, middle, words, value))
    return frame(name, title, description, top) | {"bars": drawn}


@register.inclusion_tag("components/lines.html")
def lines(name, title, description, labels, series):
    """Draw up to three lines over the same labels, in percent: each with its own dashes and marks.

    ``series`` is (words, values); a value of None leaves a gap.
    """
    slot = (WIDTH - LEFT) / max(len(labels), 1)
    middles = [round(LEFT + (number + 0.5) * slot, 1) for number in range(len(labels))]
    every = max(1, -(-len(labels) // 14))
    drawn = [
        {"words": words, "mark": MARKS[number], "number": number, **path(middles, values)}
        for number, (words, values) in enumerate(series)
    ]
    ticks = [(x, label) for n, (x, label) in enumerate(zip(middles, labels, strict=True)) if n % every == 0]  # fmt: skip
    return frame(name, title, description, 100) | {"series": drawn, "ticks": ticks}


def path(middles, values) -> dict:
    """Return one line as the pieces between its gaps, and its points."""
    pieces, piece, points = [], [], []
    for x, value in zip(middles, values, strict=True):
        if value is None:
            pieces.append(piece)
            piece = []
            continue
        y = round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / 100, 1)
        piece.append(f"{x},{y}")
        points.append({"x": x, "y": y, "left": x - 5, "top": y - 5, "triangle": f"{x},{y - 6} {x - 6},{y + 5} {x + 6},{y + 5}"})  # fmt: skip
    pieces.append(piece)
    return {"pieces": [" ".join(each) for each in pieces if len(each) > 1], "points": points}


def frame(name, title, description, top) -> dict:
    return {
        "name": name,
        "title": title,
        "description": description,
        "scale": scale(top),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "base": HEIGHT - BOTTOM,
        "text_base": HEIGHT - 8,
    }


@register.simple_tag
def months_of(figures):
    """Return (label, value) of each month for its plot."""
    return [(f"{each.first:%b}", each.per_hundred) for each in figures.months]


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
