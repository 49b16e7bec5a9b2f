"""Proof that the truth table notices every small mistake in every rule."""

from dataclasses import replace

import pytest

from tests.tracker.clinical.truth_table import SYMPTOMS, differences
from tracker.clinical.triage import RULES
from tracker.enums import Urgency

pytestmark = pytest.mark.once

# What becomes of one rule: no rule, or one changed rule.
MUTATIONS = {
    "more_urgent": lambda rule: [replace(rule, urgency=Urgency(min(rule.urgency + 1, 3)))],
    "less_urgent": lambda rule: [replace(rule, urgency=Urgency(max(rule.urgency - 1, 1)))],
    "starts_earlier": lambda rule: [replace(rule, week_from=rule.week_from - 1)],
    "starts_later": lambda rule: [replace(rule, week_from=rule.week_from + 1)],
    "ends_earlier": lambda rule: [replace(rule, week_to=rule.week_to - 1)],
    "ends_later": lambda rule: [replace(rule, week_to=rule.week_to + 1)],
    "removed": lambda rule: [],
}
ROWS = {symptom: tuple(rule for rule in RULES if rule.symptom == symptom) for symptom in SYMPTOMS}
EMERGENCIES = sum(rule.urgency == Urgency.EMERGENCY for rule in RULES)
CONTACTS = sum(rule.urgency == Urgency.CONTACT for rule in RULES)


def mutants_of(mutation):
    """Yield (rule, rows of its symptom with that rule mutated) where the mutation changes it."""
    for rule in RULES:
        if (mutated := MUTATIONS[mutation](rule)) != [rule]:
            rows = ROWS[rule.symptom]
            place = rows.index(rule)
            yield rule, (*rows[:place], *mutated, *rows[place + 1 :])


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_no_mutant_survives_the_truth_table(mutation):
    survivors = [
        rule.code for rule, rows in mutants_of(mutation) if not any(differences(rule.symptom, rows))
    ]
    assert survivors == []


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_every_rule_is_mutated(mutation):
    unchanged = {"more_urgent": EMERGENCIES, "less_urgent": CONTACTS}.get(mutation, 0)
    assert len(list(mutants_of(mutation))) == 217 - unchanged
