"""Take a picture of every page: each role, two widths, both themes, and one sheet of all of them.

Run by `make pictures`. It starts a demonstration of its own, signs in as each person and follows
every link it finds, one page for each kind of address. What it makes lies in var/pictures/.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, PASSWORD, QUIET
from tests.site import ROOT, Site

FOLDER = ROOT / "var/pictures"
PEOPLE = {
    "anyone": "",
    "patient": "marisol@example.com",
    "provider": "provider@example.com",
    "manager": "manager@example.com",
    "editor": "editor@example.com",
}
WIDTHS = {"phone": 390, "desk": 1280}
SCHEMES = ["light", "dark"]
# Desks of libraries, and what ends the visit.
NOT_OURS = ("/cms/", "/admin/", "/accounts/logout/", "/static/", "/sw.js")
SHEET = "<!doctype html><title>Cinta</title><style>body{background:#888;font:14px sans-serif}figure{display:inline-block;margin:6px;vertical-align:top}img{width:300px;display:block}</style>"


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="cinta-pictures-") as data:
        site = Site(Path(data), database=f"sqlite:///{data}/site.sqlite3", STATIC_HASHED="false")
        site.manage("migrate", "--verbosity", "0")
        site.manage("load_content")
        site.manage("seed_demo", "--verbosity", "0")
        site.run_server("--blocking-threads", "4")
        site.run_worker()
        try:
            site.wait_until_ready()
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                taken = [each for role in PEOPLE for each in pictures_of(chromium, site, role)]
        finally:
            site.stop()
    figures = "".join(
        f"<figure><img src='{name}' loading=lazy><figcaption>{name}</figcaption></figure>"
        for name in taken
    )
    (FOLDER / "index.html").write_text(SHEET + figures)
    sys.stdout.write(f"{len(taken)} pictures: {FOLDER.relative_to(ROOT)}/index.html\n")


def pictures_of(chromium: Browser, site: Site, role: str) -> list[str]:
    """Visit every page a role can reach by links; picture each in all widths and themes."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = sign_in(context.new_page(), site, PEOPLE[role])
    taken = []
    for name, path in addresses(page, site):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width, pixels in WIDTHS.items():
                page.set_viewport_size({"width": pixels, "height": 900})
                page.goto(site.address + path)
                file = f"{role}-{name}-{width}-{scheme}.png"
                page.screenshot(path=FOLDER / file, full_page=True)
                taken.append(file)
    context.close()
    return taken


def sign_in(page: Page, site: Site, email: str) -> Page:
    page.goto(site.address + ("/accounts/login/" if email else "/"))
    page.goto(site.address + ("/accounts/login/" if email else "/"))
    if email:
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main button[type=submit]").first.click()
    return page


def addresses(page: Page, site: Site) -> list[tuple[str, str]]:
    """Return one path for each kind of address that links lead to, by name."""
    found: dict[str, str] = {}
    waiting = [urlsplit(page.url).path]
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if not name or name in found:
            continue
        response = page.goto(site.address + path)
        if not response or "text/html" not in response.headers.get("content-type", ""):
            continue
        if urlsplit(page.url).path != path:
            waiting.append(urlsplit(page.url).path)
            continue
        found[name] = path
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.pathname)")
        waiting += [link for link in links if not link.startswith(NOT_OURS)]
    return list(found.items())


def name_of(path: str) -> str:
    """Return the name of an address, empty for what is nobody's page."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


if __name__ == "__main__":
    main()
