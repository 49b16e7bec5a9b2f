"""Cervical lengths: recorded, corrected by a new row, struck through, and talked over with her."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tracker.actions.records import locked_record, replace_entry, strike
from tracker.actions.weighing import weigh_open_alert_again
from tracker.models import CervicalLength, Pregnancy


@transaction.atomic
def record_length(
    *, pregnancy: Pregnancy, measured_on: datetime.date, length_mm: int, funneling: bool, by: User
) -> CervicalLength | None:
    """Record a transvaginal length in mm with the age of its day. None when one of that day stands."""
    locked = locked_record(pregnancy)
    if _stands_on(locked, measured_on):
        return None
    age = locked.age_on(measured_on)
    length = CervicalLength.objects.create(
        pregnancy=locked,
        measured_on=measured_on,
        gestational_days=age.total_days if age else None,
        length_mm=length_mm,
        funneling=funneling,
        recorded_by=by,
    )
    _forget_risk(pregnancy)
    weigh_open_alert_again(pregnancy=pregnancy, because=_("Her reports, by the new scan"), by=by)
    return length


@transaction.atomic
def correct_length(
    *,
    length: CervicalLength,
    measured_on: datetime.date,
    length_mm: int,
    funneling: bool,
    because: str,
    by: User,
) -> CervicalLength | None:
    """Write the right length as a new row; if short, it is to be talked over anew.

    None when the row was struck through before, or another length stands on that day.
    """
    locked = locked_record(length.pregnancy)
    current = CervicalLength.objects.get(pk=length.pk)
    if _stands_on(locked, measured_on, apart_from=current):
        return None
    _forget_risk(length.pregnancy)
    right = replace_entry(
        entry=current,
        because=because,
        by=by,
        measured_on=measured_on,
        length_mm=length_mm,
        funneling=funneling,
        gestational_days=_earliest_days(locked, current, measured_on),
        discussed_at=None,
        discussed_by=None,
    )
    weigh_open_alert_again(pregnancy=locked, because=_("Her reports, by the new scan"), by=by)
    return right


@transaction.atomic
def strike_length(*, length: CervicalLength, because: str, by: User) -> bool:
    """Strike a length through that was never measured so. False when it was struck through before."""
    locked_record(length.pregnancy)
    _forget_risk(length.pregnancy)
    return strike(entry=length, because=because, by=by)


@transaction.atomic
def discuss_length(*, length: CervicalLength, by: User) -> bool:
    """Note that a short length was talked over with her. False when that was noted before."""
    waiting = CervicalLength.objects.to_discuss().filter(pk=length.pk)
    return bool(waiting.update(discussed_at=timezone.now(), discussed_by=by))


def _earliest_days(
    pregnancy: Pregnancy, old: CervicalLength, measured_on: datetime.date
) -> int | None:
    """Return the age in days to read a corrected length by: never later than the old row's reading.

    An unknown age stays unknown, which counts as early.
    """
    age = pregnancy.age_on(measured_on)
    if age is None or old.gestational_days is None:
        return None
    moved = old.gestational_days + (measured_on - old.measured_on).days
    return max(0, min(moved, age.total_days))


def _stands_on(
    pregnancy: Pregnancy, day: datetime.date, apart_from: CervicalLength | None = None
) -> bool:
    standing = pregnancy.cervical_lengths.standing().filter(measured_on=day)
    return standing.exclude(pk=apart_from.pk if apart_from else None).exists()


def _forget_risk(pregnancy: Pregnancy) -> None:
    """Let the pregnancy at hand ask anew whether its cervix is short."""
    pregnancy.__dict__.pop("short_cervix", None)
