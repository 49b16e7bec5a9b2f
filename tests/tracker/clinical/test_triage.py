"""The triage rules against the table of the source files, cell by cell."""

from itertools import combinations, product

import pytest
from django.utils import translation

from tests.tracker.clinical.truth_table import (
    BANDS,
    KNOWN_WEEKS,
    SYMPTOMS,
    bands_that_apply,
    cells,
    differences,
)
from tracker.clinical.triage import (
    RULES,
    RULES_VERSION,
    STRICT,
    TWO_SIGNS,
    UNKNOWN_SYMPTOM,
    Answers,
    assess,
    strictest,
)
from tracker.enums import Symptom, Urgency

pytestmark = pytest.mark.once

DOCUMENT_000 = sorted({band.symptom for band in BANDS if "S0" in band.documents})
FIRST_DAY, LAST_DAY = 14 * 7, 36 * 7 + 6
WEEK_20 = 20 * 7

FEVER = ["FEVER_38", "STITCH_FEVER"]
BELLY = ["ABDO_CRAMP", "ABDO_SEVERE", "PAIN_ONE_SIDE", "STITCH_PAIN"]
WITH_FEVER = [
    *BELLY,
    *("FLUID_GUSH", "FLUID_LEAK", "FLUID_COLOUR", "STITCH_FLUID"),
    *("BLEED_LIGHT", "BLEED_HEAVY", "STITCH_BLEED", "STITCH_SPOT"),
    *("DISCHARGE_INFECT", "STITCH_PUS"),
]
WITH_PAINFUL_PEEING = [*FEVER, *BELLY, "BACK_PAIN"]


def ask(*symptoms, days=WEEK_20, high_risk=False, strict=False):
    return assess(Answers(frozenset(symptoms), days, high_risk, strict))


def fired(prefix, assessment):
    return any(code.startswith(prefix) for code in assessment.rules)


def pairs_urgent_on(days, *, named):
    """Return (first, second, risk) of every two URGENT symptoms that documents name, or do not."""

    def is_urgent(symptom, high_risk):
        (band,) = bands_that_apply(symptom, high_risk, days // 7)
        return band.level == Urgency.URGENT and bool(band.documents) == named

    for high_risk in (False, True):
        urgent = [symptom for symptom in SYMPTOMS if is_urgent(symptom, high_risk)]
        yield from ((*pair, high_risk) for pair in combinations(urgent, 2))


# -- The table --


def test_every_cell_matches_the_source_table():
    found = [difference for symptom in SYMPTOMS for difference in differences(symptom, RULES)]
    assert found == []


def test_truth_table_reaches_every_cell():
    every_cell = {cell for symptom in SYMPTOMS for cell in cells(symptom)}
    assert len(every_cell) == 64 * 2 * (46 * 2 + 1)


def test_rules_are_the_rows_of_the_file():
    rows = [(b.symptom, b.risk, b.week_from, b.week_to, b.level, b.status) for b in BANDS]
    rules = [(r.symptom, r.risk, r.week_from, r.week_to, r.urgency, r.status) for r in RULES]
    assert len(rows) == 217
    assert sorted(rules) == sorted(rows)


def test_rules_name_the_same_documents_as_the_file():
    named = {band.code: band.documents for band in BANDS}
    assert {rule.code: rule.documents for rule in RULES} == named


def test_every_code_of_the_enum_is_in_the_table():
    assert len(SYMPTOMS) == 64
    assert sorted(Symptom.values) == SYMPTOMS


def test_labels_are_the_labels_of_the_file():
    labels = {band.symptom: band.label for band in BANDS}
    with translation.override(None):
        assert {symptom.value: str(symptom.label) for symptom in Symptom} == labels


@pytest.mark.parametrize("rows", [BANDS, RULES], ids=["file", "rules"])
def test_bands_cover_the_weeks_without_gap_or_overlap(rows):
    weeks = {}
    for row in rows:
        weeks.setdefault((row.symptom, row.risk), []).extend(range(row.week_from, row.week_to + 1))
    uneven = {key for key, covered in weeks.items() if sorted(covered) != list(KNOWN_WEEKS)}
    assert uneven == set()


def test_only_stitch_symptoms_lack_rows_for_any_risk():
    with_any = {rule.symptom for rule in RULES if rule.risk == "any"}
    assert {rule.symptom for rule in RULES if rule.risk == "high"} == set(SYMPTOMS)
    assert set(SYMPTOMS) - with_any == {code for code in SYMPTOMS if code.startswith("STITCH_")}


def test_every_reason_names_label_risk_and_weeks():
    with translation.override(None):
        reasons = {rule.code: rule.reason for rule in RULES}
    assert reasons == {
        band.code: f"{band.label}: {band.risk} risk, weeks {band.week_from} to {band.week_to}"
        for band in BANDS
    }


def test_rule_codes_are_unique():
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert not {TWO_SIGNS, STRICT, UNKNOWN_SYMPTOM} & set(codes)


# -- What an assessment says --


def test_assessment_keeps_the_version_of_the_rules():
    assert ask("ITCH").version == RULES_VERSION != ""


def test_every_rule_that_fired_is_listed_sorted():
    found = ask("PELVIC_PRESSURE", "ITCH", "BLEED_LIGHT", "NO_SUCH_CODE", strict=True)
    assert found.rules == (
        "BLEED_LIGHT.any.4-42",
        "ITCH.any.4-42",
        "PELVIC_PRESSURE.any.14-20",
        "STRICT.14-36",
        "TWO_SIGNS.14-36",
        "UNKNOWN_SYMPTOM",
    )


def test_highest_symptom_decides_the_level():
    assert ask("ITCH", "DIZZY").urgency == Urgency.URGENT
    assert ask("ITCH", "DIZZY", "SEIZURE").urgency == Urgency.EMERGENCY


@pytest.mark.parametrize("days", [None, 0, WEEK_20, 300])
@pytest.mark.parametrize("high_risk", [False, True])
@pytest.mark.parametrize("symptoms", [["NO_SUCH_CODE"], ["STITCH_NEW"], []], ids=str)
def test_unknown_or_no_symptom_is_contact(symptoms, high_risk, days):
    found = ask(*symptoms, days=days, high_risk=high_risk, strict=True)
    assert (found.urgency, found.rules) == (Urgency.CONTACT, ("UNKNOWN_SYMPTOM",))


def test_unknown_symptom_does_not_hide_known_ones():
    found = ask("NO_SUCH_CODE", "SEIZURE")
    assert found.urgency == Urgency.EMERGENCY
    assert found.rules == ("SEIZURE.any.4-42", "UNKNOWN_SYMPTOM")


def test_hole_in_the_table_takes_strictest_band():
    holed = tuple(rule for rule in RULES if rule.code != "BLEED_LIGHT.high.24-42")
    found = assess(Answers(frozenset({"BLEED_LIGHT"}), 30 * 7, high_risk=True), holed)
    assert (found.urgency, found.rules) == (Urgency.EMERGENCY, ("BLEED_LIGHT.high.14-23",))


def test_nothing_computed_means_go_to_hospital():
    found = strictest()
    assert (found.urgency, found.version) == (Urgency.EMERGENCY, RULES_VERSION)
    assert found.rules == (UNKNOWN_SYMPTOM,)


# -- Two urgent signs of the source documents --


@pytest.mark.parametrize(
    "days", [FIRST_DAY, FIRST_DAY + 6, WEEK_20, 24 * 7, LAST_DAY - 6, LAST_DAY]
)
def test_two_urgent_document_signs_make_emergency(days):
    pairs = list(pairs_urgent_on(days, named=True))
    found = [ask(*pair, days=days, high_risk=high_risk) for *pair, high_risk in pairs]
    assert len(pairs) >= 21
    assert {each.urgency for each in found} == {Urgency.EMERGENCY}
    assert all(TWO_SIGNS in each.rules for each in found)


@pytest.mark.parametrize("days", [FIRST_DAY, WEEK_20, LAST_DAY])
def test_two_urgent_signs_no_document_names_stay_urgent(days):
    # Fever makes a combination of its own, and a stitch makes both high risk: tested elsewhere.
    pairs = [
        (*pair, high_risk)
        for *pair, high_risk in pairs_urgent_on(days, named=False)
        if not {*FEVER} & {*pair}
        and (high_risk or not any(code.startswith("STITCH_") for code in pair))
    ]
    found = [ask(*pair, days=days, high_risk=high_risk) for *pair, high_risk in pairs]
    assert len(pairs) >= 66
    assert {each.urgency for each in found} == {Urgency.URGENT}


@pytest.mark.parametrize("days", [FIRST_DAY - 1, LAST_DAY + 1])
def test_two_urgent_signs_outside_the_weeks_stay_urgent(days):
    pairs = list(pairs_urgent_on(days, named=True))
    found = [ask(*pair, days=days, high_risk=high_risk) for *pair, high_risk in pairs]
    assert ("BLEED_LIGHT", "FLUID_LEAK", False) in pairs
    assert {each.urgency for each in found} == {Urgency.URGENT}


@pytest.mark.parametrize("days", [None, 4 * 7 - 1, 43 * 7, -1])
def test_two_urgent_signs_in_unknown_week_make_emergency(days):
    found = ask("BLEED_LIGHT", "FLUID_LEAK", days=days)
    assert found.urgency == Urgency.EMERGENCY
    assert TWO_SIGNS in found.rules


def test_one_urgent_document_sign_stays_urgent():
    assert ask("BLEED_LIGHT").urgency == Urgency.URGENT
    assert ask("BLEED_LIGHT", "DIZZY", "URINE_OFTEN").urgency == Urgency.URGENT


def test_one_urgent_sign_of_each_kind_stays_urgent():
    found = ask("BLEED_LIGHT", "EXHAUSTION")
    assert (found.urgency, TWO_SIGNS in found.rules) == (Urgency.URGENT, False)


# -- Combinations --


@pytest.mark.parametrize("high_risk", [False, True])
@pytest.mark.parametrize(("fever", "other"), list(product(FEVER, WITH_FEVER)))
def test_fever_with_another_sign_is_emergency(fever, other, high_risk):
    found = ask(fever, other, days=10 * 7, high_risk=high_risk)
    assert found.urgency == Urgency.EMERGENCY
    assert fired("FEVER_PLUS.", found)


@pytest.mark.parametrize("high_risk", [False, True])
@pytest.mark.parametrize("other", WITH_PAINFUL_PEEING)
def test_painful_peeing_with_another_sign_is_urgent(other, high_risk):
    found = ask("PEE_PAIN", other, days=40 * 7, high_risk=high_risk)
    assert found.urgency >= Urgency.URGENT
    assert fired("UTI_PLUS.", found)


def test_one_half_makes_no_combination():
    halves = [
        FEVER,
        WITH_FEVER,
        ["PEE_PAIN"],
        [*BELLY, "BACK_PAIN"],
        *([code] for code in SYMPTOMS),
    ]
    found = [(half, ask(*half)) for half in halves if half not in (["FEVER_PLUS"], ["UTI_PLUS"])]
    assert [half for half, each in found if fired("FEVER_PLUS", each)] == []
    assert [half for half, each in found if fired("UTI_PLUS", each)] == []


def test_no_other_two_symptoms_make_a_combination():
    parts = {frozenset(pair) for pair in product(FEVER, WITH_FEVER)}
    parts |= {frozenset(("PEE_PAIN", other)) for other in WITH_PAINFUL_PEEING}
    ticked = [code for code in SYMPTOMS if code not in ("FEVER_PLUS", "UTI_PLUS")]
    made = {
        frozenset(pair)
        for pair in combinations(ticked, 2)
        if fired("FEVER_PLUS", found := ask(*pair)) or fired("UTI_PLUS", found)
    }
    assert made == parts


# -- The strict reading --


def test_document_000_names_five_symptoms():
    assert DOCUMENT_000 == [
        "ABDO_CRAMP",
        "BACK_PAIN",
        "BLEED_LIGHT",
        "DISCHARGE_CHANGE",
        "PELVIC_PRESSURE",
    ]


@pytest.mark.parametrize("high_risk", [False, True])
@pytest.mark.parametrize("symptom", DOCUMENT_000)
def test_strict_reading_is_emergency_in_watched_weeks(symptom, high_risk):
    days = [*range(FIRST_DAY, LAST_DAY + 1), None]
    found = [ask(symptom, days=day, high_risk=high_risk, strict=True) for day in days]
    assert {each.urgency for each in found} == {Urgency.EMERGENCY}
    assert all(STRICT in each.rules for each in found)


@pytest.mark.parametrize("high_risk", [False, True])
@pytest.mark.parametrize("symptom", DOCUMENT_000)
def test_strict_reading_changes_nothing_in_other_weeks(symptom, high_risk):
    for day in [*range(4 * 7, FIRST_DAY), *range(LAST_DAY + 1, 43 * 7)]:
        found = ask(symptom, days=day, high_risk=high_risk, strict=True)
        assert found == ask(symptom, days=day, high_risk=high_risk)
        assert found.urgency < Urgency.EMERGENCY


@pytest.mark.parametrize("high_risk", [False, True])
def test_strict_reading_leaves_other_symptoms_alone(high_risk):
    others = sorted(set(SYMPTOMS) - set(DOCUMENT_000))
    strict = [ask(code, high_risk=high_risk, strict=True) for code in others]
    assert strict == [ask(code, high_risk=high_risk) for code in others]


def test_a_reported_stitch_makes_every_answer_high_risk():
    answers = Answers(frozenset({"STITCH_SPOT", "BLEED_LIGHT"}), 140, high_risk=False)
    assert assess(answers).urgency == Urgency.EMERGENCY
