"""A due date that a person accepted; everything that depends on it follows in the same transaction."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tracker.actions.records import locked_record
from tracker.actions.weighing import weigh_open_alert_again
from tracker.clinical.cervix import is_short
from tracker.clinical.dating import TERM_DAYS, GestationalAge
from tracker.enums import DatingMethod
from tracker.models import CervicalLength, DueDate, Pregnancy


@transaction.atomic
def accept_due_date(
    *,
    pregnancy: Pregnancy,
    due_date: datetime.date,
    method: DatingMethod,
    basis: dict[str, Any],
    difference: int | None,
    threshold: int | None,
    reason: str,
    by: User,
) -> DueDate | None:
    """Let a due date count from now on. Sent twice, it is one row.

    ``pregnancy`` is as the person saw it: return None when its due date has changed since, or it
    has ended, and store nothing. Past reports keep the week they had.
    """
    locked = locked_record(pregnancy)
    if locked.ended_on is not None:
        return None
    newest = locked.due_dates.first()
    told = (due_date, method, basis, by.pk, due_date)
    if newest and told == (*_said(newest), newest.accepted_by_id, locked.due_date):
        return newest
    if _standing(locked) != _standing(pregnancy):
        return None
    row = DueDate.objects.create(
        pregnancy=locked,
        due_date=due_date,
        method=method,
        basis=basis,
        difference=difference,
        threshold=threshold,
        replaced_due_date=locked.due_date,
        replaced_method=locked.dating_method if locked.due_date else "",
        reason=reason,
        accepted_by=by,
    )
    _let_it_count(pregnancy, due_date, method)
    _read_lengths_again(pregnancy)
    weigh_open_alert_again(
        pregnancy=pregnancy, because=_("Her reports, by the new due date"), by=by
    )
    return row


def _said(row: DueDate) -> tuple[datetime.date, str, dict[str, Any]]:
    return row.due_date, row.method, row.basis


def _standing(pregnancy: Pregnancy) -> tuple[datetime.date | None, str]:
    return pregnancy.due_date, pregnancy.dating_method


def _let_it_count(pregnancy: Pregnancy, due_date: datetime.date, method: DatingMethod) -> None:
    """Set it on the pregnancy, and forget what was computed from the one before."""
    pregnancy.due_date, pregnancy.dating_method = due_date, method
    pregnancy.save(update_fields=["due_date", "dating_method"])
    for computed in ("age", "short_cervix"):
        pregnancy.__dict__.pop(computed, None)


def _read_lengths_again(pregnancy: Pregnancy) -> None:
    """Give each standing length the earlier of its ages: the new one can make it short, never long."""
    for length in pregnancy.cervical_lengths.standing():
        new = max(0, _days_on(pregnancy, length.measured_on))
        old = length.gestational_days
        if old is None and length.is_short and not is_short(length.length_mm, GestationalAge(new)):
            continue  # Of unknown age it counts as early, and goes on counting so.
        earlier = new if old is None else min(old, new)
        if earlier != old:
            CervicalLength.objects.filter(pk=length.pk).update(gestational_days=earlier)


def _days_on(pregnancy: Pregnancy, day: datetime.date) -> int:
    """Return the gestational age in days on a date; below 0 before the pregnancy began."""
    assert pregnancy.due_date is not None
    return TERM_DAYS - (pregnancy.due_date - day).days
