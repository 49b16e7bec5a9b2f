from accounts.models import ChangeSubject, Practice, PracticeChange, User


def note_change(
    *,
    practice: Practice,
    subject: ChangeSubject,
    by: User,
    before: dict[str, str],
    after: dict[str, str],
    person: User | None = None,
) -> bool:
    """Write one change in the caller's transaction: only what differs. Return False when nothing does."""
    names = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    if not names:
        return False
    PracticeChange.objects.create(
        practice=practice,
        subject=subject,
        by=by,
        person=person,
        before={name: before.get(name, "") for name in names},
        after={name: after.get(name, "") for name in names},
    )
    return True
