from collections.abc import Sequence

from django.db import transaction

from accounts.actions.changes import note_change
from accounts.models import ChangeSubject, OnCall, Practice, User

STEPS = {"up": -1, "down": 1}


@transaction.atomic
def change_on_call(*, practice: Practice, person: User, move: str, by: User) -> bool:
    """Move one person in the on-call order: up, down, add (at the end) or remove.

    Return False when there is nothing to do: first already, on call already, not on call.
    """
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    old = [turn.person for turn in practice.on_call.select_related("person")]
    new = moved(old, person, move)
    if new == old:
        return False
    return put_in_order(practice=practice, old=old, new=new, by=by)


def moved(order: Sequence[User], person: User, move: str) -> list[User]:
    """Return the order after one move; the same order when the move is not possible."""
    if move == "add":
        return [*order] if person in order else [*order, person]
    if person not in order:
        return list(order)
    place = order.index(person)
    rest = [each for each in order if each != person]
    if move in STEPS:
        rest.insert(max(0, place + STEPS[move]), person)
    return rest


def put_in_order(*, practice: Practice, old: list[User], new: list[User], by: User) -> bool:
    """Write the order anew, in the caller's transaction; positions count from 1 without gaps."""
    practice.on_call.all().delete()
    OnCall.objects.bulk_create(
        OnCall(practice=practice, person=person, position=position)
        for position, person in enumerate(new, start=1)
    )
    return note_change(
        practice=practice,
        subject=ChangeSubject.ON_CALL,
        by=by,
        before={"order": in_words(old)},
        after={"order": in_words(new)},
    )


def in_words(order: Sequence[User]) -> str:
    return "; ".join(f"{place}. {person.signature}" for place, person in enumerate(order, start=1))


def clear_duties(*, practice: Practice, person: User, by: User) -> None:
    """Take a person off the on-call order and off the lead, in the caller's transaction."""
    change_on_call(practice=practice, person=person, move="remove", by=by)
    if Practice.objects.filter(pk=practice.pk, lead=person).update(lead=None):
        note_change(
            practice=practice,
            subject=ChangeSubject.SETTINGS,
            by=by,
            before={"lead": str(person)},
            after={"lead": ""},
        )
