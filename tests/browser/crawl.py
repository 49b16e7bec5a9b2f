"""Every page there is: sign in as each person, follow every link, and stop once at each kind of page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.furnish import PASSWORD
from tests.site import Site

FURNISH = "from tests.furnish import furnish; furnish()"
# The desks of libraries, what ends the visit, and what is no page.
NOT_OURS = ("/cms/", "/admin/", "/accounts/logout/", "/static/", "/sw.js")
FILES = (".csv", ".ics", ".json")
# The same address looks different by what has happened: the levels of the banners on it, and an end.
STATE = """[...document.querySelectorAll("main[data-report-urgency], main [data-urgency]:not(input)")]
  .map(each => each.dataset.reportUrgency || each.dataset.urgency).slice(0, 2).join("+")"""
LINKS = "links => links.map(link => link.pathname + link.search)"


MANY_STATES = {"advice", "chart", "cerclage"}


@dataclass(frozen=True)
class Person:
    """Who goes through the pages; ``only`` names the kinds she stops at whatever others have seen, empty for all.

    ``also`` are addresses no link leads to, ``leaves`` the kinds of pages that are left to others.
    """

    who: str
    email: str = ""
    only: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    leaves: frozenset[str] = frozenset()

    def goes_to(self, kind: str) -> bool:
        return bool(kind) and kind not in self.leaves and (not self.only or kind in self.only)


@dataclass(frozen=True)
class Stop:
    """One page as one person sees it: whose, its kind and state, and where it is."""

    who: str
    name: str
    path: str

    def __str__(self):
        return f"{self.who} {self.name} {self.path}"


def furnished(site: Site) -> dict[str, list[str]]:
    """Let things happen at a site that has started. Return the addresses no link leads to, by person."""
    return json.loads(site.manage("shell", "-v", "0", "-c", FURNISH))


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(site.address + "/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main button[type=submit]").first.click()


def stops(page: Page, site: Site, person: Person, seen: set[str]) -> Iterator[Stop]:
    """Sign in as someone and go through her pages; each stop is the page that is open now.

    ``seen`` holds the kinds and states of pages where somebody has stopped before.
    """
    if person.email:
        sign_in(page, site, person.email)
    waiting, known = [urlsplit(page.url).path if person.email else "/", *person.also], set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in known - MANY_STATES or not person.goes_to(kind) or path in known:
            continue
        known |= {kind, path}
        answer = page.goto(site.address + path)
        if not answer or "text/html" not in answer.headers.get("content-type", ""):
            continue
        name = f"{kind_of(urlsplit(page.url).path)} {page.evaluate(STATE)}".strip()
        waiting += page.eval_on_selector_all("a[href^='/']", LINKS)
        if person.only or name not in seen:
            seen.add(name)
            yield Stop(person.who, name, path)


def kind_of(path: str) -> str:
    """Return the name of an address, empty for what is nobody's page."""
    if path.startswith(NOT_OURS) or urlsplit(path).path.endswith(FILES):
        return ""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""
