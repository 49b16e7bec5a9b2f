"""What a page costs her: its bytes on the way, its requests, and nothing that moves under her thumb.

Lighthouse, whose figures depend on the machine, is run by `make audit`.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Route

from tests.browser.conftest import DESK, PHONE
from tests.site import HASHES

pytestmark = [pytest.mark.browser, pytest.mark.once]

PATIENT, PROVIDER = "marisol@example.com", "provider@example.com"
PAGES = {
    "": ["/", "/learn/weeks/16/"],
    PATIENT: ["/today/", "/symptoms/report/"],
    PROVIDER: ["/worklist/"],
}
FIRST_VISIT, REPEAT_VISIT, REQUESTS = 100_000, 12_000, 12
# The head of an answer that brings a file; measured: 290 to 420.
HEAD = 450
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
PAINTED = "async () => { for (let n = 0; n < 9; n += 1) await new Promise(requestAnimationFrame); }"
MOVED = """async () => {
  await document.fonts.ready;
  let sum = 0;
  new PerformanceObserver(found => found.getEntries().forEach(each => { sum += each.value; }))
    .observe({type: "layout-shift", buffered: true});
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return sum;
}"""


@cache
def sent(name: str) -> int:
    """Return how many bytes a file takes as real use sends it: compressed, unless it already is."""
    plain = Path(finders.find(name)).read_bytes()
    packed = plain if name.endswith((".woff2", ".png")) else brotli.compress(plain)
    return HEAD + min(len(plain), len(packed))


def weight(asked: dict) -> int:
    prefix, _, name = urlsplit(asked["url"]).path.partition("/static/")
    return asked["bytes"] if prefix or not name else sent(HASH.sub("", name))


def visit(page, address: str) -> tuple[list[dict], float]:
    """Open a page with an empty cache; its fonts come late. Return what it asked for, and how much moved."""
    asked: dict[str, dict] = {}
    late: list[Route] = []
    page.route("**/*.woff2", lambda route: late.append(route))
    browser = page.context.new_cdp_session(page)
    browser.on("Network.requestWillBeSent", lambda e: note(asked, e, url=e["request"]["url"]))
    browser.on(
        "Network.responseReceived", lambda e: note(asked, e, headers=e["response"]["headers"])
    )
    browser.on("Network.loadingFinished", lambda e: note(asked, e, bytes=e["encodedDataLength"]))
    browser.send("Network.enable")
    browser.send("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.send("Network.setBypassServiceWorker", {"bypass": True})
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate(PAINTED)
    assert late, "no font was asked for"
    for each in late:
        each.continue_()
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(MOVED)
    browser.detach()
    page.unroute_all()
    return [each for each in asked.values() if each["url"].startswith("http")], moved


def note(asked: dict, event: dict, **facts) -> None:
    asked.setdefault(event["requestId"], {}).update(facts)


@pytest.mark.parametrize("email", PAGES, ids=["anyone", "patient", "provider"])
def test_a_page_is_light_on_the_first_visit_lighter_on_the_next_and_never_moves(
    person, site, email
):
    reader = person(PHONE)
    reader.looks_closely = False
    if email:
        reader.signs_in(email)
    for path in PAGES[email]:
        asked, moved = visit(reader.page, site.address + path)
        costs = {urlsplit(each["url"]).path: weight(each) for each in asked}
        assert costs[path] <= REPEAT_VISIT, f"{path}: {costs[path]} bytes on each visit"
        assert sum(costs.values()) <= FIRST_VISIT, f"{path}: {costs}"
        assert len(asked) <= REQUESTS, f"{path}: {list(costs)}"
        assert {urlsplit(each["url"]).netloc for each in asked} == {urlsplit(site.address).netloc}
        # What is in her browser stays there: only the page itself comes again.
        kept = [each["headers"] for each in asked if "/static/" in each["url"]]
        assert not HASHES or all("immutable" in str(headers) for headers in kept), path
        assert moved == 0, f"{path} moved by {moved} on a phone"
        reader.page.set_viewport_size(DESK)
        assert visit(reader.page, site.address + path)[1] == 0, f"{path} moved on a desk"
        reader.page.set_viewport_size(PHONE)
