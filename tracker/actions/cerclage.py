"""The stitch in the record: placed, removed, and both corrected by a new row."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tracker.actions.records import locked_record, replace_entry
from tracker.actions.weighing import weigh_open_alert_again
from tracker.enums import RemovalReason
from tracker.models import Cerclage, Pregnancy

NOT_REMOVED = {
    "removed_on": None,
    "removed_because": "",
    "removal_note": "",
    "removal_recorded_at": None,
    "removal_recorded_by": None,
}


@transaction.atomic
def place_stitch(*, pregnancy: Pregnancy, by: User, **told: Any) -> Cerclage | None:
    """Record a stitch. Return None when one is in place already, or the pregnancy has ended.

    ``told`` are the fields of :class:`Cerclage` that say when, why and how it was placed.
    """
    locked = locked_record(pregnancy)
    if locked.ended_on is not None or locked.cerclages.in_place().exists():
        return None
    stitch = Cerclage.objects.create(pregnancy=locked, recorded_by=by, **told)
    weigh_open_alert_again(pregnancy=locked, because=_("Her reports, with the stitch"), by=by)
    return stitch


@transaction.atomic
def remove_stitch(
    *, stitch: Cerclage, removed_on: datetime.date, because: RemovalReason, note: str, by: User
) -> bool:
    """Record that a stitch came out. Return False when that, or a correction, was recorded before."""
    locked_record(stitch.pregnancy)
    in_place = Cerclage.objects.in_place().filter(pk=stitch.pk)
    removed = {"removed_on": removed_on, "removed_because": because, "removal_note": note}
    return bool(in_place.update(**removed, **_recorded(by)))


@transaction.atomic
def correct_stitch(*, stitch: Cerclage, because: str, by: User, **right: Any) -> Cerclage | None:
    """Write the right words about a stitch as a new row.

    Return None when it was struck through, or its removal recorded, since ``stitch`` was read.
    """
    locked_record(stitch.pregnancy)
    current = Cerclage.objects.get(pk=stitch.pk)
    if current.removed_on != stitch.removed_on:
        return None
    return replace_entry(entry=current, because=because, by=by, **right)


@transaction.atomic
def correct_removal(
    *,
    stitch: Cerclage,
    because: str,
    by: User,
    removed_on: datetime.date | None,
    reason: RemovalReason | None = None,
    note: str = "",
) -> Cerclage | None:
    """Write the right removal as a new row; without a date the stitch is in place again.

    Return None when the row was struck through before, or another stitch is in place by now.
    """
    locked_record(stitch.pregnancy)
    current = Cerclage.objects.get(pk=stitch.pk)
    if removed_on is None or reason is None:
        if stitch.pregnancy.cerclages.in_place().exists():
            return None
        back = replace_entry(entry=current, because=because, by=by, **NOT_REMOVED)
        weigh_open_alert_again(
            pregnancy=current.pregnancy, because=_("Her reports, with the stitch"), by=by
        )
        return back
    removed = {"removed_on": removed_on, "removed_because": reason, "removal_note": note}
    return replace_entry(entry=current, because=because, by=by, **removed, **_recorded(by))


def _recorded(by: User) -> dict[str, Any]:
    return {"removal_recorded_at": timezone.now(), "removal_recorded_by": by}
