"""The week ribbon: forty-two weeks of cloth with one stitch a week.

Every x is a percentage of the 42 weeks and every y is in em, so the drawing fits any width and any
size of letters without a script or an inline style.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tracker.clinical.milestones import Milestone
from tracker.templatetags.lanes import (
    BANDS,
    BARS,
    FIRST_LANE,
    LANE,
    LAST_DAY,
    WEEKS,
    extent,
    lanes_of,
    share,
)
from tracker.templatetags.lettering import Spot, clamped, em, percent, place, width_of
from tracker.templatetags.ribbon_words import words_of

register = template.Library()

TAG_PADDING = 0.6
# Half of the arrow below the tag: nearer to the end of the cloth than this there is none.
ARROW = 0.6
TICKS = range(10, WEEKS, 10)
CLOTH_END, HEIGHT_OF_CLOTH = 6.45, 8.3
LEVELS = ["", "contact", "urgent", "emergency"]


@register.inclusion_tag("components/ribbon.html")
def week_ribbon(
    *,
    days=None,
    tag="",
    stitch_placed=None,
    stays=False,
    events=(),
    lanes=True,
    words=True,
    id="rb",
):
    """Draw the ribbon for a gestational age in days, and the same in words for who does not see it.

    ``days=None`` is a ribbon of nobody: nothing sewn, no tag. ``stitch_placed`` is the gestational
    age in days at which the stitch was put in; ``stays`` says that it never comes out. ``events``
    have ``kind`` ("scan", "scan_next", "stitch", "stitch_out", "out_planned", "report", "end" or
    other) and ``days``; a report has its ``level`` too: emergency, urgent, contact, or none for "I feel OK".
    Without ``words`` the caller writes all of it beside the ribbon.
    """
    told = [_told(event) for event in events]
    tag = str(tag) if days is not None else ""
    now = share(days) if tag else None
    rows = lanes_of(now=now, placed=stitch_placed, stays=bool(stays), events=told) if lanes else []
    end = FIRST_LANE + (len(rows) - 1) * LANE + 1 if rows else CLOTH_END
    marks = _worst_of_each_day([each for each in told if each["kind"] == "report"])
    reports = _reports(marks, end, now) if rows and marks else {}
    labels = [each["labels"] for each in [*rows, reports] if each]
    return {
        "id": id,
        "lanes": rows,
        "reports": reports,
        "height": em(end + (3.6 if reports else 0.1) if rows else HEIGHT_OF_CLOTH),
        "marker_end": em(end + (3.3 if reports else 0)),
        "stitches": [_stitch(number, days) for number in range(WEEKS)],
        "bars": BARS,
        "now": percent(share(days or 0)),
        "tag": tag,
        "first": _("Week 0"),
        "bands": [_band(each, now, tag, labels) for each in BANDS],
        "ends": [each for each in told if each["kind"] == "end"],
        "words": words_of(days, tag, stitch_placed, stays, told) if lanes and words else [],
    }


@register.simple_tag
@lru_cache(maxsize=512)
def mini_ribbon(days=None):
    """Draw the ribbon 120 px wide, for a row of the worklist. One drawing for each day, kept."""
    now = None if days is None else percent(share(days))
    return render_to_string("components/mini_ribbon.html", {"bars": BARS, "now": now})


def _told(event) -> dict:
    """Return an event, which may be an object or a dictionary, with its place on the cloth."""
    told = event if isinstance(event, dict) else {"kind": event.kind, "days": event.days}
    return told | {"level": told.get("level") or "", "x": percent(share(told["days"]))}


def _stitch(number, days):
    """Return one week of thread: sewn when the week is complete, else as its cloth asks."""
    first, end = extent(Milestone.WATCH)
    if days is not None and (number + 1) * 7 <= min(days, LAST_DAY):
        css = "rb-st"
    else:
        css = "rb-watch-st" if first <= number * 7 < end else "rb-st rb-st--next"
    return {
        "css": css,
        "x1": percent(share((number + 0.22) * 7)),
        "x2": percent(share((number + 0.78) * 7)),
    }


def _band(band, now, tag, labels):
    """Return what depends on the width: ticks, the name of the gold cloth, labels and the tag."""
    first, end = extent(Milestone.WATCH)
    long = _("Watch weeks 14–20")
    fits = width_of(long) <= share(end - first) * band.width
    return {
        "css": band.css,
        "axis": _axis(band),
        "watch": long if fits else "14–20",
        "labels": [each[band.css] for each in labels if each[band.css]],
        "tag": _tag(band, now, tag) if tag else None,
    }


def _axis(band):
    """Return the weeks that have room beside the first, which says what the numbers are."""
    end = width_of(_("Week 0"))
    half = width_of("10") / 2
    return [
        {"week": week, "x": percent(share(week * 7))}
        for week in TICKS
        if share(week * 7) * band.width - half > end + 0.3
    ]


def _tag(band, now, text):
    """Return the tag over the marker, shifted so far that it stays on the narrowest cloth."""
    width = width_of(text) + 2 * TAG_PADDING
    left = clamped(band, now, width)
    at = now * band.width
    return {
        "x": em(left),
        "width": em(width),
        "middle": em(left + width / 2),
        "arrow": ARROW < at < band.width - ARROW,
    }


def _worst_of_each_day(reports):
    """Return one mark a day, of the highest level; the highest level is drawn last, over the others."""
    days = {}
    for each in sorted(reports, key=lambda report: LEVELS.index(report["level"])):
        days[share(each["days"])] = each
    return sorted(days.values(), key=lambda report: LEVELS.index(report["level"]))


def _reports(reports, end, now):
    """Return her reports in a lane of their own, for staff."""
    texts = [_("Reports, by the level of each day"), _("Reports")]
    spots = [Spot(0, True, 0), Spot(1, False, 0)]
    if now is not None:
        spots += [Spot(now, True), Spot(now, False)]
    return {
        "marks": reports,
        "middle": em(end + 2.3),
        "labels": {each.css: place(each, texts, spots, now, end + 1) for each in BANDS},
    }
