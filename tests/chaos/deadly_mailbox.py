import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.mailbox import Mailbox

SECONDS = 60
NOT_TAKEN = "451 Come back later"


class DeadlyMailbox(Mailbox):
    """A mail server that can have a sender killed before it hears what became of its mail."""

    def __init__(self):
        super().__init__()
        self._kill, self._killed = None, threading.Event()

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if self._kill:
            self._kill()
            self._kill = None
            self._killed.set()
        return answer

    @contextmanager
    def kill_the_next_sender(self, kill: Callable[[], None], *, accepts: bool) -> Iterator[None]:
        """Kill whoever hands over a mail, which is taken or not. Wait until that has happened."""
        self._killed.clear()
        self.answers["DATA"] = [] if accepts else [NOT_TAKEN]
        self._kill = kill
        yield
        assert self._killed.wait(SECONDS), "No mail came."

    def keys(self) -> Counter[str]:
        """Return how often each message has arrived."""
        return Counter(mail["X-Cinta-Key"] for mail in list(self.arrived))

    def repeats(self) -> int:
        keys = self.keys()
        return keys.total() - len(keys)
