"""When a cervical length is short."""

import pytest

from tracker.clinical.cervix import is_short
from tracker.clinical.dating import GestationalAge

LAST_DAY = GestationalAge.of(23, 6)


@pytest.mark.parametrize(("length_mm", "short"), [(0, True), (24, True), (25, True), (26, False)])
@pytest.mark.parametrize("age", [GestationalAge.of(16), LAST_DAY, None], ids=str)
def test_25_mm_or_less_is_short(length_mm, short, age):
    assert is_short(length_mm, age) is short


@pytest.mark.parametrize("length_mm", [0, 25, 26])
@pytest.mark.parametrize("age", [GestationalAge.of(24), GestationalAge.of(36)], ids=str)
def test_no_length_is_short_from_24_weeks(length_mm, age):
    assert is_short(length_mm, age) is False


def test_last_day_before_24_weeks_still_counts():
    assert is_short(25, LAST_DAY) is True
    assert is_short(25, GestationalAge(LAST_DAY.total_days + 1)) is False
