import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from tracker.clinical.milestones import Milestone, window
from tracker.templatetags.ribbon import NARROWEST, TAG_LETTER

# The baseline of a label and the heights between which its lane is drawn.
LANES = {"128": (117, 129), "153": (142, 154)}
# Widths in pixels as Chromium draws them with our font on a phone.
MEASURED = {
    "Stitch in at 13w2d": 110,
    "Stitch in 12–24": 92,
    "Scans 16–24": 78,
    "13w2d": 43,
    "Stitch": 36,
    "Scans": 35,
}


def render(source, **context):
    return Template("{% load ribbon %}" + source).render(Context(context))


def ribbon(**given):
    """Draw a ribbon with the usual tag; return its root element."""
    given = {
        "days": 115,
        "tag": "You are here",
        "placed": None,
        "events": [],
        "lanes": True,
    } | given
    source = "{% week_ribbon days=days tag=tag stitch_placed=placed events=events lanes=lanes %}"
    return ElementTree.fromstring(render(source, **given).strip())


def with_class(root, name):
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def sewn(root):
    return [each for each in root.iter("line") if each.get("class") == "rb-st"]


def text_of(element):
    """Return the words of a label as a phone shows them."""
    parts = [each for each in element.iter() if "wide" not in (each.get("class") or "")]
    return "".join(each.text or "" for each in parts)


def labels_in_lane(root, y):
    return [each for each in with_class(root, "hal") if each.get("y") == y]


def pixels(percent):
    return float(percent.rstrip("%")) / 100 * NARROWEST


def tag_edges(root):
    """Return the left and right edge of the tag, in pixels of the narrowest screen."""
    inner = root.find("svg")
    left = pixels(inner.get("x")) + float(inner.find("rect").get("x"))
    return left, left + float(inner.find("rect").get("width"))


def label_edges(label):
    x = pixels(label.get("x")) + float(label.get("dx"))
    width = MEASURED[re.sub(r"\d+w\d", "13w2", text_of(label))]
    return (x, x + width) if label.get("text-anchor") == "start" else (x - width, x)


def shapes_in_lane(root, top, bottom):
    """Return the edges of every bar and ring between two heights, in pixels."""
    bars = [
        (pixels(each.get("x")), pixels(each.get("x")) + pixels(each.get("width")))
        for each in root.iter("rect")
        if top <= float(each.get("y") or 0) <= bottom
    ]
    rings = [
        (
            pixels(each.get("cx")) - float(each.get("r")),
            pixels(each.get("cx")) + float(each.get("r")),
        )
        for each in root.iter("circle")
        if top <= float(each.get("cy")) <= bottom
    ]
    return bars + rings


@pytest.mark.parametrize(
    ("week", "x"), [(0, "0.00%"), (14, "33.33%"), (20, "47.62%"), (36, "85.71%"), (42, "100.00%")]
)
def test_marker_stands_at_its_week(week, x):
    root = ribbon(days=week * 7)
    line = with_class(root, "rb-now-l")[0]
    assert line.get("x1") == line.get("x2") == root.find("svg").get("x") == x


@pytest.mark.parametrize(("days", "x"), [(-30, "0.00%"), (295, "100.00%"), (400, "100.00%")])
def test_days_outside_the_weeks_stay_on_the_cloth(days, x):
    root = ribbon(days=days, placed=days, events=[{"kind": "scan", "days": days}])
    assert root.find("svg").get("x") == x
    assert {each.get("cx") for each in root.iter("circle")} == {x}


@pytest.mark.parametrize(
    ("days", "count"), [(0, 0), (6, 0), (7, 1), (115, 16), (294, 42), (400, 42)]
)
def test_a_stitch_is_sewn_when_its_week_is_complete(days, count):
    assert len(sewn(ribbon(days=days))) == count


def test_there_is_one_stitch_for_each_week():
    assert len([each for each in ribbon().iter("line") if each.get("y1") == "74"]) == 42


def test_without_a_date_nothing_is_sewn_and_nobody_is_there():
    root = ribbon(days=None)
    assert sewn(root) == []
    assert with_class(root, "rb-now-l") == with_class(root, "rb-tag") == []


def test_without_a_tag_there_is_no_marker():
    assert with_class(ribbon(tag=""), "rb-now-l") == []
    assert len(sewn(ribbon(tag=""))) == 16


def test_watch_weeks_are_gold_through_the_last_day_of_week_20():
    gold = with_class(ribbon(), "rb-watch")[0]
    after = (window(Milestone.WATCH).last.total_days + 1) / 294 * 100
    assert gold.get("x") == "33.33%"
    assert float(gold.get("x")[:-1]) + float(gold.get("width")[:-1]) == pytest.approx(
        after, abs=0.02
    )


@pytest.mark.parametrize(
    ("week", "anchor"), [(0, "start"), (4, "start"), (5, "middle"), (37, "middle"), (38, "end")]
)
def test_tag_turns_inward_at_both_ends(week, anchor):
    assert with_class(ribbon(days=week * 7), "rb-tag-t")[0].get("text-anchor") == anchor


@pytest.mark.parametrize("text", ["You are here", "Usted está aquí", "Today, 22w5d"])
def test_tag_never_leaves_the_cloth_of_a_phone(text):
    for days in range(-7, 309):
        left, right = tag_edges(ribbon(days=days, tag=text))
        assert left >= -0.1, days
        assert right <= NARROWEST + 0.1, days


def test_tag_is_wide_enough_for_its_text():
    left, right = tag_edges(ribbon(tag="Today, 22w5d"))
    assert right - left > len("Today, 22w5d") * TAG_LETTER


def test_tag_stands_over_the_marker_in_the_middle_weeks():
    left, right = tag_edges(ribbon(days=147))
    assert (left + right) / 2 == pytest.approx(NARROWEST / 2, abs=0.1)


def test_tag_escapes_what_it_says():
    assert "<b>" not in render("{% week_ribbon days=115 tag=tag %}", tag="<b>You</b>")


def test_the_window_for_the_stitch_is_shown_until_it_is_in():
    assert with_class(ribbon(), "rb-in")
    assert not with_class(ribbon(placed=93), "rb-in") + with_class(ribbon(placed=93), "rb-in2")


def test_a_placed_stitch_is_a_ring_at_its_real_date():
    root = ribbon(placed=93)
    assert [each.get("cx") for each in root.iter("circle")] == ["31.63%"]
    assert [text_of(each) for each in labels_in_lane(root, "128")] == ["Stitch in at 13w2d"]


class Scan:
    kind = "scan"
    days = 147


@pytest.mark.parametrize("event", [Scan(), {"kind": "scan", "days": 147}])
def test_scans_are_rings_in_their_own_lane(event):
    rings = with_class(ribbon(events=[event]), "rb-dot--scan")
    assert [(each.get("cx"), each.get("cy")) for each in rings] == [("50.00%", "148")]


def test_other_events_stand_beside_the_stitch():
    rings = with_class(ribbon(events=[{"kind": "visit", "days": 147}]), "rb-dot")
    assert [each.get("cy") for each in rings] == ["123"]


@pytest.mark.parametrize("first", range(0, 295, 21))
def test_labels_never_touch_what_a_lane_shows_nor_leave_the_cloth(first):
    for last in range(first, 295, 21):
        scans = [{"kind": "scan", "days": days} for days in (first, last)]
        for placed in (None, first, last):
            root = ribbon(placed=placed, events=[*scans, {"kind": "visit", "days": last}])
            for y, lane in LANES.items():
                for left, right in map(label_edges, labels_in_lane(root, y)):
                    assert left >= -1, (first, last, placed)
                    assert right <= NARROWEST + 1, (first, last, placed)
                    for start, end in shapes_in_lane(root, *lane):
                        assert right <= start or left >= end, (first, last, placed)


def test_without_lanes_only_the_cloth_is_drawn():
    root = ribbon(lanes=False, placed=93, events=[Scan()])
    assert root.get("height") == "108"
    assert list(root.iter("circle")) == with_class(root, "rb-scan") == []


def test_two_ribbons_on_a_page_keep_their_own_weave():
    assert 'id="visit-w"' in render('{% week_ribbon id="visit" %}')
    assert "url(#visit-w)" in render('{% week_ribbon id="visit" %}')


def test_positions_keep_their_dot_in_every_language():
    with translation.override("es"):
        drawing = render(
            "{% week_ribbon days=115 tag='x' stitch_placed=93 %}{% mini_ribbon days=115 %}"
        )
    assert "39.12%" in drawing
    assert not re.search(r"\d,\d+%", drawing)


@pytest.mark.parametrize(
    ("days", "x"), [(0, "0.00%"), (140, "47.62%"), (294, "100.00%"), (400, "100.00%")]
)
def test_mini_ribbon_marks_the_day(days, x):
    root = ElementTree.fromstring(render("{% mini_ribbon days=days %}", days=days))
    assert [each.get("cx") for each in with_class(root, "m-now")] == [x]


def test_mini_ribbon_without_a_date_marks_nothing():
    assert "m-now" not in render("{% mini_ribbon days=None %}")


@pytest.mark.parametrize(
    "source", ["{% week_ribbon days=115 tag='x' %}", "{% mini_ribbon days=115 %}"]
)
def test_ribbons_are_silent_and_carry_no_style_or_script(source):
    drawing = render(source)
    assert ElementTree.fromstring(drawing.strip()).get("aria-hidden") == "true"
    assert " style=" not in drawing
    assert "<script" not in drawing
