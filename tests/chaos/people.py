"""Fictional practices and patients with open sessions, for a site that is to be hurt."""

import json
import os
from datetime import timedelta
from itertools import cycle

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import OnCall, Practice, Role, User
from tests.factories import due_date_at
from tests.site import Site
from tracker.models import Pregnancy

PRACTICES, ON_CALL = 5, 3


def arrive(site: Site, patients: int) -> dict[str, list[list[str]]]:
    """Put people into a site's database. Return [pregnancy, session] of each patient, [session] of staff."""
    make = f"from tests.chaos.people import make; make({patients})"
    return json.loads(site.manage("shell", "--no-imports", "-c", make))


def make(patients: int) -> None:
    """Write everyone with few statements. Runs inside the site, never on the tests' own database."""
    practices = Practice.objects.bulk_create(
        Practice(name=f"Practice {number}", phone="(505) 555-0142") for number in range(PRACTICES)
    )
    staff = [
        _person(f"staff{place}.{practice.pk}@example.org", practice, Role.PROVIDER)
        for practice in practices
        for place in range(ON_CALL)
    ]
    women = [
        _person(f"patient{number}@example.org", practice, Role.PATIENT)
        for number, practice in zip(range(patients), cycle(practices), strict=False)
    ]
    User.objects.bulk_create([*staff, *women])
    OnCall.objects.bulk_create(
        OnCall(practice=person.practice, person=person, position=number % ON_CALL + 1)
        for number, person in enumerate(staff)
    )
    pregnancies = Pregnancy.objects.bulk_create(
        Pregnancy(
            patient=each, practice=each.practice, due_date=due_date_at(each.practice, (18, 0))
        )
        for each in women
    )
    sessions = _open_sessions([*staff, *women])
    told = {
        "staff": [[sessions[each.pk]] for each in staff],
        "patients": [[str(each.pk), sessions[each.patient_id]] for each in pregnancies],
    }
    print(json.dumps(told))  # noqa: T201


def _person(email: str, practice: Practice, role: Role) -> User:
    return User(email=email, practice=practice, role=role, first_name="Ana", password="!")


def _open_sessions(people: list[User]) -> dict[int, str]:
    """Sign everyone in without a page. Return the key of each person's session."""
    keys = {person.pk: os.urandom(16).hex() for person in people}
    store, end = SessionStore(), timezone.now() + timedelta(days=1)
    Session.objects.bulk_create(
        Session(
            session_key=keys[person.pk],
            expire_date=end,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: "accounts.backends.EmailBackend",
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
        )
        for person in people
    )
    return keys
