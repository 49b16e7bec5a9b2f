"""Enrolment: a practice invites, a patient joins; each invitation is used once at most."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Practice, Role, User
from tracker.actions.pregnancies import start_pregnancy
from tracker.codes import make_code
from tracker.endings import risk_of
from tracker.enums import Channel
from tracker.invitations import CONSENT_VERSION, VALID_FOR, consent_words, is_person
from tracker.invitations_import import store_rows
from tracker.models import Consent, Invitation, Message, Pregnancy
from tracker.outbox import enqueue


@dataclass(frozen=True, slots=True)
class Account:
    """What a patient says of herself when she joins."""

    email: str
    password: str
    language: str
    needs_interpreter: bool


@transaction.atomic
def invite(*, practice: Practice, by: User, **person: Any) -> Invitation:
    """Invite one patient for 14 days: a card to print, and a mail when there is an address."""
    invitation = Invitation.objects.create(
        practice=practice,
        code=make_code(),
        expires_at=timezone.now() + VALID_FOR,
        invited_by=by,
        **person,
    )
    _mail(invitation)
    return invitation


def _mail(invitation: Invitation) -> None:
    """Write the mail for an invitation. Two taps at once ask for the same message, which is one."""
    if invitation.email:
        key = f"invitation:{invitation.pk}:{invitation.messages.count()}"
        enqueue(key=key, to=None, channel=Channel.EMAIL, invitation=invitation)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User) -> Invitation | None:
    """Send an open invitation again; its 14 days begin anew. For one that is void, make a new one.

    A mail that still waits is not doubled. Return None for one that was used.
    """
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if current.stage == "used":
        return None
    if current.stage != "open":
        return _invite_again(current, by)
    current.expires_at = timezone.now() + VALID_FOR
    current.save(update_fields=["expires_at"])
    if not current.messages.waiting().exists():
        _mail(current)
    return current


def _invite_again(old: Invitation, by: User) -> Invitation:
    """Return a new invitation for the same person, or the one somebody just made."""
    people = Invitation.objects.open(timezone.now()).filter(
        practice=old.practice_id, born_on=old.born_on
    )
    for other in people:
        if is_person(other, old.first_name, old.last_name, old.born_on):
            return other
    names = ["email", "first_name", "last_name", "born_on", "phone", "language", "due_date"]
    same = {name: getattr(old, name) for name in [*names, "dating_method"]}
    return invite(practice=old.practice, by=by, **same)


def withdraw_invitation(*, invitation: Invitation, by: User) -> bool:
    """Make an invitation void. Return False when it was used or withdrawn already."""
    unused = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    return bool(unused.update(withdrawn_at=timezone.now(), withdrawn_by=by))


@transaction.atomic
def import_invitations(
    *, rows: list[list[str]], practice: Practice, by: User
) -> list[Invitation] | None:
    """Invite everyone of a checked file. None when a line is wrong by now: then nothing is stored.

    The mails go out with the worker's next sweep: a thousand tasks would only keep others waiting.
    """
    # The same file confirmed twice: the second waits, and finds the first.
    Practice.objects.select_for_update().get(pk=practice.pk)
    result = store_rows(rows, practice, by)
    if result.has_errors() or result.has_validation_errors():
        return None
    invitations: list[Invitation] = [row.instance for row in result.rows]
    Message.objects.bulk_create(
        Message(key=f"invitation:{each.pk}:0", channel=Channel.EMAIL, invitation=each)
        for each in invitations
        if each.email
    )
    return invitations


def confirm_identity(
    *, invitation: Invitation, first_name: str, last_name: str, born_on: datetime.date
) -> bool:
    """Tell whether she is the person invited. A wrong answer is counted, and the fifth blocks the card.

    The try is taken before the answer is compared, so that many at once get no more than five.
    """
    same = Invitation.objects.filter(pk=invitation.pk)
    if not same.open(timezone.now()).update(wrong_tries=F("wrong_tries") + 1):
        return False
    if not is_person(invitation, first_name, last_name, born_on):
        return False
    same.update(wrong_tries=F("wrong_tries") - 1)
    return True


@transaction.atomic
def join(*, invitation: Invitation, account: Account) -> User | None:
    """Make the account, her consent and her pregnancy, and use the invitation, in one step.

    Return None when the invitation cannot be used any more: of two at once, one comes first.
    Raise IntegrityError when someone took the e-mail address meanwhile.
    """
    current = _locked(invitation)
    if current is None:
        return None
    patient = User(
        email=account.email,
        role=Role.PATIENT,
        practice=current.practice,
        first_name=current.first_name,
        last_name=current.last_name,
        born_on=current.born_on,
        phone=current.phone,
        language=account.language,
        needs_interpreter=account.needs_interpreter,
    )
    patient.set_password(account.password)
    patient.save()
    Pregnancy.objects.create(
        patient=patient,
        practice=current.practice,
        due_date=current.due_date,
        dating_method=current.dating_method,
    )
    _use(current, by=patient)
    return patient


@transaction.atomic
def join_again(*, invitation: Invitation, by: User) -> Pregnancy | None:
    """Begin a new pregnancy for a patient who has an account here, with what earlier ones mean for it.

    Return None when the invitation cannot be used, is not hers, or a pregnancy of hers still runs.
    """
    current = _locked(invitation)
    hers = current is not None and current.practice_id == by.practice_id
    if current is None or not hers or not _is_for(current, by):
        return None
    earlier = list(by.pregnancies.order_by("-ended_on").with_people())
    if earlier:
        known, proposed = risk_of(earlier[0], by)
        pregnancy = start_pregnancy(earlier=earlier[0], risks=known | proposed, by=by)
    else:
        pregnancy = Pregnancy.objects.create(patient=by, practice=current.practice)
    if pregnancy is None:
        return None
    pregnancy.due_date, pregnancy.dating_method = current.due_date, current.dating_method
    pregnancy.save(update_fields=["due_date", "dating_method"])
    _use(current, by=by)
    return pregnancy


def _is_for(invitation: Invitation, person: User) -> bool:
    return is_person(invitation, person.first_name, person.last_name, person.born_on)


def _locked(invitation: Invitation) -> Invitation | None:
    """Return the invitation if it can still be used, and keep it for this transaction."""
    still_open = Invitation.objects.select_for_update(of=("self",)).open(timezone.now())
    return still_open.select_related("practice").filter(pk=invitation.pk).first()


def _use(invitation: Invitation, by: User) -> None:
    """Note who used an invitation, and the very words she agreed to."""
    Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now(), used_by=by)
    Consent.objects.create(
        patient=by,
        practice=invitation.practice,
        version=CONSENT_VERSION,
        words="\n".join(consent_words(invitation.practice)),
    )
