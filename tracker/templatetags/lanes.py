"""The lanes below the cloth of the week ribbon: stitch, scans, removal, term, each with its label."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker.clinical.dating import GestationalAge
from tracker.clinical.milestones import WINDOWS, Milestone, window
from tracker.templatetags.lettering import Band, Spot, em, percent, place

WEEKS = 42
LAST_DAY = WEEKS * 7
# From so many em on; ribbon.css names the same widths in rem. Below the first there are words only.
BANDS = (Band("rb-xs", 19), Band("rb-s", 21.5), Band("rb-m", 27.1), Band("rb-l", 75.4))
FIRST_LANE, LANE, BAR = 9.4, 1.95, 0.9


def share(days: float) -> float:
    """Return where a day lies on the cloth, from 0 to 1."""
    return min(max(days, 0), LAST_DAY) / LAST_DAY


def extent(milestone: Milestone) -> tuple[int, int]:
    """Return where a window begins and ends in whole weeks: through 20w6d is drawn to the line of 21."""
    first, last = window(milestone).first, window(milestone).last
    return first.total_days, -(-last.total_days // 7) * 7


def bar(milestone: Milestone) -> dict:
    first, end = extent(milestone)
    return {
        "x": percent(share(first)),
        "middle": percent(share((first + end) / 2)),
        "end": percent(share(end)),
        "width": percent(share(end - first)),
    }


BARS = {each.name.value: bar(each.name) for each in WINDOWS}


@dataclass
class Lane:
    """One lane: what is drawn in it, and its label from the longest wording to the shortest."""

    texts: list[str]
    windows: list[tuple[str, Milestone]] = field(default_factory=list)
    rings: list[dict] = field(default_factory=list)
    on_the_right: bool = True

    def drawn(self, row: int, now: float | None) -> dict:
        """Return the lane in a row, with its label for each band of widths."""
        middle = FIRST_LANE + row * LANE
        return {
            "middle": em(middle),
            "top": em(middle - BAR / 2),
            "bars": [{"css": css, **BARS[name.value]} for css, name in self.windows],
            "rings": self.rings,
            "labels": {
                each.css: place(each, self.texts, self._spots(now), now, middle + 0.36)
                for each in BANDS
            },
        }

    def _spots(self, now: float | None) -> list[Spot]:
        """Return where the label may stand: on its side of all that is drawn, opposite, or beyond the marker."""
        days = [day for _css, name in self.windows for day in extent(name)]
        shares = [share(day) for day in days] + [ring["share"] for ring in self.rings]
        right, left = Spot(max(shares), True), Spot(min(shares), False)
        spots = [right, left] if self.on_the_right else [left, right]
        if now is not None and now > max(shares):
            spots.append(Spot(now, True))
        if now is not None and now < min(shares):
            spots.append(Spot(now, False))
        return spots


def lanes_of(*, now: float | None, placed: int | None, stays: bool, events: list[dict]) -> list:
    """Return the lanes of one pregnancy, from top to bottom."""
    lanes = [
        _stitch(placed, events),
        _scans(_of(events, "scan"), _of(events, "scan_next")),
        _removal(placed, stays, _of(events, "stitch_out"), _of(events, "out_planned")),
        Lane(
            [_("Baby at term 37–42"), _("Term 37–42"), _("Term")],
            [("rb-term", Milestone.TERM)],
            on_the_right=False,
        ),
    ]
    return [lane.drawn(row, now) for row, lane in enumerate(filter(None, lanes))]


def _of(events: list[dict], kind: str) -> list[dict]:
    return [each for each in events if each["kind"] == kind]


def _ring(days: float, css: str = "") -> dict:
    return {"share": share(days), "x": percent(share(days)), "css": f"rb-dot {css}".strip()}


def _age(event_or_days) -> GestationalAge:
    days = event_or_days["days"] if isinstance(event_or_days, dict) else event_or_days
    return GestationalAge(int(min(max(days, 0), LAST_DAY)))


def _stitch(placed: int | None, events: list[dict]) -> Lane:
    """A stitch that was placed replaces the weeks in which one may be."""
    elsewhere = {"scan", "scan_next", "stitch_out", "out_planned", "report", "end"}
    rings = [_ring(each["days"]) for each in events if each["kind"] not in elsewhere]
    earlier = _of(events, "stitch")
    if placed is None and not earlier:
        windows = [
            ("rb-in2", Milestone.STITCH_FOUND),
            ("rb-in", Milestone.STITCH_HISTORY),
        ]
        return Lane([_("Stitch goes in 12–24"), _("Stitch in 12–24"), _("Stitch")], windows, rings)
    if placed is not None:
        rings.append(_ring(placed, "rb-dot--on"))
    age = _age(max(each["days"] for each in earlier) if placed is None else placed)
    return Lane([_("Stitch in at %(age)s") % {"age": age}, str(age)], rings=rings)


def _scans(done: list[dict], planned: list[dict]) -> Lane:
    texts = [_("Scans 16–24"), _("Scans")]
    if done:
        texts = [_("Scans: %(number)s done") % {"number": len(done)}, _("Scans")]
    if done and planned:
        words = {"number": len(done), "age": _age(planned[0])}
        texts.insert(0, _("Scans: %(number)s done, next %(age)s") % words)
    elif planned:
        texts.insert(0, _("Scans 16–24, next %(age)s") % {"age": _age(planned[0])})
    rings = [_ring(each["days"], "rb-dot--scan") for each in done]
    rings += [_ring(each["days"], "rb-dot--scan rb-dot--next") for each in planned]
    return Lane(texts, [("rb-scan", Milestone.SCANS)], rings)


def _removal(placed: int | None, stays: bool, out: list[dict], planned: list[dict]) -> Lane | None:
    """Out already, planned for a day, or the usual weeks; no lane for a stitch that stays."""
    rings = [_ring(each["days"]) for each in out]
    rings += [_ring(each["days"], "rb-dot--next") for each in planned]
    is_out = bool(out) and placed is None
    if stays and not rings:
        return None
    windows = [] if stays or is_out else [("rb-out", Milestone.REMOVAL)]
    texts = [_("Stitch comes out 36–38"), _("Stitch out 36–38"), _("Out 36–38"), _("Out")]
    if is_out or planned:
        age = _age(max((out if is_out else planned), key=lambda each: each["days"]))
        words = _("Stitch out at %(age)s") if is_out else _("Stitch out planned %(age)s")
        texts = [words % {"age": age}, _("Out %(age)s") % {"age": age}, str(age)]
    return Lane(texts, windows, rings, on_the_right=False)
