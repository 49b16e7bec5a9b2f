"""The register of facts: every statement our lessons may make, with its sources and standing."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. ``sources`` are keys of the source register, with their tiers."""

    id: str
    text: str
    status: str
    sources: tuple[str, ...]
    tiers: frozenset[str]

    @property
    def usable(self) -> bool:
        """Tell whether a lesson may teach it: seen in a source, and not on a commercial page alone."""
        return self.status in {"SEED", "VERIFIED"} and bool(self.tiers - {"D"})


def read_csv(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def register() -> dict[str, Fact]:
    """Return every fact by id."""
    tiers = {row["key"]: row["tier"] for row in read_csv("sources.csv")}
    return {row["id"]: _fact(row, tiers) for row in read_csv("facts.csv")}


def _fact(row: dict[str, str], tiers: dict[str, str]) -> Fact:
    keys = tuple(row["sources"].split())
    return Fact(row["id"], row["fact"], row["status"], keys, frozenset(tiers[key] for key in keys))


def source_keys(fact_ids: list[str]) -> set[str]:
    """Return the keys of every source behind these facts. Raise KeyError for a fact nobody knows."""
    return {key for fact_id in fact_ids for key in register()[fact_id].sources}
