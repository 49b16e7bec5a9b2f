"""What is known of her earlier pregnancies, and how to talk with her: each state a row with a reason."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tracker.actions.records import locked_record
from tracker.actions.weighing import weigh_open_alert_again
from tracker.clinical.risk import RISKS
from tracker.models import HistoryEntry, Pregnancy

OF_PREGNANCY = ("gravida", "para", *RISKS)
OF_PERSON = ("language", "needs_interpreter", "phone")


class RiskNotChecked(Exception):
    """A risk fact would go, and nobody said that this was checked."""


@transaction.atomic
def change_history(
    *, pregnancy: Pregnancy, right: dict[str, Any], reason: str, checked: bool, by: User
) -> HistoryEntry | None:
    """Store what is right and why, on the pregnancy and on the person. None when nothing changes.

    Taking a risk fact away can lower her advice, so a person must have checked it; otherwise
    raise RiskNotChecked and store nothing.
    """
    locked = locked_record(pregnancy)
    person = User.objects.select_for_update().get(pk=locked.patient_id)
    before = known_of(locked, person)
    after = {name: right[name] for name in before}
    if before == after:
        return None
    if any(before[name] and not after[name] for name in RISKS) and not checked:
        raise RiskNotChecked
    Pregnancy.objects.filter(pk=locked.pk).update(**{name: after[name] for name in OF_PREGNANCY})
    User.objects.filter(pk=person.pk).update(**{name: after[name] for name in OF_PERSON})
    entry = HistoryEntry.objects.create(
        pregnancy=locked, before=before, after=after, reason=reason, recorded_by=by
    )
    weigh_open_alert_again(pregnancy=locked, because=_("Her reports, by her history"), by=by)
    return entry


def known_of(pregnancy: Pregnancy, person: User) -> dict[str, Any]:
    """Return what is known now, by field name."""
    of_pregnancy = {name: getattr(pregnancy, name) for name in OF_PREGNANCY}
    return of_pregnancy | {name: getattr(person, name) for name in OF_PERSON}
