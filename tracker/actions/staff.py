"""Colleagues of a practice: invited, changed, gone and back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.actions import clear_duties, note_change
from accounts.models import CARE_TEAM, ChangeSubject, Practice, Role, User
from tracker.actions.alerts import record
from tracker.actions.telling import begin_telling
from tracker.enums import AlertEventKind
from tracker.models import Alert

KEPT = ("first_name", "last_name", "role", "title", "phone", "email", "is_active")


def in_words(person: User) -> dict[str, str]:
    """Return what the list of changes keeps about a colleague."""
    words = {name: str(getattr(person, name)) for name in KEPT}
    return words | {
        "role": str(Role(person.role).label),
        "is_active": "yes" if person.is_active else "no",
    }


@transaction.atomic
def invite_colleague(*, practice: Practice, values: Mapping[str, str], by: User) -> User:
    """Make the account of a colleague. It has no password until she sets one by the link she is sent."""
    person = User(practice=practice, **values)
    person.set_unusable_password()
    person.save()
    note_change(
        practice=practice,
        subject=ChangeSubject.STAFF,
        by=by,
        person=person,
        before={},
        after=in_words(person),
    )
    return person


@transaction.atomic
def change_colleague(*, person: User, values: Mapping[str, str], by: User) -> bool:
    """Change name, role, title or phone. Who stops being a provider hands back turns and alerts.

    Return False when nothing is different.
    """
    current, practice = _hold(person)
    before = in_words(current)
    for name, value in values.items():
        setattr(current, name, value)
    if before == in_words(current):
        return False
    current.save(update_fields=list(values))
    _note(current, practice, before, by)
    if current.role not in CARE_TEAM:
        _stop_caring(current, practice, by)
    return True


@transaction.atomic
def deactivate(*, person: User, by: User) -> bool:
    """Let a colleague go: she loses access with her next request, her turns, the lead and her browsers.

    Return False for herself, for one who is gone, and when ``by`` was let go meanwhile: so a
    practice always keeps a manager.
    """
    current, practice = _hold(person)
    still_manages = practice.people.filter(pk=by.pk, is_active=True, role=Role.MANAGER).exists()
    if not current.is_active or current.pk == by.pk or not still_manages:
        return False
    before = in_words(current)
    current.is_active = False
    current.save(update_fields=["is_active"])
    _note(current, practice, before, by)
    _stop_caring(current, practice, by)
    return True


@transaction.atomic
def reactivate(*, person: User, by: User) -> bool:
    """Let a colleague sign in again. Her turns on call do not come back by themselves."""
    current, practice = _hold(person)
    if current.is_active:
        return False
    before = in_words(current)
    current.is_active = True
    current.save(update_fields=["is_active"])
    _note(current, practice, before, by)
    return True


def release_alerts_of(*, person: User, practice: Practice, by: User) -> int:
    """Begin anew the telling of every open alert that only this person had taken. In the caller's transaction.

    Who had it stays on record. Return how many there were.
    """
    mine = Alert.objects.open().filter(practice=practice, acknowledged_by=person)
    alerts = list(mine.select_for_update(of=("self",)).select_related("practice"))
    for alert in alerts:
        record(alert, AlertEventKind.LEFT, by=by, note=person.signature)
        alert.acknowledged_at = alert.acknowledged_by = alert.seen_at = alert.seen_by = None
        alert.save()
        begin_telling(alert, timezone.now())
    return len(alerts)


def _hold(person: User) -> tuple[User, Practice]:
    """Return the person and her practice as they stand; the practice is locked, so changes take turns.

    Not its key: a report that comes in meanwhile must not wait for a manager.
    """
    practice = Practice.objects.select_for_update(of=("self",), no_key=True).get(people=person)
    return User.objects.get(pk=person.pk), practice


def _note(person: User, practice: Practice, before: dict[str, str], by: User) -> None:
    note_change(
        practice=practice,
        subject=ChangeSubject.STAFF,
        by=by,
        person=person,
        before=before,
        after=in_words(person),
    )


def _stop_caring(person: User, practice: Practice, by: User) -> None:
    """Take away what only a provider has, and give back what she had in hand."""
    clear_duties(practice=practice, person=person, by=by)
    person.push_subscriptions.all().delete()
    practice.refresh_from_db()
    release_alerts_of(person=person, practice=practice, by=by)
