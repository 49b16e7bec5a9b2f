"""A new pregnancy of a patient who had one here before."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tracker.clinical.risk import RISKS
from tracker.models import HistoryEntry, Pregnancy


@transaction.atomic
def start_pregnancy(
    *,
    earlier: Pregnancy,
    risks: Collection[str],
    by: User,
    gravida: int | None = None,
    para: str = "",
    reason: str = "",
) -> Pregnancy | None:
    """Begin a new pregnancy with nothing but what is known of earlier ones. None when one runs already.

    ``risks`` are names of :data:`tracker.clinical.risk.RISKS`; ``reason`` is why a proposed one was
    left out. The due date stays empty until someone dates it.
    """
    # Her account: two taps at once must not make two pregnancies.
    patient = User.objects.select_for_update().get(pk=earlier.patient_id)
    if Pregnancy.objects.current().filter(patient=patient).exists():
        return None
    known = {name: name in risks for name in RISKS} | {"gravida": gravida, "para": para}
    pregnancy = Pregnancy.objects.create(patient=patient, practice=earlier.practice, **known)
    HistoryEntry.objects.create(
        pregnancy=pregnancy,
        before={},
        after=known,
        reason=reason or _("From the record of the earlier pregnancy."),
        recorded_by=by,
    )
    return pregnancy
