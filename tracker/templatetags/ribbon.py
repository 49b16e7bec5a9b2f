"""The week ribbon: forty-two weeks of cloth with one stitch a week.

Every x is a percentage of the 42 weeks, so the drawing fits any width without a script or an
inline style. The percentages become text here, where no locale can put a comma in them.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

from tracker.clinical.milestones import WINDOWS, Milestone, window

register = template.Library()

WEEKS = 42
LAST_DAY = WEEKS * 7
TAG_STARTS_BEFORE, TAG_ENDS_AFTER = 5 * 7, 37 * 7
# From here on pixels. The drawing in a panel on a 320 px screen: what fits there fits everywhere.
NARROWEST = 250
TAG_LETTER, TAG_PADDING = 7.8, 12
# Widths of the labels in ribbon.html, measured; a translation that is longer needs more.
PLACED_LABEL, WINDOW_LABEL, SCAN_LABEL, SHORT_LABEL = 112, 94, 80, 46
LABEL_GAP = 12
# Events that have no ring in the lanes of stitch and scans: reports have a lane of their own below.
APART = {"report", "end"}
LEVELS = ["", "contact", "urgent", "emergency"]
REPORT_LANE = 46


@register.inclusion_tag("components/ribbon.html")
def week_ribbon(*, days=None, tag="", stitch_placed=None, events=(), lanes=True, id="rb"):
    """Draw the ribbon for a gestational age in days; the caller writes the same in words beside it.

    ``days=None`` is a ribbon of nobody: nothing sewn, no tag. ``stitch_placed`` is the gestational
    age in days at which the stitch was put in. ``events`` have ``kind`` ("scan", "report", "end" or
    other) and ``days``; a report has its ``level`` too: emergency, urgent, contact, or none for "I feel OK".
    """
    drawn = [_dot(event) for event in events]
    dots = [each for each in drawn if each["kind"] not in APART]
    reports = _worst_of_each_day([each for each in drawn if each["kind"] == "report"])
    deeper = REPORT_LANE if lanes and reports else 0
    return {
        "id": id,
        "lanes": lanes,
        "height": 214 + deeper if lanes else 108,
        "marker_end": 210 + deeper if lanes else 84,
        "stitches": [_stitch(number, days) for number in range(WEEKS)],
        "bars": BARS,
        "axis": [{"week": week, "x": _percent(week * 7)} for week in range(10, WEEKS, 10)],
        "now": _percent(days or 0),
        "tag": _tag(days, str(tag)) if days is not None and tag else None,
        "placed": _placed(stitch_placed) if stitch_placed is not None else None,
        "dots": dots,
        "reports": reports,
        "ends": [each for each in drawn if each["kind"] == "end"],
        "stitch_label": _stitch_label(stitch_placed, dots),
        "scan_label": _scan_label(dots),
    }


@register.simple_tag
@lru_cache(maxsize=512)
def mini_ribbon(days=None):
    """Draw the ribbon 120 px wide, for a row of the worklist. One drawing for each day, kept."""
    now = None if days is None else _percent(days)
    return render_to_string("components/mini_ribbon.html", {"bars": BARS, "now": now})


def _on_cloth(days):
    return min(max(days, 0), LAST_DAY)


def _percent(days):
    """Return where a day lies on the cloth, such as 39.12%."""
    return f"{_on_cloth(days) / LAST_DAY * 100:.2f}%"


def _extent(milestone):
    """Return where a window begins and ends in whole weeks: through 20w6d is drawn to the line of 21."""
    first, last = window(milestone).first, window(milestone).last
    return first.total_days, -(-last.total_days // 7) * 7


def _bar(first, end):
    return {
        "x": _percent(first),
        "middle": _percent((first + end) / 2),
        "end": _percent(end),
        "width": _percent(end - first),
    }


BARS = {each.name.value: _bar(*_extent(each.name)) for each in WINDOWS}


def _stitch(number, days):
    """Return one week of thread: sewn when the week is complete, else as its cloth asks."""
    first, end = _extent(Milestone.WATCH)
    if days is not None and (number + 1) * 7 <= _on_cloth(days):
        css = "rb-st"
    else:
        css = "rb-watch-st" if first <= number * 7 < end else "rb-st rb-st--next"
    return {"css": css, "x1": _percent((number + 0.22) * 7), "x2": _percent((number + 0.78) * 7)}


def _tag(days, text):
    """Return the tag over the marker, shifted so far that it stays on the cloth of a phone."""
    width = len(text) * TAG_LETTER + 2 * TAG_PADDING
    if days < TAG_STARTS_BEFORE:
        anchor, left, text_x = "start", 0, TAG_PADDING
    elif days > TAG_ENDS_AFTER:
        anchor, left, text_x = "end", -width, -TAG_PADDING
    else:
        marker = days / LAST_DAY * NARROWEST
        left = -min(max(width / 2, width - (NARROWEST - marker)), marker)
        anchor, text_x = "middle", left + width / 2
    return {
        "text": text,
        "anchor": anchor,
        "x": f"{left:.1f}",
        "width": f"{width:.1f}",
        "text_x": f"{text_x:.1f}",
    }


def _placed(days):
    weeks, rest = divmod(int(_on_cloth(days)), 7)
    return {"x": _percent(days), "weeks": weeks, "days": rest}


def _dot(event):
    """Return a ring for an event, which may be an object or a dictionary."""
    told = event if isinstance(event, dict) else {"kind": event.kind, "days": event.days}
    kind, days = told["kind"], told["days"]
    return {
        "kind": kind,
        "level": told.get("level") or "",
        "day": _on_cloth(days),
        "x": _percent(days),
        "is_scan": kind == "scan",
    }


def _worst_of_each_day(reports):
    """Return one mark a day, of the highest level; the highest level is drawn last, over the others."""
    days = {}
    for each in sorted(reports, key=lambda report: LEVELS.index(report["level"])):
        days[each["day"]] = each
    return sorted(days.values(), key=lambda report: LEVELS.index(report["level"]))


def _stitch_label(placed, dots):
    rings = [dot["day"] for dot in dots if not dot["is_scan"]]
    if placed is not None:
        return _label([*rings, _on_cloth(placed)], PLACED_LABEL)
    first, _ = _extent(Milestone.STITCH_HISTORY)
    _, end = _extent(Milestone.STITCH_FOUND)
    return _label([*rings, first, end], WINDOW_LABEL)


def _scan_label(dots):
    rings = [dot["day"] for dot in dots if dot["is_scan"]]
    return _label([*rings, *_extent(Milestone.SCANS)], SCAN_LABEL)


def _label(drawn, width):
    """Place the label of a lane beside all that is drawn in it, where there is more room."""
    first, end = min(drawn), max(drawn)
    on_the_right = LAST_DAY - end >= first
    room = max(first, LAST_DAY - end) / LAST_DAY * NARROWEST - LABEL_GAP
    if room < SHORT_LABEL:
        return None
    return {
        "x": _percent(end if on_the_right else first),
        "dx": LABEL_GAP if on_the_right else -LABEL_GAP,
        "anchor": "start" if on_the_right else "end",
        "short": room < width,
    }
