"""Take a picture of every page: each person and state, two widths, both themes, and one sheet of all of them.

Run by `make pictures`. It starts a demonstration of its own in which something has happened, and goes
everywhere the crawler of the tests goes. What it makes lies in var/pictures/.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.crawl import Person, Stop, furnished, stops
from tests.browser.people import patients, staff
from tests.site import ROOT, Site

FOLDER = ROOT / "var/pictures"
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
THEMES = ["light", "dark"]
SHEET = """<!doctype html><title>Cinta</title>
<style>body{background:#888;font:14px sans-serif}figure{display:inline-block;margin:6px;vertical-align:top}img{width:300px;display:block}</style>
"""
FIGURE = "<figure><img src='{0}' loading=lazy alt=''><figcaption>{0}</figcaption></figure>\n"


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="cinta-pictures-") as data:
        site = demonstration(Path(data))
        try:
            people = [*patients(furnished(site)), *staff()]
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                seen: set[str] = set()
                taken = [name for each in people for name in of(chromium, site, each, seen)]
        finally:
            site.stop()
    (FOLDER / "index.html").write_text(SHEET + "".join(FIGURE.format(name) for name in taken))
    sys.stdout.write(f"{len(taken)} pictures: {FOLDER.relative_to(ROOT)}/index.html\n")


def demonstration(data: Path) -> Site:
    """A site of fictional people that has started."""
    site = Site(data, database=f"sqlite:///{data}/site.sqlite3", STATIC_HASHED="false")
    site.manage("migrate", "--verbosity", "0")
    site.manage("load_content")
    site.manage("seed_demo", "--verbosity", "0")
    site.run_server("--blocking-threads", "4")
    site.run_worker()
    site.wait_until_ready()
    return site


def of(chromium: Browser, site: Site, person: Person, seen: set[str]) -> list[str]:
    """Return the names of the pictures of everything one person sees."""
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    taken = [name for stop in stops(page, site, person, seen) for name in pictures(page, stop)]
    context.close()
    return taken


def pictures(page: Page, stop: Stop) -> list[str]:
    taken = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            taken.append(f"{stop.who}-{re.sub(r'[^a-z_]+', '-', stop.name)}-{width}-{theme}.png")
            page.screenshot(path=FOLDER / taken[-1], full_page=True)
    return taken


if __name__ == "__main__":
    main()
