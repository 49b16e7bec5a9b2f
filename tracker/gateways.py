"""The way to a phone: one small interface, and a gateway into a file for demonstrations.

A real gateway is a class with the same ``send``, named in the setting ``SMS_GATEWAY``.
"""

import json
import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class Undeliverable(Exception):
    """Nothing Cinta can do again will deliver this. Its words are shown to the care team."""


class Gateway(Protocol):
    def send(self, *, number: str, words: str, key: str, voice: bool) -> None:
        """Hand over a text or an automatic call. Return only when it was accepted; raise otherwise.

        ``number`` in E.164; ``key`` stays the same when the same message is sent again. Raise
        Undeliverable when trying again cannot help; anything else is tried again.
        """


class FileGateway:
    """Writes each message as a line of JSON, on disk before it returns. For demonstrations and tests."""

    def __init__(self, path: str):
        self.path = Path(path)

    def send(self, *, number: str, words: str, key: str, voice: bool) -> None:
        line = {
            "at": timezone.now().isoformat(),
            "kind": "voice" if voice else "sms",
            "to": number,
            "words": words,
            "key": key,
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())


def gateway() -> Gateway | None:
    """Return the gateway of the settings, or None where messages to phones are switched off."""
    name = settings.SMS_GATEWAY
    if not name:
        return None
    if name.startswith("file:"):
        return FileGateway(name.removeprefix("file:"))
    return import_string(name)()
