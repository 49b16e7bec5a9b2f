"""The triage table: which symptom, in which weeks, for whom, how urgent.

One ``sign`` per symptom; each band of weeks in it becomes one :class:`Rule`.
``U 14-20 d`` reads: URGENT from 14+0 through 20+6, DERIVED. Letters: C contact,
U urgent, E emergency; s said by a source document, v verified in the sources,
d derived (sources seen, the split by weeks or risk is a reading of them), n no
source. Source words such as S0-20 are facts, the others keys of the source
register. Bands cover weeks 4 to 42 without a gap; ``STITCH_*`` exist for high
risk only, because a stitch is in place. No clinician has signed this table.
"""

from dataclasses import dataclass
from typing import Literal

from tracker.enums import Symptom as S
from tracker.enums import Urgency

RULES_VERSION = "2026.11.1"

Risk = Literal["any", "high"]
LEVELS = {"C": Urgency.CONTACT, "U": Urgency.URGENT, "E": Urgency.EMERGENCY}
STATUS = {"s": "SEED", "v": "VERIFIED", "d": "DERIVED", "n": "UNVERIFIED"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a symptom, a risk and a band of completed weeks (inclusive) with its urgency."""

    symptom: str
    risk: Risk
    week_from: int
    week_to: int
    urgency: Urgency
    source: str
    status: str

    @property
    def code(self) -> str:
        """Return the name that a report stores, such as ``BLEED_LIGHT.high.14-23``."""
        return f"{self.symptom}.{self.risk}.{self.week_from}-{self.week_to}"

    @property
    def reason(self) -> str:
        """Return the row in words, for staff."""
        who = "high risk" if self.risk == "high" else "any risk"
        return f"{S(self.symptom).label}: {who}, weeks {self.week_from} to {self.week_to}"

    @property
    def documents(self) -> frozenset[str]:
        """Return which source documents name this symptom: S0 (document 000), S3 (document 003)."""
        return frozenset(
            word[:2] for word in self.source.split() if word.startswith(("S0-", "S3-"))
        )

    def covers(self, week: int) -> bool:
        return self.week_from <= week <= self.week_to


def sign(symptom: S, source: str, **bands: str) -> list[Rule]:
    """Read the bands of one symptom into rules."""
    return [
        _rule(symptom, "high" if risk == "high" else "any", band, source)
        for risk, row in bands.items()
        for band in row.split(", ")
    ]


def _rule(symptom: S, risk: Risk, band: str, source: str) -> Rule:
    level, weeks, status = band.split()
    first, last = weeks.split("-")
    return Rule(symptom.value, risk, int(first), int(last), LEVELS[level], source, STATUS[status])


# fmt: off
RULES: tuple[Rule, ...] = (
    *sign(S.BLEED_LIGHT, "S0-20 S3-09 NHSDISC CDCMAT NY911 MAYOBLD", any="U 4-42 v", high="U 4-13 v, E 14-23 s, U 24-42 v"),
    *sign(S.BLEED_HEAVY, "S3-09 COCH STWBLD DRUGS WHOMIR", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.PELVIC_PRESSURE, "S0-21 S3-10 NICHDPTL ACOGPTL TOMPTL", any="C 4-13 d, U 14-20 d, U 21-36 v, C 37-42 d", high="U 4-13 d, E 14-23 s, U 24-36 v, U 37-42 d"),
    *sign(S.DISCHARGE_CHANGE, "S0-22 ACOGPTL TOMDISC NICHDPTL MAYOBLD", any="C 4-13 d, U 14-20 d, U 21-36 v, C 37-42 v", high="U 4-13 d, E 14-23 s, U 24-36 v, U 37-42 d"),
    *sign(S.DISCHARGE_MUCUS, "S3-11 TENF NHSDISC", any="C 4-13 d, U 14-20 d, U 21-36 v, C 37-42 v", high="U 4-20 d, U 21-36 v, U 37-42 d"),
    *sign(S.BACK_PAIN, "S0-23 NICHDPTL ACOGPTL WEBPTL", any="C 4-13 d, U 14-20 d, U 21-36 v, C 37-42 d", high="U 4-13 d, E 14-23 s, U 24-36 v, U 37-42 d"),
    *sign(S.ABDO_CRAMP, "S0-24 TOMABDO NICHDPTL HSEABDO", any="C 4-13 v, U 14-20 d, U 21-36 v, C 37-42 d", high="U 4-13 d, E 14-23 s, U 24-36 v, U 37-42 d"),
    *sign(S.URINE_OFTEN, "S3-12 TOMPTL BORNE TENF", any="C 4-13 d, C 14-23 s, C 24-42 d", high="C 4-13 d, U 14-23 d, U 24-36 v, C 37-42 d"),
    *sign(S.FLUID_GUSH, "S3-13 RCOGPPROMM CDCMAT COCH DRUGS", any="U 4-13 v, E 14-23 d, E 24-36 v, U 37-42 v", high="E 4-13 d, E 14-36 v, E 37-42 d"),
    *sign(S.FLUID_LEAK, "S3-13 RCOGPPROMM MERCKPROM MAYORISK DRUGS", any="U 4-42 v", high="U 4-13 d, E 14-36 v, U 37-42 d"),
    *sign(S.FLUID_COLOUR, "TOMDISC NHSPPROM", any="E 4-23 d, E 24-42 v", high="E 4-23 d, E 24-42 v"),
    *sign(S.BULGE, "DRUGS COCH", any="E 4-42 d", high="E 4-13 d, E 14-36 v, E 37-42 d"),
    *sign(S.CORD, "COCH CORDHL", any="E 4-23 d, E 24-42 v", high="E 4-23 d, E 24-42 v"),
    *sign(S.PUSH_URGE, "COCH", any="E 4-23 d, E 24-42 v", high="E 4-23 d, E 24-42 v"),
    *sign(S.CONTRACT_REG, "NICHDPTL HSWPTL NHS36 DRUGS", any="U 4-13 d, E 14-20 d, E 21-36 v, C 37-42 v", high="U 4-13 d, E 14-20 d, E 21-36 v, U 37-42 d"),
    *sign(S.CONTRACT_OCC, "WEBPTL NHS36", any="C 4-20 d, C 21-42 v", high="U 4-36 d, C 37-42 d"),
    *sign(S.SHOW, "NHSDISC TENF MAYOBLD", any="U 4-36 v, C 37-42 v", high="U 4-13 d, E 14-23 d, U 24-36 v, U 37-42 d"),
    *sign(S.DIARRHOEA_CRAMP, "NICHDPTL WEBPTL", any="C 4-20 d, U 21-36 v, C 37-42 d", high="C 4-13 d, U 14-20 d, U 21-36 v, C 37-42 d"),
    *sign(S.TISSUE, "MAYOBLD TOMMISC STWBLD", any="U 4-13 v, E 14-42 d", high="E 4-42 d"),
    *sign(S.ECTOPIC, "NIDECT", any="E 4-13 v, E 14-42 d", high="E 4-13 v, E 14-42 d"),
    *sign(S.PAIN_ONE_SIDE, "NIDECT GPRED", any="U 4-13 v, U 14-42 d", high="U 4-13 v, U 14-42 d"),
    *sign(S.ABDO_SEVERE, "CDCMAT WHOMIR HSEABDO", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.PAIN_UPPER, "MAYOPE HSEABDO NICHDPE", any="U 4-13 d, U 14-20 v, E 21-42 v", high="U 4-13 d, U 14-20 v, E 21-42 v"),
    *sign(S.HEADACHE_SEVERE, "NY911 AIM CDCMAT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.VISION, "NY911 MAYOPE NICHDPE", any="U 4-20 v, E 21-42 v", high="U 4-20 v, E 21-42 v"),
    *sign(S.SWELL_FACE_HANDS, "NY911 CDCMAT NHSPE", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.BP_VERY_HIGH, "NEWMOM HWPE", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.BP_HIGH, "CDCHCP", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.URINE_LOW, "HSEHG NICHDPE", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.DIZZY, "NY911 CDCMAT", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.FAINT, "NEWMOM COCH CDCMAT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.CONFUSION, "NEWMOM", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.SEIZURE, "COCH HWPE WHOMIR", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.BREATHLESS, "NY911 NHSDVT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.CHEST_PAIN, "NY911 NHSDVT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.HEART_FAST, "NY911 CDCMAT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.COUGH_BLOOD, "NHSDVT", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.LEG_CLOT, "NHSDVT CDCMAT", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.FEVER_38, "NY911 CDCMAT DRUGS", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.FEVER_PLUS, "TOMPTL NHSPPROM MERCKPROM", any="E 4-42 d", high="E 4-42 d"),
    *sign(S.TEMP_375, "TOMTEMP NHSPPROM", any="C 4-42 v", high="U 4-36 d, C 37-42 d"),
    *sign(S.VOMIT_SEVERE, "HSEHG NY911 VALLEY", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.EXHAUSTION, "NY911 CDCMAT", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.MOVE_STOP, "NY911 RFMHWE RFMLEEDS", any="C 4-20 d, U 21-23 d, E 24-42 v", high="C 4-20 d, U 21-23 d, E 24-42 v"),
    *sign(S.MOVE_LESS, "RFMHWE RFMLEEDS NY911", any="C 4-20 d, U 21-23 d, U 24-42 v", high="C 4-20 d, U 21-23 d, U 24-42 v"),
    *sign(S.MOVE_NEVER, "RFMLEEDS", any="C 4-23 d, U 24-42 d", high="C 4-23 d, U 24-42 d"),
    *sign(S.SELF_HARM, "NY911 HRSA", any="E 4-42 v", high="E 4-42 v"),
    *sign(S.LOW_MOOD, "HRSA CDCPP HRSANUM", any="C 4-42 v", high="C 4-42 v"),
    *sign(S.DISCHARGE_INFECT, "NHSDISC DRUGS", any="C 4-42 v", high="C 4-13 d, U 14-36 v, C 37-42 d"),
    *sign(S.PEE_PAIN, "TOMUTI NHSDISC", any="C 4-42 v", high="C 4-13 d, U 14-36 d, C 37-42 d"),
    *sign(S.UTI_PLUS, "HSEABDO TOMUTI", any="U 4-42 v", high="U 4-42 v"),
    *sign(S.ITCH, "GPRED", any="C 4-42 v", high="C 4-42 v"),
    *sign(S.FALL, "", any="U 4-42 n", high="U 4-42 n"),
    *sign(S.FEELS_WRONG, "CDCPP CDCMAT", any="C 4-42 v", high="C 4-13 d, U 14-36 d, C 37-42 d"),
    *sign(S.STITCH_CONTRACT, "DRUGS", high="E 4-36 v, E 37-42 d"),
    *sign(S.STITCH_PAIN, "DRUGS ALBERTA", high="E 4-36 v, E 37-42 d"),
    *sign(S.STITCH_FLUID, "DRUGS MAYORISK", high="E 4-36 v, E 37-42 d"),
    *sign(S.STITCH_BLEED, "CUH DRUGS", high="E 4-42 d"),
    *sign(S.STITCH_SPOT, "CUH ALBERTA", high="C 4-42 v"),
    *sign(S.STITCH_FEVER, "DRUGS", high="U 4-42 v"),
    *sign(S.STITCH_PUS, "DRUGS", high="U 4-42 v"),
    *sign(S.STITCH_PEE, "DRUGS", high="U 4-42 v"),
    *sign(S.STITCH_VOMIT, "DRUGS", high="U 4-42 v"),
    *sign(S.STITCH_LABOUR, "PEACE DRUGS RCOGPT", high="E 4-42 d"),
)
# fmt: on
