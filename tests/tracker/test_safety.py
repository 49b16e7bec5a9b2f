"""The hazard log: nothing in it may claim a proof that does not exist."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from tracker.hazards import hazards

ROOT = Path(__file__).resolve().parents[2]


def functions_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("hazard", hazards(), ids=lambda hazard: hazard.id)
def test_a_hazard_names_tests_that_exist(hazard):
    assert hazard.tests, "A control without a test is a hope."
    for test in hazard.tests:
        path, name = test.split("::")
        assert (ROOT / path).is_file(), test
        assert name.startswith("test_") and name in functions_in(path), f"{test} does not exist"


@pytest.mark.parametrize("hazard", hazards(), ids=lambda hazard: hazard.id)
def test_a_hazard_says_cause_harm_control_and_what_remains(hazard):
    for field in ("hazard", "cause", "harm", "control", "remains"):
        assert len(getattr(hazard, field)) > 10, field


def test_every_hazard_has_a_number_of_its_own():
    numbers = [hazard.id for hazard in hazards()]
    assert len(numbers) == len(set(numbers)) >= 15


def test_staff_read_the_whole_log(sign_in, provider):
    page = sign_in(provider).get(reverse("safety")).content.decode()
    assert all(f"{hazard.id}: " in page for hazard in hazards())
