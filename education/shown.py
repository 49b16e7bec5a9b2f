"""What a reader may see: only what a clinician approved, or what somebody answers for unreviewed."""

from django.conf import settings

from accounts.models import Practice
from education.models import Acceptance, ChecklistItem


def acceptance_of(practice: Practice | None) -> Acceptance | None:
    """Return the manager's standing acceptance of the library as unreviewed, if there is one."""
    if practice is None:
        return None
    open_now = practice.acceptances.open_on(practice.today())
    return open_now.select_related("accepted_by").first()


def unreviewed_shown(practice: Practice | None) -> bool:
    """Tell whether readers of a practice, or of none, see lessons that no clinician has checked."""
    return settings.DEMO or acceptance_of(practice) is not None


def shown_to(practice: Practice | None, lessons):
    """Return the lessons readers of a practice may see. The demonstration shows all, and says so."""
    return lessons.shown(unreviewed=unreviewed_shown(practice))


def items_shown_to(practice: Practice):
    """Return the checklist of a practice: what it has not hidden, and what may be read."""
    return shown_to(practice, ChecklistItem.objects.of_practice(practice))
