"""When a practice is open: its week, and its days off."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.actions.changes import note_change
from accounts.models import ChangeSubject, Holiday, OpeningHours, Practice, User

Stretch = tuple[int, datetime.time, datetime.time]


def week_in_words(stretches: Sequence[Stretch]) -> dict[str, str]:
    """Return the stretches of each weekday in words, by its number; closed days are missing."""
    week: dict[str, list[str]] = {}
    for weekday, opens, closes in sorted(stretches):
        end = "24:00" if closes == datetime.time(0) else f"{closes:%H:%M}"
        week.setdefault(str(weekday), []).append(f"{opens:%H:%M}-{end}")
    return {weekday: ", ".join(words) for weekday, words in week.items()}


@transaction.atomic
def change_hours(*, practice: Practice, stretches: Sequence[Stretch], by: User) -> bool:
    """Put a new week in the place of the old one. Return False when it is the same week."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    old = list(practice.opening_hours.values_list("weekday", "opens", "closes"))
    if not note_change(
        practice=practice,
        subject=ChangeSubject.HOURS,
        by=by,
        before=week_in_words(old),
        after=week_in_words(stretches),
    ):
        return False
    practice.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(practice=practice, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in stretches
    )
    return True


@transaction.atomic
def add_holidays(*, practice: Practice, days: Sequence[datetime.date], name: str, by: User) -> int:
    """Close the practice on these dates. Return how many were new: a day is off once."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    known = set(practice.holidays.filter(day__in=days).values_list("day", flat=True))
    new = sorted(set(days) - known)
    Holiday.objects.bulk_create(Holiday(practice=practice, day=day, name=name) for day in new)
    after = {day.isoformat(): name for day in new}
    note_change(practice=practice, subject=ChangeSubject.HOLIDAYS, by=by, before={}, after=after)
    return len(new)


@transaction.atomic
def remove_holiday(*, practice: Practice, day: datetime.date, by: User) -> bool:
    """Open the practice on this date again. Return False when it was no day off."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    holiday = practice.holidays.filter(day=day).first()
    if holiday is None:
        return False
    holiday.delete()
    before = {day.isoformat(): holiday.name}
    return note_change(
        practice=practice, subject=ChangeSubject.HOLIDAYS, by=by, before=before, after={}
    )
