"""One page, looked at with every eye and hand: each size, setting and medium, with axe and with the keyboard."""

import re
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import AXE
from tests.browser.crawl import Stop, kind_of

QUESTIONS = (Path(__file__).parent / "every_page.js").read_text()

# The words of a level, and what follows what to do.
QUIET = "You are not alone"
LEVELS = {
    "emergency": f"Emergency|{QUIET}",
    "urgent": "Call now",
    "contact": f"Call today|{QUIET}",
}
# The name of the region begins with its level; inside, the level stands before the heading, and that before a link.
IN_ORDER = {
    level: re.compile(
        rf'- region "({said})(?:(?!heading|- link).)*?({said})(?:(?!- link).)*?heading', re.S
    )
    for level, said in LEVELS.items()
}
# Width, height, and how much the reader has zoomed in to get there.
SIZES = [
    (320, 640, 1),
    (768, 1024, 1),
    (1280, 900, 1),
    (2560, 1440, 1),
    (640, 512, 2),
    (320, 256, 4),
]
PHONE = (390, 844, 1)
# A4 less its margins, at 96 px an inch.
PAPER = (718, 1000, 1)
THEMES = ["light", "dark"]
# Of the rules these depend on the theme and the width; the others were asked in the light.
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"
WEAR = "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }"
# A menu lies over the page when it is open: it is looked at by itself.
FOLDED = "document.querySelectorAll('details{}').forEach(each => {{ each.open = {}; }})"


# By promise: each complaint, and the first page it is about.
Found = dict[str, dict[str, Stop | None]]


class Examiner:
    """Looks at one page after the other, and keeps what is wrong by promise."""

    def __init__(self, page: Page, found: Found):
        self.page, self.found = page, found
        self.cdp = page.context.new_cdp_session(page)
        self.stop: Stop | None = None
        self.arrived: set[str] = set()

    def note(self, promise: str, complaints: list[str]) -> None:
        """Keep what is wrong with the first page it is wrong on."""
        for each in complaints:
            self.found[promise].setdefault(each, self.stop)

    def ask(self, promise: str, question: str, where: str = "") -> None:
        said = self.page.evaluate(f"look.{question}()")
        self.note(promise, [f"{each}{where and f' ({where})'}" for each in said])

    def resize(self, width: int, height: int, zoom: int = 1) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": zoom, "mobile": False}
        self.cdp.send("Emulation.setDeviceMetricsOverride", size)

    @contextmanager
    def media(self, **settings: str):
        self.page.emulate_media(**settings)
        yield
        self.page.emulate_media(
            media="screen",
            color_scheme="light",
            forced_colors="none",
            reduced_motion="no-preference",
        )

    def examine(self, stop: Stop) -> None:
        self.stop = stop
        self.resize(*PHONE)
        self.ask("errors", "errors")
        self.page.evaluate(FOLDED.format(":not(.menu)", "true"))
        self.ask("frame", "structure")
        self.banners()
        self.sizes()
        self.settings()
        self.media_of_all_kinds()
        self.axe()
        self.keyboard()

    def banners(self) -> None:
        """What a screen reader says of each banner, in its order."""
        for banner in self.page.locator("section[data-urgency]:not(.fridge__level):visible").all():
            level, spoken = banner.get_attribute("data-urgency"), banner.aria_snapshot()
            if not re.match(IN_ORDER[level], spoken):
                self.note("banner", [f"{level}: {spoken.splitlines()[:6]}"])

    def fits(self, promise: str, where: str) -> None:
        self.ask(promise if promise != "cut" else "wide", "wide", where)
        self.ask(promise, "cut", where)

    def sizes(self) -> None:
        for size in SIZES:
            self.resize(*size)
            self.fits("cut", f"{size[0]}x{size[1]}")
            self.ask("bars", "covered", f"{size[0]}x{size[1]}")
        for size in (SIZES[0], PHONE, SIZES[2]):
            self.resize(*size)
            self.ask("small", "small", f"{size[0]} px")

    def settings(self) -> None:
        """Settings of the reader, each on a narrow and a wide screen."""
        for width, height, _ in (SIZES[0], SIZES[2]):
            self.resize(width, height)
            self.page.evaluate(WEAR, SPACING)
            self.fits("spacing", f"{width} px")
            self.page.evaluate(WEAR, "")
            self.page.evaluate("document.documentElement.dir = 'rtl'")
            self.fits("turned", f"{width} px")
            self.page.evaluate("document.documentElement.dir = 'ltr'")
        self.cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        for width, height, _ in (PHONE, SIZES[2]):
            self.resize(width, height)
            self.fits("large", f"{width} px")
        self.cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})

    def media_of_all_kinds(self) -> None:
        self.resize(*PHONE)
        with self.media(forced_colors="active"):
            self.ask("bare", "bare")
        with self.media(reduced_motion="reduce"):
            self.ask("moving", "moving")
        self.resize(*PAPER)
        self.page.evaluate(FOLDED.format("", "false"))
        with self.media(media="print"):
            self.ask("paper", "paper")
            self.fits("paper", "paper")
        self.page.evaluate(FOLDED.format(":not(.menu)", "true"))

    def axe(self, widths: tuple[int, ...] = (320, 390, 1280)) -> None:
        """Ask all rules in the light where the layout differs, and what depends on the look in every look."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE)
        for theme in THEMES:
            with self.media(color_scheme=theme):
                for width in widths:
                    self.resize(width, 844)
                    whole = theme == "light" and (width != 390 or len(widths) == 1)
                    self.page.evaluate(FOLDED.format(".menu", str(whole).lower()))
                    found = self.violations(whole)
                    self.note("axe", [f"{each} ({theme}, {width} px)" for each in found])

    def violations(self, whole: bool) -> list[str]:
        rules = {} if whole else {"runOnly": {"type": "rule", "values": BY_LOOK}}
        options = {"resultTypes": ["violations"], "preload": False, **rules}
        found = self.page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [
            f"{each['id']}: {node['html'][:140]}" for each in found for node in each["nodes"][:3]
        ]

    def keyboard(self) -> None:
        for size in (PHONE, SIZES[5]):
            self.resize(*size)
            for _ in range(self.page.evaluate("look.listen()")):
                self.page.keyboard.press("Tab")
            self.ask("keyboard", "heard", f"{size[0]}x{size[1]}")

    def refused(self, path: str) -> None:
        """Send each form of a page with nothing in it, and look at what comes back."""
        self.resize(*PHONE)
        self.page.goto(path)
        for number in range(self.page.evaluate("look.forms()")):
            self.page.goto(path)
            with self.page.expect_navigation():
                self.page.evaluate("number => look.empty(number)", number)
            self.arrived.add(kind_of(urlsplit(self.page.url).path))
            if self.page.locator(".errsum").count():
                self.ask("errors", "errors")
                self.axe((390,))
                self.resize(*SIZES[0])
                self.fits("cut", "refused, 320 px")

    def plain(self, path: str, headings: list[str]) -> None:
        """The same page without scripts."""
        self.page.goto(path)
        self.page.evaluate(QUESTIONS)
        self.ask("dead", "dead")
        missing = [each for each in headings if each not in self.page.evaluate("look.headings()")]
        self.note("dead", [f"not said: {each}" for each in missing])
