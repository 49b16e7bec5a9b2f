"""A running Cinta of its own (web server, worker, fictional people) and people who use it in Chromium."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.device import NEW_PATIENTS, Device
from tests.site import Site

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
# Without a screen it needs half the processor time; both are Debian's.
WHOLE_CHROMIUM = shutil.which("chromium")
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE_CHROMIUM
PASSWORD = "cinta-demo-only"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory, django_db_setup):
    """Cinta as `make run` starts it, on a database of its own."""
    running = Site(tmp_path_factory.mktemp("site"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def own_site(tmp_path_factory, django_db_setup):
    """Cinta for one file of tests that changes what everyone sees."""
    running = Site(tmp_path_factory.mktemp("own"), STATIC_HASHED="false")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def chromium(request):
    """A browser for one file of tests: its event loop must not outlive them, the database’s tests dislike it."""
    program = getattr(request.module, "BROWSER", CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Person:
    """Someone at a screen. ``looks_closely``: each page she opens is checked with axe, as where no crawler comes."""

    def __init__(self, page: Page, site: Site):
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.looks_closely = False
        page.on(
            "console",
            lambda message: message.type == "error" and self.complaints.append(message.text),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._stays_home)

    def _stays_home(self, request) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def signs_in(self, email: str) -> "Person":
        """Sign in and open her first page. The form itself is filled in by `signs_in_by_hand`."""
        address, asks = self.site.address + "/accounts/login/", self.page.context.request
        token = TOKEN.search(asks.get(address).text())[1]
        fields = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert "/accounts/" not in asks.post(address, form=fields).url, f"{email} is not let in"
        self.opens("/")
        return self

    def signs_in_by_hand(self, email: str) -> "Person":
        self.opens("/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Sign in")
        return self

    def opens(self, path: str) -> None:
        self.page.goto(self.site.address + path)
        self.is_served_well()

    def presses(self, name: str) -> None:
        """Press a button or follow a link by its words, and wait for the page it leads to."""
        main = self.page.locator("main")
        target = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        with self.page.expect_navigation():
            target.first.click()
        self.is_served_well()

    def ticks(self, label: str) -> None:
        self.page.get_by_role("checkbox", name=label).check()

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_text(each).locator("visible=true").first).to_be_visible()

    def is_served_well(self) -> None:
        """The page has one h1 and fits its screen; the crawler asks axe, and the rest, of every page there is."""
        if "/cms/" in self.page.url:
            return
        assert self.page.locator("h1").count() == 1, self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{self.page.url} is too wide"
        )
        assert not self.looks_closely or not self.axe(), self.page.url

    def axe(self) -> list[str]:
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE)
        self.page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.fixture
def person(chromium, site):
    """Return someone new: `person(PHONE)`, `person(DESK, java_script_enabled=False)`."""
    people, contexts = [], []

    def arrives(screen=PHONE, **options) -> Person:
        context = chromium.new_context(viewport=screen, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        people.append(Person(context.new_page(), site))
        return people[-1]

    yield arrives
    complaints = [complaint for someone in people for complaint in someone.complaints]
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture(scope="session")
def patients(site):
    """Return the addresses of patients nobody else uses: each 18w0d, no known risk."""
    site.manage("shell", "-v", "0", "-c", NEW_PATIENTS.format(count=40, password=PASSWORD))
    return iter([f"ines{number}@example.com" for number in range(40)])


@pytest.fixture
def device(person, site, patients):
    """Return the phone of a new patient, or one more of somebody's: `device()`, `device(email)`."""
    made = []

    def new(email=None, screen=PHONE, **options) -> Device:
        made.append(Device(person(screen, **options), site, email or next(patients)))
        return made[-1]

    yield new
    for each in made:
        each.forgets_the_noise()
