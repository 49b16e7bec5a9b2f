"""What holds for any answers at all: nothing more to say ever makes Cinta calmer."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.clinical.triage import Answers, assess
from tracker.enums import Symptom, Urgency

thoroughly = settings(max_examples=300, deadline=None, derandomize=True)

CODES = st.sampled_from(Symptom.values)
# Few days lie in the table if any integer may come: half of them are drawn from around it.
DAYS = st.none() | st.integers(0, 45 * 7) | st.integers()
ANSWERS = st.builds(
    Answers, st.frozensets(CODES, max_size=6), DAYS, high_risk=st.booleans(), strict=st.booleans()
)
ANYTHING = st.builds(
    Answers,
    st.frozensets(CODES | st.text(), max_size=8),
    DAYS,
    high_risk=st.booleans(),
    strict=st.booleans(),
)


def level(answers, **changes):
    return assess(replace(answers, **changes)).urgency


@thoroughly
@given(ANSWERS, st.lists(CODES, max_size=6), st.data())
def test_order_and_repetition_never_matter(answers, ticked, data):
    again = data.draw(st.permutations(ticked + ticked))
    once = assess(replace(answers, symptoms=frozenset(ticked)))
    assert assess(replace(answers, symptoms=frozenset(again))) == once


@thoroughly
@given(ANYTHING, CODES | st.text())
def test_adding_a_symptom_never_lowers(answers, extra):
    assert level(answers, symptoms=answers.symptoms | {extra}) >= level(answers)


@thoroughly
@given(ANSWERS)
def test_adding_risk_never_lowers(answers):
    assert level(answers, high_risk=True) >= level(answers, high_risk=False)


@thoroughly
@given(ANSWERS)
def test_strict_switch_never_lowers(answers):
    assert level(answers, strict=True) >= level(answers, strict=False)


@thoroughly
@given(ANSWERS)
def test_unknown_week_is_never_lower_than_known(answers):
    unknown = level(answers, gestational_days=None)
    for week in range(4, 43):
        assert unknown >= level(answers, gestational_days=week * 7)


@thoroughly
@given(ANYTHING)
@example(Answers(frozenset(), None, high_risk=False))
def test_nothing_is_below_contact(answers):
    assert level(answers) >= Urgency.CONTACT


@thoroughly
@given(st.frozensets(st.text()), st.integers())
@example(frozenset({"", "STITCH_", "\ud800", "BLEED_LIGHT\n"}), -1)
@example(frozenset({"BLEED_LIGHT"}), -(10**30))
@example(frozenset({"BLEED_LIGHT"}), 10**30)
def test_any_text_and_any_day_get_an_answer(symptoms, days):
    found = assess(Answers(symptoms, days, high_risk=False))
    assert isinstance(found.urgency, Urgency)
    assert len(found.rules) > 0
