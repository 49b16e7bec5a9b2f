"""What an earlier pregnancy means for the next: proposed, never lowered."""

import pytest

from tracker.clinical.dating import GestationalAge
from tracker.clinical.risk import INSUFFICIENCY, LOSS, PRETERM, EarlierPregnancy, proposed_risks
from tracker.enums import CerclageIndication, PregnancyEnd


def proposed(end, age=None, **rest):
    known = None if age is None else GestationalAge.of(*age)
    return proposed_risks(EarlierPregnancy(end, known, **rest))


@pytest.mark.parametrize(
    ("age", "risks"),
    [((13, 6), set()), ((14, 0), {LOSS}), ((27, 6), {LOSS}), ((28, 0), set()), (None, {LOSS})],
)
@pytest.mark.parametrize("end", [PregnancyEnd.MISCARRIAGE, PregnancyEnd.STILLBIRTH])
def test_a_loss_from_14_weeks_to_27w6d_counts_and_so_does_one_of_unknown_age(end, age, risks):
    assert proposed(end, age) == risks


@pytest.mark.parametrize(
    ("age", "risks"),
    [((36, 6), {PRETERM}), ((37, 0), set()), ((24, 0), {PRETERM}), (None, {PRETERM})],
)
def test_a_birth_before_37_weeks_is_proposed_as_preterm(age, risks):
    assert proposed(PregnancyEnd.BIRTH, age) == risks


@pytest.mark.parametrize("end", [PregnancyEnd.TERMINATION, PregnancyEnd.MOVED, PregnancyEnd.PAUSED])
def test_a_termination_a_move_and_a_pause_propose_nothing_by_themselves(end):
    assert proposed(end, (20, 0)) == set()


@pytest.mark.parametrize("end", PregnancyEnd)
def test_a_short_cervix_or_a_stitch_for_it_counts_whatever_the_end(end):
    assert INSUFFICIENCY in proposed(end, (39, 0), short_cervix=True)
    for indication in (CerclageIndication.ULTRASOUND, CerclageIndication.EXAM):
        assert INSUFFICIENCY in proposed(end, (39, 0), stitches=frozenset({indication}))


def test_a_stitch_for_her_history_proposes_nothing_new():
    stitches = frozenset({CerclageIndication.HISTORY, CerclageIndication.ABDOMINAL})
    assert proposed(PregnancyEnd.BIRTH, (39, 0), stitches=stitches) == set()
