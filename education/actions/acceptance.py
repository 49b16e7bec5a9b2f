"""A manager answers, by name and for some days, for texts that no clinician has checked."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from education.actions.practice_words import lock_practice
from education.models import Acceptance


@transaction.atomic
def accept_unreviewed(*, days: int, by: User) -> Acceptance:
    """Show the practice's patients the library as it came, to the end of the last day by its calendar.

    What stood before is ended. Sent twice, it is one.
    """
    practice = lock_practice(by)
    until = practice.today() + datetime.timedelta(days=days)
    standing = practice.acceptances.open_on(practice.today())
    same = standing.filter(accepted_by=by, until=until).first()
    if same:
        return same
    standing.update(ended_at=timezone.now(), ended_by=by)
    return Acceptance.objects.create(practice=practice, accepted_by=by, until=until)


@transaction.atomic
def end_acceptance(*, by: User) -> bool:
    """Close the unreviewed texts at once. Return False when nobody was answering for them any more."""
    practice = lock_practice(by)
    standing = practice.acceptances.open_on(practice.today())
    return bool(standing.update(ended_at=timezone.now(), ended_by=by))
