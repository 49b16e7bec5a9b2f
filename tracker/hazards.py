"""The safety case as data: what can go wrong, whom it harms, what stands against it, and the proof."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOG = Path(__file__).parent / "safety" / "hazards.toml"


@dataclass(frozen=True)
class Hazard:
    """One way in which Cinta could do harm.

    ``tests`` are test ids, such as ``tests/tracker/test_worker.py::test_name``: the control is
    proven by them. ``remains`` says plainly what they do not cover.
    """

    id: str
    hazard: str
    cause: str
    harm: str
    control: str
    remains: str
    tests: tuple[str, ...]


@cache
def hazards() -> tuple[Hazard, ...]:
    """Return the log, in its order. Raise TypeError for an entry with a field missing or unknown."""
    entries = tomllib.loads(LOG.read_text(encoding="utf-8"))["hazard"]
    return tuple(Hazard(**entry | {"tests": tuple(entry["tests"])}) for entry in entries)
