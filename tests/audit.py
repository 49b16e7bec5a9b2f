"""Let Lighthouse look at five pages, as on a phone, and print what it says.

Run by `make audit`. It starts a demonstration of its own, as in real use. Each page is looked at
three times and the middle run counts, because what else the machine does changes the figures.
Lighthouse comes from npm, pinned, and lies in var/audit/ with its reports.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET, WHOLE_CHROMIUM
from tests.browser.crawl import sign_in
from tests.site import ROOT, Site

FOLDER = ROOT / "var/audit"
LIGHTHOUSE = "lighthouse@12.8.2"
PROGRAM = FOLDER / "node_modules/.bin/lighthouse"
RUNS = 3
PAGES = {
    "/": "",
    "/learn/weeks/16/": "",
    "/today/": "marisol@example.com",
    "/symptoms/report/": "marisol@example.com",
    "/worklist/": "provider@example.com",
}
SCORES = ["performance", "accessibility", "best-practices", "seo"]
METRICS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "moved",
    "total-byte-weight": "bytes",
}
OPTIONS = [
    "--output=json",
    "--quiet",
    "--no-enable-error-reporting",
    f"--only-categories={','.join(SCORES)}",
    f"--chrome-flags=--headless=new {' '.join(QUIET)}",
]


def main() -> None:
    install()
    with tempfile.TemporaryDirectory(prefix="cinta-audit-") as data:
        site = Site(Path(data), database=f"sqlite:///{data}/site.sqlite3", STATIC_HASHED="true")
        site.manage("migrate", "--verbosity", "0")
        site.manage("load_content")
        site.manage("seed_demo", "--verbosity", "0")
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        site.run_server("--blocking-threads", "4")
        site.run_worker()
        try:
            site.wait_until_ready()
            cookies = {email: cookie(site, email) for email in {*PAGES.values()} - {""}}
            reports = {path: look(site, path, cookies.get(PAGES[path], "")) for path in PAGES}
        finally:
            site.stop()
    sys.stdout.write("\n".join([table(reports), *complaints(reports), ""]))


def install() -> None:
    """Have the pinned Lighthouse in var/audit/."""
    if not shutil.which("npm") or not WHOLE_CHROMIUM:
        sys.exit("Lighthouse needs npm and Chromium (Debian: apt-get install npm chromium).")
    named = FOLDER / "package.json"
    if PROGRAM.exists() and LIGHTHOUSE.split("@")[1] in named.read_text():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--save-exact", "--no-fund", "--no-audit", "--loglevel=error"]
    subprocess.run(["npm", "install", "--prefix", FOLDER, *options, LIGHTHOUSE], check=True)


def cookie(site: Site, email: str) -> str:
    """Sign in, and return the cookies as a browser would send them."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = chromium.new_page()
        sign_in(page, site, email)
        cookies = page.context.cookies()
        chromium.close()
    return "; ".join(f"{each['name']}={each['value']}" for each in cookies)


def look(site: Site, path: str, cookies: str) -> dict:
    """Return the middle one of some reports on a page, by its performance."""
    reports = [report(site, path, cookies, run) for run in range(RUNS)]
    return sorted(reports, key=lambda each: each["categories"]["performance"]["score"])[RUNS // 2]


def report(site: Site, path: str, cookies: str, run: int) -> dict:
    name = path.strip("/").replace("/", "-") or "start"
    file = FOLDER / f"{name}-{run + 1}.json"
    signed_in = [f"--extra-headers={json.dumps({'Cookie': cookies})}"] if cookies else []
    command = [PROGRAM, site.address + path, f"--output-path={file}", *OPTIONS, *signed_in]
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": WHOLE_CHROMIUM})
    found = json.loads(file.read_text())
    if urlsplit(found["finalDisplayedUrl"]).path != path:
        sys.exit(f"{path} led to {found['finalDisplayedUrl']}: was the sign-in refused?")
    return found


def table(reports: dict[str, dict]) -> str:
    """Return one line for each page: four scores, and the measures behind the first."""
    lines = [f"{'':18}" + "".join(f"{word:>15}" for word in [*SCORES, *METRICS.values()])]
    for path, found in reports.items():
        scores = [f"{found['categories'][name]['score'] * 100:.0f}" for name in SCORES]
        values = [measure(found["audits"][name]) for name in METRICS]
        lines.append(f"{path:18}" + "".join(f"{word:>15}" for word in [*scores, *values]))
    return "\n".join(lines)


def measure(audit: dict) -> str:
    if audit["numericUnit"] == "byte":
        return f"{audit['numericValue'] / 1000:.1f} KB"
    return audit["displayValue"].replace("\xa0", " ")


def complaints(reports: dict[str, dict]) -> list[str]:
    """Return what cost points: for each score below 100, the audits that took them."""
    return [
        f"{path} {name}: {ref['id']} {found['audits'][ref['id']].get('displayValue', '')}"
        for path, found in reports.items()
        for name in SCORES
        if found["categories"][name]["score"] < 1
        for ref in found["categories"][name]["auditRefs"]
        if ref["weight"] and (found["audits"][ref["id"]]["score"] or 0) < 1
        if found["audits"][ref["id"]]["scoreDisplayMode"] != "notApplicable"
    ]


if __name__ == "__main__":
    main()
