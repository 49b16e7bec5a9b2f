"""A page costs the same number of queries for 10 patients and for 200, for 10 rows of a record and for 200."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from education.models import ChecklistItem
from tests.factories import due_date_at
from tests.test_access_table import POSTED, TABLE, arguments, browsers  # noqa: F401
from tracker.enums import MarkKind, Urgency
from tracker.models import (
    AccessLog,
    Alert,
    CervicalLength,
    ChecklistMark,
    DueDate,
    Invitation,
    Note,
    PatientQuestion,
    Pregnancy,
    SymptomReport,
    TeachBackAnswer,
)

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 200


def pages_of(role: str) -> list[str]:
    """Return the closed pages a role may open; the public ones list no patients."""
    return [
        name
        for name, answers in TABLE.items()
        if answers[role] == 200 and name not in POSTED and answers["anonymous"] != 200
    ]


def fill_practice(practice, by: User, numbers: range) -> None:
    """Add patients: each with a report, every second with an open alert, a scan, a tick and a question."""
    now, item = timezone.now(), ChecklistItem.objects.live().first()
    people = User.objects.bulk_create(
        User(
            email=f"many{number}@example.org",
            first_name="Lin",
            last_name=f"Q{number}",
            role=Role.PATIENT,
            practice=practice,
        )
        for number in numbers
    )
    due_date = due_date_at(practice, (18, 0))
    theirs = Pregnancy.objects.bulk_create(
        Pregnancy(patient=person, practice=practice, due_date=due_date) for person in people
    )
    alerts = Alert.objects.bulk_create(
        Alert(pregnancy=each, practice=practice, urgency=Urgency.URGENT, raised_at=now)
        for each in theirs[::2]
    )
    by_pregnancy = {alert.pregnancy_id: alert for alert in alerts}
    SymptomReport.objects.bulk_create(
        SymptomReport(
            pregnancy=each,
            alert=by_pregnancy.get(each.pk),
            symptoms=["BLEED_LIGHT"],
            urgency=Urgency.URGENT,
        )
        for each in theirs
    )
    fill_each(theirs, by, item, now)


def fill_each(theirs, by: User, item: ChecklistItem, now) -> None:
    """Give each pregnancy one row of what staff and patients write, and the practice open invitations."""
    day = theirs[0].practice.today()
    CervicalLength.objects.bulk_create(
        CervicalLength(
            pregnancy=each, measured_on=day, length_mm=22, gestational_days=126, recorded_by=by
        )
        for each in theirs
    )
    ChecklistMark.objects.bulk_create(
        ChecklistMark(pregnancy=each, item=item, kind=MarkKind.READ, made_by=each.patient)
        for each in theirs
    )
    PatientQuestion.objects.bulk_create(
        PatientQuestion(pregnancy=each, item=item, text="May I swim?") for each in theirs
    )
    Invitation.objects.bulk_create(
        Invitation(
            practice=each.practice,
            code=f"C{each.pk.hex[:9]}",
            first_name="Ada",
            last_name="Ito",
            born_on=day,
            invited_by=by,
            expires_at=now + timedelta(days=14),
        )
        for each in theirs
    )


def fill_record(pregnancy: Pregnancy, by: User, numbers: range) -> None:
    """Add rows to one record: reports, scans, notes, questions, answers, due dates and openings."""
    item = ChecklistItem.objects.live().first()
    hers = {"pregnancy": pregnancy}
    day = pregnancy.practice.today()
    SymptomReport.objects.bulk_create(
        SymptomReport(**hers, symptoms=["BACK_PAIN"], urgency=Urgency.CONTACT) for _ in numbers
    )
    CervicalLength.objects.bulk_create(
        CervicalLength(
            **hers, measured_on=day - timedelta(days=number + 1), length_mm=30, recorded_by=by
        )
        for number in numbers
    )
    Note.objects.bulk_create(Note(**hers, text="Called her.", recorded_by=by) for _ in numbers)
    PatientQuestion.objects.bulk_create(
        PatientQuestion(**hers, item=item, text="Why?") for _ in numbers
    )
    TeachBackAnswer.objects.bulk_create(
        TeachBackAnswer(**hers, item=item, asked="What now?", chosen="Wait", fits=False)
        for _ in numbers
    )
    DueDate.objects.bulk_create(
        DueDate(**hers, due_date=pregnancy.due_date, method="stated", accepted_by=by)
        for _ in numbers
    )
    AccessLog.objects.bulk_create(AccessLog(**hers, opened_by=by, page="chart") for _ in numbers)


@pytest.mark.parametrize("role", ["patient", "provider", "manager"])
def test_every_page_costs_the_same_for_few_and_for_many(
    role,
    browsers,
    arguments,
    practice,
    provider,
    stitched,
    pregnancy,
):
    def queries() -> dict[str, int]:
        return {
            name: count(browsers[role], reverse(name, args=arguments.get(name, [])))
            for name in pages_of(role)
        }

    for numbers in (range(FEW), range(FEW, MANY)):
        for record in (stitched, pregnancy):
            fill_record(record, provider, numbers)
        fill_practice(practice, provider, numbers)
        if numbers.start == 0:
            queries()  # what is read once and kept
            few = queries()
    many = queries()
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}


def count(browser, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200, address
    return len(captured)
