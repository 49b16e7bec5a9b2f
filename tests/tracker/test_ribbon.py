import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from tracker.clinical.milestones import Milestone, window
from tracker.templatetags.lanes import BANDS
from tracker.templatetags.lettering import usual_width_of, width_of

NARROWEST, WIDEST = BANDS[0], BANDS[-1]
SCANS = [{"kind": "scan", "days": days} for days in (112, 126, 141)]
OUT = [{"kind": "stitch", "days": 93}, {"kind": "stitch_out", "days": 255}]


def render(source, **context):
    return Template("{% load ribbon %}" + source).render(Context(context))


def ribbon(**given):
    """Draw a ribbon with the usual tag; return an element that holds the drawing and its words."""
    given = {"days": 115, "tag": "You are here", "placed": None, "stays": False} | given
    given = {"events": [], "lanes": True} | given
    source = (
        "{% week_ribbon days=days tag=tag stitch_placed=placed stays=stays events=events"
        " lanes=lanes %}"
    )
    return ElementTree.fromstring(f"<div>{render(source, **given)}</div>")


def with_class(root, name):
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def sewn(root):
    return [each for each in root.iter("line") if each.get("class") == "rb-st"]


def texts(root, band=WIDEST):
    """Return the labels that a reader sees in drawings of that width."""
    return [each.text for each in with_class(root, band.css)[0].iter("text")]


def words(root):
    return [each.text for each in root.iter("li")]


def em(length):
    return float(length.removesuffix("em"))


def at(percent, band):
    return float(percent.removesuffix("%")) / 100 * band.width


def tag_edges(root, band):
    """Return the left and right edge of the tag, in em of the narrowest drawing of a band."""
    tag = with_class(root, band.css)[0].find("svg")
    box = [each for each in tag.findall("rect") if each.get("class") == "rb-tag"][0]
    left = at(tag.get("x"), band) + em(box.get("x"))
    return left, left + em(box.get("width"))


def label_edges(label, band, width=width_of):
    x, wide = at(label.get("x"), band) + em(label.get("dx") or "0em"), width(label.text)
    anchor = label.get("text-anchor")
    left = {"start": x, "end": x - wide, "middle": x - wide / 2, None: x}[anchor]
    return left, left + wide


def shapes(root, band):
    """Return row and edges of each bar and ring below the cloth, in em."""
    lanes = with_class(root, "rb-lanes")[0]
    bars = [
        (em(each.get("y")) + 0.45, at(each.get("x"), band), at(each.get("width"), band))
        for each in lanes.findall("rect")
    ]
    rings = [
        (em(each.get("cy")), at(each.get("cx"), band) - 0.48, 0.96)
        for each in lanes.findall("circle")
    ]
    return [(row, left, left + width) for row, left, width in bars + rings]


@pytest.mark.parametrize(
    ("week", "x"), [(0, "0.00%"), (14, "33.33%"), (20, "47.62%"), (36, "85.71%"), (42, "100.00%")]
)
def test_marker_stands_at_its_week(week, x):
    root = ribbon(days=week * 7)
    lines = with_class(root, "rb-now-l")
    tags = [with_class(root, band.css)[0].find("svg").get("x") for band in BANDS]
    assert {*[line.get("x1") for line in lines], *[line.get("x2") for line in lines], *tags} == {x}


@pytest.mark.parametrize(("days", "x"), [(-30, "0.00%"), (295, "100.00%"), (400, "100.00%")])
def test_days_outside_the_weeks_stay_on_the_cloth(days, x):
    root = ribbon(days=days, placed=days, events=[{"kind": "scan", "days": days}])
    assert with_class(root, "rb-now-l")[0].get("x1") == x
    assert {each.get("cx") for each in root.iter("circle")} == {x}


@pytest.mark.parametrize(
    ("days", "count"), [(0, 0), (6, 0), (7, 1), (115, 16), (294, 42), (400, 42)]
)
def test_a_stitch_is_sewn_when_its_week_is_complete(days, count):
    assert len(sewn(ribbon(days=days))) == count


def test_there_is_one_stitch_for_each_week():
    assert len([each for each in ribbon().iter("line") if each.get("y1") == "5.7em"]) == 42


def test_without_a_date_nothing_is_sewn_and_nobody_is_there():
    root = ribbon(days=None)
    assert sewn(root) == []
    assert with_class(root, "rb-now-l") == with_class(root, "rb-tag") == []
    assert not any("You are here" in each for each in words(root))


def test_without_a_tag_there_is_no_marker():
    assert with_class(ribbon(tag=""), "rb-now-l") == []
    assert len(sewn(ribbon(tag=""))) == 16


def test_watch_weeks_are_gold_edged_and_hatched_through_the_last_day_of_week_20():
    root = ribbon()
    after = (window(Milestone.WATCH).last.total_days + 1) / 294 * 100
    for each in with_class(root, "rb-watch") + with_class(root, "rb-hatched"):
        first, width = (float(each.get(name)[:-1]) for name in ("x", "width"))
        assert (first, first + width) == pytest.approx((33.33, after), abs=0.02)
    edges = [float(each.get("x1")[:-1]) for each in with_class(root, "rb-edge")]
    assert edges == pytest.approx([33.33, after], abs=0.02)


@pytest.mark.parametrize("text", ["You are here", "Usted está aquí ahora", "Today, 22w5d"])
def test_tag_never_leaves_the_cloth_and_holds_its_words(text):
    for days in range(-7, 309):
        root = ribbon(days=days, tag=text)
        for band in BANDS:
            left, right = tag_edges(root, band)
            assert left >= -0.01 and right <= band.width + 0.01, (days, band)
            assert right - left > width_of(text)


def test_tag_stands_over_the_marker_in_the_middle_weeks():
    left, right = tag_edges(ribbon(days=147), NARROWEST)
    assert (left + right) / 2 == pytest.approx(NARROWEST.width / 2, abs=0.01)


def test_tag_escapes_what_it_says():
    assert "<b>" not in render("{% week_ribbon days=115 tag=tag %}", tag="<b>You</b>")


def test_the_window_for_the_stitch_is_shown_until_one_is_or_was_in():
    assert with_class(ribbon(), "rb-in") and "Stitch goes in 12–24" in texts(ribbon())
    for root in (ribbon(placed=93), ribbon(days=270, events=OUT)):
        assert not with_class(root, "rb-in") + with_class(root, "rb-in2")


def test_a_placed_stitch_is_a_ring_at_its_real_date():
    root = ribbon(placed=93)
    assert [each.get("cx") for each in root.iter("circle")] == ["31.63%"]
    assert "Stitch in at 13w2d" in texts(root)


def test_a_stitch_that_came_out_has_its_day_instead_of_the_usual_weeks():
    root = ribbon(days=270, events=OUT)
    assert "Stitch in at 13w2d" in texts(root) and "Stitch out at 36w3d" in texts(root)
    assert not with_class(root, "rb-out")
    assert [each.get("cx") for each in root.iter("circle")] == ["31.63%", "86.73%"]


def test_a_planned_removal_has_its_day_beside_the_usual_weeks():
    root = ribbon(placed=93, events=[{"kind": "out_planned", "days": 259}])
    assert "Stitch out planned 37w0d" in texts(root) and with_class(root, "rb-out")
    assert len(with_class(root, "rb-dot--next")) == 1


def test_a_stitch_that_stays_has_no_weeks_in_which_it_comes_out():
    root = ribbon(placed=93, stays=True)
    assert not with_class(root, "rb-out")
    assert not any("comes out" in each for each in texts(root) + words(root))
    planned = ribbon(placed=93, stays=True, events=[{"kind": "out_planned", "days": 259}])
    assert with_class(planned, "rb-dot--next") and not with_class(planned, "rb-out")


class Scan:
    kind = "scan"
    days = 147


@pytest.mark.parametrize("event", [Scan(), {"kind": "scan", "days": 147}])
def test_scans_are_rings_in_their_own_lane(event):
    root = ribbon(events=[event])
    bar = with_class(root, "rb-scan")[0]
    rings = [(each.get("cx"), em(each.get("cy"))) for each in with_class(root, "rb-dot--scan")]
    assert rings == [("50.00%", em(bar.get("y")) + 0.45)]


def test_the_lane_of_scans_says_how_many_were_done_and_when_the_next_is_due():
    due = {"kind": "scan_next", "days": 155}
    assert "Scans: 3 done" in texts(ribbon(events=SCANS))
    assert "Scans: 3 done, next 22w1d" in texts(ribbon(events=[*SCANS, due]))
    assert "Scans 16–24, next 22w1d" in texts(ribbon(events=[due]))


@pytest.mark.parametrize("first", range(0, 295, 21))
def test_labels_never_touch_what_a_lane_shows_nor_leave_the_cloth(first):
    for last in range(first, 295, 21):
        scans = [{"kind": "scan", "days": days} for days in (first, last)]
        for placed in (None, first, last):
            root = ribbon(days=last, placed=placed, events=scans)
            for band in BANDS:
                for label in with_class(root, band.css)[0].findall("text"):
                    if "hal" not in label.get("class"):
                        continue
                    left, right = label_edges(label, band)
                    assert left >= -0.01 and right <= band.width + 0.6, (label.text, last)
                    row = em(label.get("y")) - 0.36
                    for at_row, start, end in shapes(root, band):
                        beside = right <= start or left >= end
                        assert beside or abs(row - at_row) > 0.5, (label.text, first, last, band)


def test_the_marker_crosses_no_label_of_a_lane_on_a_wide_screen():
    for days in range(0, 295, 4):
        for given in ({}, {"placed": 93}, {"placed": 137, "events": SCANS}):
            root = ribbon(days=days, **given)
            for label in with_class(root, WIDEST.css)[0].findall("text"):
                if label.get("dx") is None:
                    continue
                left, right = label_edges(label, WIDEST, usual_width_of)
                marker = days / 294 * WIDEST.width
                assert marker <= left or marker >= right, (label.text, days)


def test_every_lane_is_named_at_every_width():
    for days in range(0, 295, 4):
        for given in ({}, {"placed": 93}, {"placed": 167}):
            root = ribbon(days=days, **given)
            for band in BANDS:
                lanes = [
                    each for each in with_class(root, band.css)[0].findall("text") if each.get("dx")
                ]
                assert len(lanes) == 4, (days, given, band)


@pytest.mark.parametrize("band", BANDS, ids=lambda band: band.css)
def test_weeks_of_the_axis_keep_apart(band):
    axis = [
        label_edges(each, band)
        for each in with_class(ribbon(), band.css)[0].findall("text")
        if each.get("y") == "7.75em"
    ]
    assert all(a[1] < b[0] for a, b in zip(axis, axis[1:], strict=False)) and len(axis) >= 4


def test_words_carry_every_event_and_every_window_that_is_drawn():
    events = [*SCANS, {"kind": "scan_next", "days": 155}, {"kind": "out_planned", "days": 259}]
    events += [{"kind": "report", "days": 140, "level": "urgent"}, {"kind": "report", "days": 1}]
    assert words(ribbon(days=150, placed=93, events=events)) == [
        "You are here: 21 weeks, 3 days.",
        "Report at 0 weeks, 1 day: “I feel OK”.",
        "Stitch put in at 13 weeks, 2 days.",
        "Scan at 16 weeks, 0 days.",
        "Scan at 18 weeks, 0 days.",
        "Report at 20 weeks, 0 days: Call now.",
        "Scan at 20 weeks, 1 day.",
        "Next scan at 22 weeks, 1 day.",
        "Stitch planned to come out at 37 weeks, 0 days.",
        "Watch weeks: 14 to 20.",
        "Scans: weeks 16 to 24.",
        "A stitch comes out: weeks 36 to 38.",
        "Baby at term: weeks 37 to 42.",
    ]
    assert "Stitch taken out at 36 weeks, 3 days." in words(ribbon(days=270, events=OUT))
    assert "A stitch goes in: weeks 12 to 24." in words(ribbon())


def test_reports_differ_in_outline_and_the_worst_of_a_day_is_the_one_drawn():
    levels = ["emergency", "urgent", "contact", ""]
    told = [{"kind": "report", "days": 100 + n, "level": level} for n, level in enumerate(levels)]
    root = ribbon(events=[*told, {"kind": "report", "days": 100, "level": ""}])
    marks = {each.get("class").split("--")[-1]: each for each in with_class(root, "rb-rep")}
    outlines = {(each.tag, each.get("transform")) for each in marks.values()}
    assert len(marks) == len(outlines) == len(with_class(root, "rb-rep")) == 4


def test_without_lanes_only_the_cloth_is_drawn_and_nothing_is_said():
    root = ribbon(lanes=False, placed=93, events=[Scan()])
    assert em(root.find("svg").get("height")) < 9
    assert list(root.iter("circle")) == with_class(root, "rb-scan") == words(root) == []


def test_two_ribbons_on_a_page_keep_their_own_weave():
    assert 'id="visit-w"' in render('{% week_ribbon id="visit" %}')
    assert "url(#visit-w)" in render('{% week_ribbon id="visit" %}')


def test_positions_keep_their_dot_in_every_language():
    with translation.override("es"):
        drawing = render(
            "{% week_ribbon days=115 tag='x' stitch_placed=93 %}{% mini_ribbon days=115 %}"
        )
    assert "39.12%" in drawing
    assert not re.search(r"\d,\d+(%|em)", drawing)


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
    root = ElementTree.fromstring(f"<div>{drawing}</div>")
    assert [each.get("aria-hidden") for each in root.findall("svg")] == ["true"]
    assert " style=" not in drawing
    assert "<script" not in drawing
