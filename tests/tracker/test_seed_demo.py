"""The fictional people: the ones of the contract, the same week every day."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tracker.actions import end_pregnancy
from tracker.enums import DatingMethod, PregnancyEnd
from tracker.models import Pregnancy

pytestmark = pytest.mark.django_db
WEEKS = {
    "marisol": "16w3d",
    "hannah": "18w0d",
    "aisha": "11w0d",
    "sofia": "36w1d",
    "denise": "22w5d",
    "tamika": "21w1d",
}


def seed() -> None:
    call_command("seed_demo", stdout=StringIO())


def weeks() -> dict[str, str]:
    people = Pregnancy.objects.with_people()
    return {each.patient.email.partition("@")[0]: str(each.age) for each in people}


def test_everyone_has_the_week_of_her_story_today_and_in_a_month():
    seed()
    assert weeks() == WEEKS
    with time_machine.travel(timezone.now() + datetime.timedelta(days=30)):
        seed()
        assert weeks() == WEEKS


def test_seeding_again_keeps_people_and_what_they_reported(sign_in):
    seed()
    hannah = User.objects.get(email="hannah@example.com")
    sign_in(hannah).post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
    seed()
    assert User.objects.filter(email__endswith="@example.com").count() == 12
    assert Pregnancy.objects.get(patient=hannah).reports.count() == 1


def test_a_scan_someone_recorded_meanwhile_stops_no_seeding():
    seed()
    hannah = Pregnancy.objects.get(patient__email="hannah@example.com")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    last = hannah.cervical_lengths.get()
    hannah.cervical_lengths.create(
        measured_on=last.measured_on + datetime.timedelta(days=1),
        length_mm=30,
        recorded_by=last.recorded_by,
    )
    with time_machine.travel(tomorrow):
        seed()
    assert hannah.cervical_lengths.count() == 2


def test_everyone_signs_in_with_the_demonstration_password(client):
    seed()
    for user in User.objects.filter(email__endswith="@example.com"):
        assert client.login(email=user.email, password="cinta-demo-only") or client.login(
            username=user.email, password="cinta-demo-only"
        )


def test_tamika_belongs_to_another_practice_than_ellen(sign_in):
    seed()
    tamika = Pregnancy.objects.get(patient__email="tamika@example.com")
    ellen = sign_in(User.objects.get(email="provider@example.com"))
    assert ellen.get(tamika.get_absolute_url()).status_code == 404


def test_everyone_but_hannah_is_at_risk():
    seed()
    risks = {
        each.patient.first_name for each in Pregnancy.objects.with_people() if each.is_high_risk
    }
    assert risks == {"Marisol", "Aisha", "Sofia", "Denise", "Tamika"}


def test_seeding_again_keeps_an_end_and_a_due_date_that_someone_recorded():
    seed()
    hannah, sofia = (
        Pregnancy.objects.get(patient__email=f"{name}@example.com") for name in ("hannah", "sofia")
    )
    day = hannah.practice.today()
    end_pregnancy(pregnancy=hannah, kind=PregnancyEnd.MOVED, ended_on=day, by=hannah.patient)
    provider = User.objects.get(email="provider@example.com")
    sofia.due_dates.create(due_date=day, method=DatingMethod.STATED, accepted_by=provider)
    Pregnancy.objects.filter(pk=sofia.pk).update(due_date=day)
    seed()
    assert hannah.patient.pregnancies.get().end == PregnancyEnd.MOVED
    assert sofia.patient.pregnancies.get().due_date == day
