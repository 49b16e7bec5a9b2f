"""A running Cinta of its own (web server, worker, fictional people) and people who use it in Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
PASSWORD = "cinta-demo-only"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_address(folder: Path) -> str:
    """Return a database for the site alone: a file, or one more in the tests' own cluster."""
    if os.environ.get("TEST_DATABASE") != "postgres":
        return f"sqlite:///{folder}/site.sqlite3"
    cluster, name = os.environ["DATABASE_URL"], f"site_{os.getpid()}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return cluster.removesuffix("/postgres") + f"/{name}"


class Site:
    """The running site: its address, and its management commands."""

    def __init__(self, folder: Path):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_address(folder),
            # Hashed and compressed as in real use; once is enough, it does not depend on the database.
            "STATIC_HASHED": "false" if os.environ.get("TEST_DATABASE") else "true",
            "BASE_URL": self.address,
            "LOG_LEVEL": "ERROR",
        }
        self.processes: list[subprocess.Popen] = []

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self) -> None:
        for command in ("migrate", "load_content", "seed_demo"):
            self.manage(command, "--verbosity", "0")
        if self.environment["STATIC_HASHED"] == "true":
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
        granian = Path(sys.executable).with_name("granian")
        threads = ["--blocking-threads", "4", "--backpressure", "32"]
        quiet = ["--port", str(self.port), "--log-level", "error"]
        self._run(granian, "--interface", "wsgi", *threads, *quiet, "project.wsgi:application")
        self._run(sys.executable, "manage.py", "worker")
        self._wait_until_ready()

    def _run(self, *command: str | Path) -> None:
        self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment))

    def _wait_until_ready(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except OSError:
                threading.Event().wait(0.1)
        raise RuntimeError("The site did not become ready in 30 seconds.")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Cinta as `make run` starts it, on a database of its own."""
    running = Site(tmp_path_factory.mktemp("site"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


class Person:
    """Someone at a screen. Every page she opens is checked with axe."""

    def __init__(self, page: Page, site: Site):
        self.page, self.site = page, site
        self.complaints: list[str] = []
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
        """The page has no axe violation, one h1, and fits its screen."""
        if "/cms/" in self.page.url:
            return
        assert not self.axe(), self.page.url
        assert self.page.locator("h1").count() == 1, self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{self.page.url} is too wide"
        )

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
