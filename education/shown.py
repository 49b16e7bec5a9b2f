"""What a reader may see: only what a clinician approved, or what somebody answers for unreviewed."""

from django.conf import settings

from accounts.models import Practice
from education.models import Acceptance, ChecklistItem, OwnParagraph, Topic, Week


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
    """Return the lessons readers of a practice may see, each in one language.

    The demonstration shows all, and says so.
    """
    return lessons.shown(unreviewed=unreviewed_shown(practice)).in_language()


def items_shown_to(practice: Practice):
    """Return the checklist of a practice: what it has not hidden, and what may be read."""
    return shown_to(practice, ChecklistItem.objects.of_practice(practice))


def paragraphs_shown_to(practice: Practice | None, **lesson) -> list[OwnParagraph]:
    """Return a practice's own paragraphs of one lesson, ``topic`` or ``week``, that a clinician approved."""
    if practice is None:
        return []
    own = OwnParagraph.objects.filter(practice=practice, **lesson)
    return list(own.shown(unreviewed=False))


def lessons_wait(practice: Practice) -> bool:
    """Tell whether readers of a practice find no lesson at all yet, because none may be read."""
    topics = shown_to(practice, Topic.objects.of_practice(practice))
    return not (topics.exists() or shown_to(practice, Week.objects).exists())
