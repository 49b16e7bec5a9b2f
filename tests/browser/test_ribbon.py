"""The week ribbon and the plots as a browser lays them out: no word on another, none cut off, at any width."""

import base64
import re

import pytest
from django.conf import settings
from django.template import Context, Template

from tracker.clinical.dating import GestationalAge
from tracker.enums import Urgency
from tracker.lengths import Reading
from tracker.models import CervicalLength, SymptomReport
from tracker.stitches import Stitch
from tracker.templatetags import lanes, plot, report_plot, ribbon

pytestmark = [pytest.mark.browser, pytest.mark.once]

CSS = settings.STATICFILES_DIRS[0] / "css"
STYLES = ["tokens", "base", "components/ribbon", "components/plot", "components/figures"]
SPACED = "* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important; }"
LARGE = "html { font-size: 32px; }"
STITCHES = [None, 84, 93, 137, 167]
EDGES = [1, 34, 35, 97, 98, 115, 146, 147, 148, 167, 168, 251, 252, 259, 266, 267, 293]
# What a reader sees of each drawing, in pixels of her screen.
MEASURE = """() => [...document.querySelectorAll("[data-drawing]")].flatMap(box => {
  const about = box.dataset.drawing, wrong = [], seen = [];
  const edge = box.getBoundingClientRect();
  for (const text of box.querySelectorAll("text")) {
    const at = text.getBoundingClientRect();
    if (!at.width) continue;
    const words = text.textContent;
    if (at.left < edge.left - 1 || at.right > edge.right + 1) wrong.push(`"${words}" leaves the drawing`);
    if (at.top < edge.top - 1 || at.bottom > edge.bottom + 1) wrong.push(`"${words}" is cut off`);
    if (parseFloat(getComputedStyle(text).fontSize) < 12) wrong.push(`"${words}" is too small`);
    for (const [other, o] of seen)
      if (at.left < o.right - .5 && o.left < at.right - .5 && at.top + 2 < o.bottom && o.top + 2 < at.bottom)
        wrong.push(`"${words}" lies on "${other}"`);
    seen.push([words, at]);
    const halo = getComputedStyle(text).paintOrder.startsWith("stroke");
    for (const line of box.querySelectorAll(".rb-now-l, .cer")) {
      const l = line.getBoundingClientRect(), x = (l.left + l.right) / 2;
      const crosses = l.width + l.height && x > at.left && x < at.right && l.top < at.bottom && at.top < l.bottom;
      if (crosses && !halo && !text.matches(".rb-tag-t")) wrong.push(`a line cuts "${words}"`);
    }
  }
  for (const tag of box.querySelectorAll("rect.rb-tag")) {
    const at = tag.getBoundingClientRect();
    if (at.width && (at.left < edge.left - 1 || at.right > edge.right + 1)) wrong.push("the tag leaves the drawing");
  }
  if (box.scrollWidth > box.clientWidth) wrong.push("too wide");
  return wrong.map(each => `${about}: ${each}`);
})"""


def page_with(chromium, drawings: dict[str, str], width: int):
    """Return a page that holds drawings under their names, in our own styles and letters."""
    styles = "\n".join((CSS / f"{name}.css").read_text() for name in STYLES)
    styles = re.sub(r'url\("\.\./fonts/(.+?)"\)', _font, styles)
    boxes = "".join(
        f'<div data-drawing="{name}">{drawing}</div>' for name, drawing in drawings.items()
    )
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.set_content(f'<!doctype html><html lang="en"><style>{styles}</style>{boxes}')
    page.evaluate("document.fonts.load('600 13px Figtree').then(() => document.fonts.ready)")
    return page


def _font(found) -> str:
    name = found[1]
    data = base64.b64encode((settings.STATICFILES_DIRS[0] / "fonts" / name).read_bytes()).decode()
    return f'url("data:font/woff2;base64,{data}")'


def ribbon_of(day, number) -> str:
    """Return a ribbon of that day; the number chooses stitch, events and whether she or staff looks on."""
    placed = STITCHES[number % len(STITCHES)]
    placed = placed if placed is not None and placed <= day else None
    events = [{"kind": "scan", "days": each} for each in (112, 126, 141, 155, 165) if each <= day]
    staff = number // len(STITCHES) % 2
    if staff:
        levels = ["emergency", "urgent", "contact", ""]
        told = list(range(30, day, 9))
        events += [{"kind": "report", "days": each, "level": levels[each % 4]} for each in told]
        events += [{"kind": "scan_next", "days": day + 10}] if 112 < day < 160 else []
    if number % 3 == 0 and placed:
        events.append({"kind": "out_planned", "days": 259})
    if number % 7 == 0 and day > 255:
        placed, events = (
            None,
            [*events, {"kind": "stitch", "days": 93}, {"kind": "stitch_out", "days": 255}],
        )
    tag = f"Today, {day // 7}w{day % 7}d" if staff else "You are here"
    source = (
        '{% load ribbon %}<div class="ribbon ribbon--in">'
        "{% week_ribbon days=day tag=tag stitch_placed=placed events=events id=id %}</div>"
    )
    given = {"day": day, "tag": tag, "placed": placed, "events": events, "id": f"d{day}n{number}"}
    return Template(source).render(Context(given))


def every_ribbon() -> dict[str, str]:
    """Return each week and each edge, with every stitch in turn, hers and that of staff in turn."""
    days = sorted({*range(0, 295, 7), *EDGES})
    drawn = {f"day {day}, {n % 10}": ribbon_of(day, n % 10) for n, day in enumerate(days)}
    # The thread of the weeks says nothing here and costs time.
    return {name: re.sub(r'<line class="rb-(st|watch-st).*?/>', "", each) for name, each in drawn.items()}  # fmt: skip


def longer(words: str) -> str:
    """Return a text a quarter longer, as Spanish may be."""
    return words + "o" * (len(re.sub(r"%\(.+?\)s", "", words)) // 4)


@pytest.fixture
def in_spanish(monkeypatch):
    for module in (lanes, ribbon, plot, report_plot):
        monkeypatch.setattr(module, "_", longer)


def faults(page, *widths, styles="") -> set[str]:
    found = set()
    if styles:
        page.add_style_tag(content=styles)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found |= {f"{width} px, {each}" for each in page.evaluate(MEASURE)}
    return found


def length_plot(lengths, stitches=()) -> str:
    """Return the plot of (day, mm), with stitches of (placed, removed)."""
    readings = [
        Reading(CervicalLength(length_mm=mm, gestational_days=day), GestationalAge(day))
        for day, mm in lengths
    ]
    sewn = [
        Stitch(None, GestationalAge(placed), None, out and GestationalAge(out), "", None)
        for placed, out in stitches
    ]
    source = '{% load plot %}<div class="panel">{% length_plot readings stitches %}</div>'
    return Template(source).render(Context({"readings": readings, "stitches": sewn}))


def reports_plot(days) -> str:
    reports = [
        SymptomReport(gestational_days=day, urgency=None if level == 4 else Urgency(level))
        for day, level in days
    ]
    source = "{% load report_plot %}{% report_plot reports %}"
    return Template(source).render(Context({"reports": reports}))


def figure(source, **given) -> str:
    return Template("{% load plots %}" + source).render(Context(given))


def every_plot() -> dict[str, str]:
    """Return plots with one scan and with forty, of 0 and of 60 mm, in long pregnancies, with many stitches."""
    forty = [(90 + 5 * n, 60 - (n * 7) % 58) for n in range(40)]
    hours = [(f"{hour:02d}", (hour * 37) % 700) for hour in range(24)]
    months = [
        (name, None if name == "May" else 0.5)
        for name in [
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        ]
    ]
    weeks = [str(week) for week in range(4, 43)]
    shares = [("Read", [100] * 39), ("Reviewed", [None, 50, 0] * 13), ("Taught back", [3] * 39)]
    bars, lines = '{% bars "n" "t" "d" rows %}', '{% lines "n" "t" "d" weeks shares %}'
    return {
        "one": length_plot([(112, 30)]),
        "usual": length_plot([(114, 33), (121, 31), (128, 27), (135, 22), (144, 26), (156, 27)], [(137, None)]),
        "forty": length_plot(forty, [(84, 252), (100, 101), (150, 160)]),
        "extremes": length_plot([(98, 0), (99, 60), (100, 0), (181, 0), (182, 60)], [(98, 182)]),
        "zeros": length_plot([(112 + 7 * n, 0) for n in range(9)], [(115, None)]),
        "long": length_plot([(80, 45), (160, 25), (293, 25)], [(81, 290)]),
        "reports": reports_plot([(100 + n, 1 + n % 4) for n in range(150)]),
        "two reports": reports_plot([(100, 1), (101, 4)]),
        "hours": figure(bars, rows=hours),
        "months": figure(bars, rows=months),
        "nothing": figure(bars, rows=[("Jan", None)] * 12),
        "one week": figure(lines, weeks=["18"], shares=[(name, [50]) for name, _values in shares]),
        "weeks": figure(lines, weeks=weeks, shares=shares),
    }  # fmt: skip


WIDTHS = [250, 288, 360, 600, 1100, 1300]


def test_no_label_of_the_ribbon_collides_or_leaves_the_cloth(chromium):
    page = page_with(chromium, every_ribbon(), 360)
    assert not faults(page, *WIDTHS)
    assert not faults(page, 250, 360, 1100, styles=SPACED)
    assert not faults(page, 180, 320, 600, 1300, styles=SPACED + LARGE)


def test_longer_words_find_room_too(chromium, in_spanish):
    page = page_with(chromium, every_ribbon(), 360)
    assert not faults(page, *WIDTHS)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert not faults(page, 288, 1100, styles=SPACED)


def test_no_word_of_a_plot_collides_or_shrinks(chromium, in_spanish):
    page = page_with(chromium, every_plot(), 360)
    for way in ("ltr", "rtl"):
        page.evaluate("way => document.documentElement.dir = way", way)
        assert not faults(page, *WIDTHS, 2200)
    assert not faults(page, *WIDTHS, styles=SPACED)
    assert not faults(page, 180, 360, 1300, styles=LARGE)


def test_each_width_has_its_labels_and_very_large_letters_have_the_words(chromium):
    page = page_with(chromium, {"today": ribbon_of(115, 2)}, 360)

    def shown():
        return page.locator("text:visible").all_text_contents()

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert shown().count("You are here") == shown().count("Week 0") == 1, width
        assert any(each.startswith("Stitch") or each == "13w2d" for each in shown()), width
    page.set_viewport_size({"width": 360, "height": 800})
    page.add_style_tag(content=LARGE)
    assert shown() == []
    box = page.get_by_text("You are here: 16 weeks, 3 days.").bounding_box()
    assert box["width"] > 200 and box["height"] > 30
