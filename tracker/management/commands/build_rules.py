"""The triage rules as one JSON file, for the scripts that must decide without a network."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.clinical import triage
from tracker.clinical.rules import Rule
from tracker.enums import Urgency

PATH = Path(settings.STATICFILES_DIRS[0]) / "data" / "triage.json"


class Command(BaseCommand):
    help = "Write static/data/triage.json from tracker/clinical. Run it after every change of the rules."

    def handle(self, *args, **options):
        PATH.parent.mkdir(exist_ok=True)
        PATH.write_text(rules_as_json(), encoding="utf-8")
        self.stdout.write(f"Wrote {len(triage.RULES)} rules, version {triage.RULES_VERSION}.")


def rules_as_json() -> str:
    """Return the file's text: one rule a line, so that a change of the rules can be read in a diff."""
    parts = {
        "version": triage.RULES_VERSION,
        "levels": {level.value: level.code for level in Urgency},
        "weeks": [triage.FIRST_WEEK, triage.LAST_WEEK],
        "watched": [triage.WATCHED_WEEKS[0], triage.WATCHED_WEEKS[-1]],
        "codes": {
            "two_signs": triage.TWO_SIGNS,
            "strict": triage.STRICT,
            "unknown": triage.UNKNOWN_SYMPTOM,
        },
    }
    lines = [f"{_compact(name)}:{_compact(value)}" for name, value in parts.items()]
    lines.append(f'"combinations":[\n{_rows(_combinations())}\n]')
    lines.append(f'"rules":[\n{_rows(_row(rule) for rule in triage.RULES)}\n]')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _combinations():
    for code, (first, second) in triage.COMBINATIONS.items():
        yield {"code": code, "first": sorted(first), "second": sorted(second)}


def _row(rule: Rule) -> dict:
    return {
        "code": rule.code,
        "symptom": rule.symptom,
        "risk": rule.risk,
        "week_from": rule.week_from,
        "week_to": rule.week_to,
        "urgency": rule.urgency,
        "documents": sorted(rule.documents),
    }


def _rows(rows) -> str:
    return ",\n".join(_compact(row) for row in rows)


def _compact(value) -> str:
    return json.dumps(value, separators=(",", ":"))
