"""Opening hours and days off, as a manager sets them; and the end of the day."""

import datetime
from datetime import UTC

import pytest
from django.urls import reverse

from accounts.hours import after_opening, is_open, opens_next
from accounts.models import OpeningHours, PracticeChange
from tests.accounts.test_opening_time import DENVER, at, calendar, hours
from tests.factories import PracticeFactory, open_at

HOURS, HOLIDAYS = reverse("opening_hours"), reverse("holidays")


@pytest.fixture
def desk(manager, sign_in):
    return sign_in(manager)


def week(*stretches: tuple[int, str, str], rows: int = 2, **more) -> dict:
    """Return the form with these stretches typed, in the first free rows of their days."""
    fields = {f"{name}_{day}_{row}": "" for name in ("opens", "closes") for day in range(7) for row in range(rows)}  # fmt: skip
    for day, opens, closes in stretches:
        row = next(n for n in range(rows) if not fields[f"opens_{day}_{n}"] + fields[f"closes_{day}_{n}"])  # fmt: skip
        fields |= {f"opens_{day}_{row}": opens, f"closes_{day}_{row}": closes}
    return fields | more


def stored(practice) -> list[str]:
    return [str(each) for each in practice.opening_hours.all()]


def test_closing_at_midnight_is_the_end_of_that_day():
    evening = calendar(DENVER, (4, "18:00", "00:00"))
    assert is_open(evening, at("2026-11-20 23:59")) and not is_open(evening, at("2026-11-21 00:00"))
    assert after_opening(evening, at("2026-11-20 18:00"), hours(6)) == at("2026-11-21 00:00")


def test_a_night_over_midnight_is_two_stretches_that_count_through():
    night = calendar(DENVER, (4, "18:00", "00:00"), (5, "00:00", "06:00"))
    assert all(is_open(night, at(moment)) for moment in ("2026-11-20 23:59", "2026-11-21 00:00"))
    assert after_opening(night, at("2026-11-20 18:00"), hours(12)) == at("2026-11-21 06:00")


def test_a_day_from_midnight_to_midnight_is_open_all_of_it():
    whole = calendar(DENVER, (4, "00:00", "00:00"))
    assert is_open(whole, at("2026-11-20 00:00")) and is_open(whole, at("2026-11-20 23:59"))
    assert opens_next(whole, at("2026-11-20 12:00")) == at("2026-11-27 00:00")


def test_a_day_to_midnight_on_which_the_clock_changes_has_its_real_length():
    whole = calendar(DENVER, (6, "00:00", "00:00"))
    assert after_opening(whole, at("2026-11-01 00:00"), hours(25)) == at("2026-11-02 00:00")


@pytest.mark.django_db
def test_a_week_is_saved_with_lunch_and_midnight_and_listed(desk, practice, manager):
    assert desk.post(HOURS, week((0, "08:00", "12:00"), (0, "13:00", "17:00"), (5, "20:00", "00:00"))).status_code == 302  # fmt: skip
    assert stored(practice) == [
        "Monday 08:00-12:00",
        "Monday 13:00-17:00",
        "Saturday 20:00-24:00",
    ]
    assert practice.is_open(at("2026-11-21 23:30"))
    change = PracticeChange.objects.get()
    assert change.lines == [
        ("Monday", "", "08:00-12:00, 13:00-17:00"),
        ("Saturday", "", "20:00-24:00"),
    ]
    page = desk.get(HOURS).content.decode()
    assert f"By {manager.signature}" in page and "20:00-24:00" in page


@pytest.mark.django_db
def test_an_emptied_row_is_taken_away_and_the_same_week_leaves_no_row(desk, practice):
    open_at(practice, (0, "08:00", "12:00"), (0, "13:00", "17:00"))
    desk.post(HOURS, week((0, "08:00", "12:00")))
    assert stored(practice) == ["Monday 08:00-12:00"]
    desk.post(HOURS, week((0, "08:00", "12:00")))
    assert PracticeChange.objects.count() == 1


@pytest.mark.django_db
def test_monday_is_copied_through_friday_with_one_tap(desk, practice):
    desk.post(HOURS, week((0, "07:30", "16:00"), (3, "1", ""), (6, "10:00", "12:00"), do="copy"))
    days = list(practice.opening_hours.values_list("weekday", flat=True))
    assert days == [0, 1, 2, 3, 4, 6]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ([(1, "17:00", "08:00")], "closes_1_0", "Closing comes before opening"),
        ([(1, "08:00", "08:00")], "closes_1_0", "Closing comes before opening"),
        ([(1, "08:00", "")], "closes_1_0", "Fill in both times"),
        ([(1, "", "17:00")], "opens_1_0", "Fill in both times"),
        ([(1, "08:00", "25:00")], "closes_1_0", "Write a time such as 08:00"),
        ([(1, "noon", "17:00")], "opens_1_0", "Write a time such as 08:00"),
        ([(1, "08:00", "12:00"), (1, "11:00", "17:00")], "opens_1_1", "Make one row of both"),
        ([(1, "08:00", "00:00"), (1, "20:00", "21:00")], "opens_1_1", "Make one row of both"),
    ],
)
def test_bad_hours_are_refused_beside_the_row_and_kept(desk, practice, typed, field, words):
    open_at(practice, (0, "08:00", "12:00"))
    page = desk.post(HOURS, week(*typed)).content.decode()
    assert "<title>Error:" in page and f'id="id_{field}_error"' in page and words in page
    assert all(f'value="{value}"' in page for _day, *values in typed for value in values if value)
    assert stored(practice) == ["Monday 08:00-12:00"] and not PracticeChange.objects.exists()


@pytest.mark.django_db
def test_hours_of_another_practice_stay(desk, practice):
    other = PracticeFactory(name="Mesa")
    open_at(other, (0, "09:00", "10:00"))
    desk.post(HOURS, week((2, "08:00", "12:00")))
    assert OpeningHours.objects.filter(practice=other).count() == 1
    assert "09:00" not in desk.get(HOURS).content.decode()


def ahead(practice, days: int) -> str:
    return (practice.today() + datetime.timedelta(days=days)).isoformat()


@pytest.mark.django_db
def test_several_days_off_are_added_at_once_and_one_is_taken_away(desk, practice):
    one, two = ahead(practice, 5), ahead(practice, 6)
    desk.post(HOLIDAYS, {"name": "Thanksgiving", "days": f"{one}\n {two}"})
    assert [str(each.day) for each in practice.holidays.all()] == [one, two]
    desk.post(HOLIDAYS, {"remove": one})
    desk.post(HOLIDAYS, {"remove": one})
    assert [str(each.day) for each in practice.holidays.all()] == [two]
    assert PracticeChange.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("2027-02-30", "not a date of the calendar"),
        ("Christmas", "not a date of the calendar"),
        ("2020-12-25", "is in the past"),
        ("2999-12-25", "more than five years away"),
        ("", "Write at least one date"),
        ("{soon}\n{soon}", "is written twice"),
        ("{known}", "is a day off already: Staff day"),
    ],
)
def test_bad_dates_are_refused_beside_the_field_and_kept(desk, practice, days, words):
    known = ahead(practice, 9)
    practice.holidays.create(day=known, name="Staff day")
    typed = days.format(soon=ahead(practice, 3), known=known)
    page = desk.post(HOLIDAYS, {"name": "Rest", "days": typed}).content.decode()
    assert "<title>Error:" in page and words in page and 'id="id_days_error"' in page
    assert typed in page and 'value="Rest"' in page
    assert practice.holidays.count() == 1


@pytest.mark.django_db
def test_days_off_in_the_past_are_folded(desk, practice):
    practice.holidays.create(day="2020-12-25", name="Old Christmas")
    page = desk.get(HOLIDAYS).content.decode()
    folded = page.index("Old Christmas")
    assert page.rindex("<details", 0, folded) > page.rindex("</details>", 0, folded)


@pytest.mark.django_db
@pytest.mark.parametrize("page", [HOURS, HOLIDAYS])
def test_a_provider_sets_no_hours(provider, patient, sign_in, page):
    for person in (provider, patient):
        assert sign_in(person).post(page, week((0, "08:00", "09:00"))).status_code == 403
    assert not OpeningHours.objects.exists()


@pytest.mark.django_db
def test_a_remove_that_names_no_date_changes_nothing(desk, practice):
    practice.holidays.create(day=ahead(practice, 2), name="Rest")
    assert desk.post(HOLIDAYS, {"remove": "all"}).status_code == 302
    assert practice.holidays.count() == 1


def test_opening_again_after_midnight_is_the_same_moment_in_utc():
    night = calendar(DENVER, (4, "18:00", "00:00"), (5, "00:00", "06:00"))
    assert opens_next(night, at("2026-11-20 12:00")) == at("2026-11-20 18:00").astimezone(UTC)
