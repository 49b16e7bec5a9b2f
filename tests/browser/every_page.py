"""What every page must be for every eye, hand and phone; the crawler asks each page it stops at.

One visit of a page answers for all of it: the page is opened once and then looked at in every size, setting
and medium. A new page is in here as soon as a link leads to it.
"""

from collections import defaultdict
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.browser.crawl import Person, Stop, stops
from tests.browser.examiner import QUESTIONS, Examiner, Found
from tests.site import Site
from tests.test_access_table import POSTED, TABLE

PROMISES = {
    "axe": "axe finds nothing, light and dark, at 320, 390 and 1280 px, all details open",
    "frame": "one h1, landmarks, one name for one place, short live regions, no inline style",
    "wide": "nobody scrolls sideways, from 320 to 2560 px and at 200 and 400 % zoom",
    "cut": "no words are cut off",
    "spacing": "the text spacing of WCAG 1.4.12 breaks nothing",
    "large": "a default font of 32 px breaks nothing",
    "turned": "read from the right, nothing breaks",
    "banner": "each banner says its level first, then what to do, then whom to call",
    "small": "every target is 44 px high and wide, or a link within a sentence",
    "bars": "what sticks to the screen leaves two thirds of it free",
    "keyboard": "Tab reaches every control, visible, ringed, under no bar",
    "bare": "without our colors every control has an edge",
    "moving": "who asked for less motion gets none",
    "paper": "paper has no navigation and nothing folded",
    "dead": "without scripts no button is dead, and the page says the same",
    "errors": "a refused form says so: title, focus, fields",
    "noise": "no script complains, and nothing comes from another host",
    "unseen": "each address that is open to this role was visited",
}
# Answers that are no page of ours.
NO_PAGES = {"service_worker", "manifest", "healthz", "figures_csv", "invitation_template"}


class Walk:
    """Everyone's way through a site, first as everyone goes, then without scripts, then with empty forms."""

    def __init__(self, chromium: Browser, site: Site, people: list[Person]):
        self.chromium, self.site, self.people = chromium, site, people
        self.found: Found = defaultdict(dict)
        self.seen: set[str] = set()
        self.kept: list[tuple[dict, list[tuple[Stop, list[str]]]]] = []

    def goes(self) -> Found:
        for person in self.people:
            self.pages_of(person)
        for cookies, stopped in self.kept:
            self.without_scripts(cookies, stopped)
            self.with_empty_forms(cookies, stopped)
        return self.found

    @contextmanager
    def examiner(self, **options):
        context = self.chromium.new_context(service_workers="block", **options)
        context.add_init_script(QUESTIONS)
        examiner = Examiner(context.new_page(), self.found)
        yield examiner
        context.close()

    def pages_of(self, person: Person) -> None:
        stopped = []
        with self.examiner() as examiner:
            listen(examiner, self.site)
            for stop in stops(examiner.page, self.site, person, self.seen):
                stopped.append((stop, examiner.page.evaluate("look.headings()")))
                examiner.examine(stop)
            self.kept.append((examiner.page.context.storage_state(), stopped))

    def without_scripts(self, cookies: dict, stopped: list) -> None:
        with self.examiner(storage_state=cookies, java_script_enabled=False) as examiner:
            for examiner.stop, headings in stopped:
                examiner.plain(self.site.address + examiner.stop.path, headings)

    def with_empty_forms(self, cookies: dict, stopped: list) -> None:
        with self.examiner(storage_state=cookies) as examiner:
            for examiner.stop, _ in stopped:
                examiner.refused(self.site.address + examiner.stop.path)
            self.seen |= examiner.arrived


def examine(chromium: Browser, site: Site, people: list[Person], roles: set[str]) -> Found:
    """Go through every page of some people. Return what is wrong, by promise."""
    walk = Walk(chromium, site, people)
    found, visited = walk.goes(), {each.split()[0] for each in walk.seen}
    found["unseen"] = {name: None for name in pages_of(roles) if name not in visited}
    return found


def listen(examiner: Examiner, site: Site) -> None:
    page = examiner.page
    page.on("console", lambda line: line.type == "error" and examiner.note("noise", [line.text]))
    page.on("pageerror", lambda error: examiner.note("noise", [str(error)]))
    home = (site.address, "data:", "blob:")
    page.on(
        "request",
        lambda request: request.url.startswith(home) or examiner.note("noise", [request.url]),
    )


def pages_of(roles: set[str]) -> list[str]:
    """Return every address that answers one of these roles with a page; what is open to all, visitors see."""
    names = set(TABLE) - POSTED - NO_PAGES
    if "anonymous" not in roles:
        names -= public_pages()
    return sorted(name for name in names if any(TABLE[name][role] == 200 for role in roles))


def public_pages() -> frozenset[str]:
    return frozenset(name for name, answers in TABLE.items() if answers["anonymous"] == 200)


def told(complaints: dict[str, Stop | None]) -> str:
    return "\n".join(f"{what} [{where}]" for what, where in complaints.items())
