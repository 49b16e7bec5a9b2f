"""The next surveillance scan, for every week there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clinical.cervix import SCANS_FIRST, SCANS_LAST, change_per_week, next_scan
from tracker.clinical.dating import GestationalAge

ages = st.integers(0, 300).map(GestationalAge)
maybe_ages = st.none() | ages


@given(last=maybe_ages, now=ages, high_risk=st.booleans(), stitch=st.booleans())
def test_a_scan_is_due_from_16_to_24_weeks_or_not_at_all(last, now, high_risk, stitch):
    due = next_scan(last, now, high_risk=high_risk, stitch=stitch)
    assert due is None or SCANS_FIRST <= due <= SCANS_LAST


@given(last=maybe_ages, now=ages, stitch=st.booleans())
def test_without_known_risk_none_is_due(last, now, stitch):
    assert next_scan(last, now, high_risk=False, stitch=stitch) is None


@given(last=maybe_ages, now=ages, high_risk=st.booleans())
def test_with_a_stitch_none_is_planned(last, now, high_risk):
    assert next_scan(last, now, high_risk=high_risk, stitch=True) is None


@given(last=ages, now=ages)
def test_the_next_is_14_days_after_the_last_one_in_the_window(last, now):
    due = next_scan(last, now, high_risk=True, stitch=False)
    if due is not None and last >= SCANS_FIRST:
        assert due.total_days - last.total_days == 14


@given(last=maybe_ages, now=st.integers(0, SCANS_LAST.total_days).map(GestationalAge))
def test_until_24_weeks_someone_at_risk_without_a_recent_scan_has_one_due(last, now):
    due = next_scan(last, now, high_risk=True, stitch=False)
    if last is None or last.total_days + 14 <= SCANS_LAST.total_days:
        assert due is not None


@given(last=maybe_ages, first=ages, later=ages)
def test_waiting_moves_no_due_scan(last, first, later):
    dues = {next_scan(last, now, high_risk=True, stitch=False) for now in (first, later)}
    assert len(dues - {None}) <= 1


@given(first=st.integers(0, 80), change=st.integers(-80, 80), weeks=st.integers(1, 20))
def test_change_a_week_is_the_change_over_the_weeks(first, change, weeks):
    assert change_per_week(first, first + change, weeks * 7) == pytest.approx(change / weeks)


@pytest.mark.parametrize("days", [0, -7])
def test_two_lengths_of_one_day_have_no_change_a_week(days):
    with pytest.raises(ValueError, match="no time to change"):
        change_per_week(30, 25, days)


def test_the_last_due_scan_is_at_24_weeks_and_overdue_the_day_after_it_is_asked_no_more():
    assert next_scan(GestationalAge.of(22), SCANS_LAST, high_risk=True, stitch=False) == SCANS_LAST
    after = GestationalAge(SCANS_LAST.total_days + 1)
    assert next_scan(GestationalAge.of(22), after, high_risk=True, stitch=False) is None
