"""What an earlier pregnancy means for the next one: a proposal, for a person to accept.

It only adds. What is known of still earlier pregnancies is carried over by whoever calls.
"""

from dataclasses import dataclass

from tracker.clinical.dating import GestationalAge
from tracker.enums import CerclageIndication, PregnancyEnd

INSUFFICIENCY, LOSS, PRETERM = "earlier_insufficiency", "earlier_loss", "earlier_preterm_birth"
RISKS = (INSUFFICIENCY, LOSS, PRETERM)
# Second trimester: 14+0 to 27+6. Preterm: before 37+0.
SECOND_TRIMESTER = (GestationalAge.of(14), GestationalAge.of(27, 6))
TERM = GestationalAge.of(37)
FOR_THE_CERVIX = frozenset({CerclageIndication.ULTRASOUND, CerclageIndication.EXAM})


@dataclass(frozen=True, slots=True)
class EarlierPregnancy:
    """What the proposal needs to know of one pregnancy that has ended.

    ``age`` is the gestational age at its end, None when unknown. ``short_cervix``: a length of
    25 mm or less before 24+0. ``stitches``: the indication of each cerclage.
    """

    end: PregnancyEnd
    age: GestationalAge | None
    short_cervix: bool = False
    stitches: frozenset[CerclageIndication] = frozenset()


def proposed_risks(earlier: EarlierPregnancy) -> frozenset[str]:
    """Return the risks to propose for the next pregnancy, by the names of the record.

    Risk high is earlier cervical insufficiency, second-trimester loss or spontaneous preterm birth
    (facts.md section 8). An unknown age counts as early: a person who knows better says so. Whether
    a preterm birth was spontaneous is not known here, so it is proposed.
    """
    risks = set()
    if _is_loss_of_the_second_trimester(earlier):
        risks.add(LOSS)
    if earlier.end == PregnancyEnd.BIRTH and (earlier.age is None or earlier.age < TERM):
        risks.add(PRETERM)
    if earlier.short_cervix or earlier.stitches & FOR_THE_CERVIX:
        risks.add(INSUFFICIENCY)
    return frozenset(risks)


def _is_loss_of_the_second_trimester(earlier: EarlierPregnancy) -> bool:
    """Tell whether it was lost from 14+0 to 27+6 weeks; a termination is no such loss."""
    if earlier.end not in (PregnancyEnd.MISCARRIAGE, PregnancyEnd.STILLBIRTH):
        return False
    first, last = SECOND_TRIMESTER
    return earlier.age is None or first <= earlier.age <= last
