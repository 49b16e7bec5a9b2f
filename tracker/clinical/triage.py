"""From what a patient ticked to what she is told to do.

Pure and total: every input has an answer, nothing is ever below CONTACT, and
adding a symptom, a risk or the strict reading never lowers the level.
"""

from dataclasses import dataclass

from tracker.clinical.rules import RULES, RULES_VERSION, Risk, Rule
from tracker.enums import Symptom, Urgency

__all__ = [
    "RULES",
    "RULES_VERSION",
    "Answers",
    "Assessment",
    "assess",
    "strictest",
    "urgency_of_rule",
]

FIRST_WEEK, LAST_WEEK = 4, 42
WATCHED_WEEKS = range(14, 37)

FEVER = {Symptom.FEVER_38, Symptom.STITCH_FEVER}
BELLY = {Symptom.ABDO_CRAMP, Symptom.ABDO_SEVERE, Symptom.PAIN_ONE_SIDE, Symptom.STITCH_PAIN}
FLUID = {Symptom.FLUID_GUSH, Symptom.FLUID_LEAK, Symptom.FLUID_COLOUR, Symptom.STITCH_FLUID}
BLEEDING = {Symptom.BLEED_LIGHT, Symptom.BLEED_HEAVY, Symptom.STITCH_BLEED, Symptom.STITCH_SPOT}
SMELL = {Symptom.DISCHARGE_INFECT, Symptom.STITCH_PUS}

# A combination is a symptom nobody ticks: one of the first set together with one of the second.
COMBINATIONS: dict[Symptom, tuple[set[Symptom], set[Symptom]]] = {
    Symptom.FEVER_PLUS: (FEVER, FLUID | BLEEDING | SMELL | BELLY),
    Symptom.UTI_PLUS: ({Symptom.PEE_PAIN}, FEVER | BELLY | {Symptom.BACK_PAIN}),
}

TWO_SIGNS = "TWO_SIGNS.14-36"
STRICT = "STRICT.14-36"
UNKNOWN_SYMPTOM = "UNKNOWN_SYMPTOM"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the rules need to know, and nothing else.

    ``symptoms``: codes of :class:`Symptom`; a code no rule knows counts as CONTACT.
    ``gestational_days``: gestational age in days, None when unknown.
    ``high_risk``: earlier cervical insufficiency, second-trimester loss or spontaneous
    preterm birth; a short cervix on a scan in this pregnancy; cerclage in place.
    ``strict``: the practice reads document 000 literally (fact S0-44).
    """

    symptoms: frozenset[str]
    gestational_days: int | None
    high_risk: bool
    strict: bool = False

    @property
    def week(self) -> int | None:
        """Return the completed week, or None when it is unknown or outside the table."""
        if self.gestational_days is None:
            return None
        week = self.gestational_days // 7
        return week if FIRST_WEEK <= week <= LAST_WEEK else None

    @property
    def risk(self) -> Risk:
        """Return whose rows apply. Whoever reports a sign of a stitch has one, whatever the record says."""
        has_stitch = any(symptom.startswith("STITCH_") for symptom in self.symptoms)
        return "high" if self.high_risk or has_stitch else "any"

    @property
    def in_watched_weeks(self) -> bool:
        """Tell whether weeks 14+0 to 36+6 apply; an unknown week counts as inside."""
        return self.week is None or self.week in WATCHED_WEEKS


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level, the codes of every rule that fired (sorted) and the version of the rules."""

    urgency: Urgency
    rules: tuple[str, ...]
    version: str = RULES_VERSION


def assess(answers: Answers, rules: tuple[Rule, ...] = RULES) -> Assessment:
    """Return what to do. The highest level decides; every rule that fired is kept as a reason."""
    symptoms = _with_combinations(answers.symptoms)
    rows = [row for symptom in symptoms if (row := _row(symptom, answers, rules))]
    levels = {row.code: row.urgency for row in rows}
    if len(rows) < len(symptoms) or not symptoms:
        levels[UNKNOWN_SYMPTOM] = Urgency.CONTACT
    if answers.in_watched_weeks:
        levels |= _raised(rows, strict=answers.strict)
    return Assessment(max(levels.values()), tuple(sorted(levels)))


def urgency_of_rule(code: str) -> Urgency:
    """Return the level of a rule that a report stored; a rule of an older version counts as EMERGENCY."""
    if code == UNKNOWN_SYMPTOM:
        return Urgency.CONTACT
    return next((rule.urgency for rule in RULES if rule.code == code), Urgency.EMERGENCY)


def strictest() -> Assessment:
    """Return the answer for when nothing can be computed: go to the hospital."""
    return Assessment(Urgency.EMERGENCY, (UNKNOWN_SYMPTOM,))


def _with_combinations(symptoms: frozenset[str]) -> frozenset[str]:
    """Add the combinations that the ticked symptoms make together."""
    made = {
        code
        for code, (first, second) in COMBINATIONS.items()
        if symptoms & first and symptoms & second
    }
    return symptoms | made


def _row(symptom: str, answers: Answers, rules: tuple[Rule, ...]) -> Rule | None:
    """Return the row that applies; the strictest one when the week is unknown."""
    rows = [rule for rule in rules if rule.symptom == symptom and rule.risk == answers.risk]
    if answers.week is not None:
        rows = [rule for rule in rows if rule.covers(answers.week)] or rows
    return max(rows, key=lambda rule: rule.urgency, default=None)


def _raised(rows: list[Rule], *, strict: bool) -> dict[str, Urgency]:
    """Return the two rules over several rows, for weeks 14 to 36.

    Two or more URGENT symptoms of the source documents make EMERGENCY (facts.md section 8);
    under the strict reading one symptom of document 000 does (facts S0-44, S0-45).
    """
    raised = {}
    if sum(row.urgency == Urgency.URGENT and bool(row.documents) for row in rows) >= 2:
        raised[TWO_SIGNS] = Urgency.EMERGENCY
    if strict and any("S0" in row.documents for row in rows):
        raised[STRICT] = Urgency.EMERGENCY
    return raised
