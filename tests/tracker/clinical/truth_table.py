"""What the table of the source files says, read without the code under test."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.clinical.triage import Answers, Rule, assess

LEVELS = {"CONTACT": 1, "URGENT": 2, "EMERGENCY": 3}
KNOWN_WEEKS = range(4, 43)


class Band(NamedTuple):
    """One row of triage.csv, named as a report names the rule."""

    symptom: str
    label: str
    week_from: int
    week_to: int
    risk: str
    level: int
    source: str
    status: str

    @property
    def code(self) -> str:
        return f"{self.symptom}.{self.risk}.{self.week_from}-{self.week_to}"

    @property
    def documents(self) -> set[str]:
        """Return the source documents (S0, S3) that name the symptom."""
        return {word[:2] for word in self.source.split() if word[:3] in {"S0-", "S3-"}}


class Cell(NamedTuple):
    """One question to the table: a symptom, a risk and a day."""

    symptom: str
    high_risk: bool
    days: int | None

    @property
    def week(self) -> int | None:
        return None if self.days is None else self.days // 7


def read_bands() -> tuple[Band, ...]:
    with Path(__file__).with_name("triage.csv").open(encoding="utf-8", newline="") as lines:
        next(lines)
        return tuple(
            Band(symptom, label, int(first), int(last), risk, LEVELS[urgency], source, status)
            for symptom, label, first, last, risk, urgency, source, status in csv.reader(lines)
        )


BANDS = read_bands()
SYMPTOMS = sorted({band.symptom for band in BANDS})


@cache
def bands_that_apply(symptom: str, high_risk: bool, week: int | None) -> tuple[Band, ...]:
    """Return the band of that week; without a week of the table, every strictest band."""
    risk = "high" if high_risk or symptom.startswith("STITCH_") else "any"
    bands = [band for band in BANDS if band.symptom == symptom and band.risk == risk]
    if week in KNOWN_WEEKS:
        return tuple(band for band in bands if band.week_from <= week <= band.week_to)
    strictest = max(band.level for band in bands)
    return tuple(band for band in bands if band.level == strictest)


@cache
def cells(symptom: str) -> tuple[Cell, ...]:
    """Return the first and last day of weeks 0 to 45, and the unknown week, for both risks."""
    days = [None, *(week * 7 + day for week in range(46) for day in (0, 6))]
    return tuple(Cell(symptom, risk, day) for risk in (False, True) for day in days)


def differences(symptom: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    """Name each cell in which the rules give another level, or another row, than the file."""
    for cell in cells(symptom):
        bands = bands_that_apply(cell.symptom, cell.high_risk, cell.week)
        found = assess(Answers(frozenset({symptom}), cell.days, cell.high_risk), rules)
        codes = [band.code for band in bands]
        if found.urgency != bands[0].level or len(found.rules) != 1 or found.rules[0] not in codes:
            yield f"{cell}: file {bands[0].level} {codes}, rules {found.urgency} {found.rules}"
