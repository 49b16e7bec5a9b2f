import os
import signal
import threading
import time

from tests.chaos.devices import Answer, ask
from tests.chaos.people import arrive
from tests.chaos.services import wait_for
from tests.site import Site

WORDS = "The background worker is silent"
MOST_SECONDS = 90


class Silence:
    """A site whose worker is killed, and a provider who looks once a second.

    ``seconds``: how long after the kill each page first told of it.
    """

    def __init__(self, site: Site):
        self.site = site
        self.seconds: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        (session,) = arrive(self.site, 0)["staff"][0]
        self.site.run_server("--blocking-threads", "2")
        worker = self.site.run_worker()
        self.site.wait_until_ready(60)
        os.killpg(worker.pid, signal.SIGKILL)
        killed = time.monotonic()
        while len(self.seconds) < 3 and not self._stopping.wait(1):
            for page, tells in self._pages(session).items():
                if tells:
                    self.seconds.setdefault(page, time.monotonic() - killed)

    def _pages(self, session: str) -> dict[str, bool]:
        """Look at every place that must tell. Return whether it does."""
        page, part = self._worklist(session), self._worklist(session, **{"HX-Request": "true"})
        return {
            "/readyz": ask(self.site.port, "/readyz", session).status == 503,
            "worklist": page.status == 200 and WORDS in page.body,
            "worklist by itself": "<html" not in part.body and WORDS in part.body,
        }

    def _worklist(self, session: str, **headers: str) -> Answer:
        return ask(self.site.port, "/worklist/", session, **headers)

    def is_seen(self) -> bool:
        return wait_for(lambda: len(self.seconds) == 3, MOST_SECONDS)

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self.site.stop()
