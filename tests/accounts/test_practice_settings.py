"""The settings of a practice: who may change them, what is refused, and what patients see afterwards."""

import pytest
from django.urls import reverse

from accounts.forms import PracticeForm
from accounts.models import PracticeChange, Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("practice")


@pytest.fixture
def desk(manager, sign_in):
    """The manager's browser."""
    return sign_in(manager)


def typed(practice, **changes) -> dict:
    """Return the form as the page shows it, with a few fields typed anew."""
    fields = {name: getattr(practice, name) for name in PracticeForm.Meta.fields}
    fields |= {"strict_reading": "on" if practice.strict_reading else "", "lead": practice.lead_id}
    return {name: value or "" for name, value in (fields | changes).items()}


def test_patients_see_a_new_number_with_their_next_page(desk, practice, patient, sign_in):
    phone = sign_in(patient)
    assert "(505) 555-0142" in phone.get(reverse("warning_signs")).content.decode()
    kept = phone.cookies["numbers"].value
    desk.post(PAGE, typed(practice, phone="(505) 555-0199", sure="on"))
    page = phone.get(reverse("warning_signs")).content.decode()
    assert "(505) 555-0199" in page and "(505) 555-0142" not in page
    assert phone.cookies["numbers"].value != kept


def test_a_change_is_listed_with_who_when_before_and_after(desk, practice, manager):
    desk.post(PAGE, typed(practice, hospital_name="Mesa General"))
    change = PracticeChange.objects.get()
    assert (change.by, change.practice) == (manager, practice)
    assert change.lines == [("Hospital", "St. Brigid Hospital", "Mesa General")]
    page = desk.get(PAGE).content.decode()
    assert "Mesa General" in page and f"By {manager.signature}" in page


def test_nothing_different_leaves_no_row(desk, practice):
    assert desk.post(PAGE, typed(practice)).status_code == 302
    assert not PracticeChange.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "555-0142", "not a number a phone can dial"),
        ("phone", "call us", "not a number a phone can dial"),
        ("phone", "", "patients need it"),
        ("emergency_number", "help", "not a number a phone can dial"),
        ("crisis_number", "12", "not a number a phone can dial"),
        ("time_zone", "Mars/Olympus", "is not a time zone"),
        ("country", "XX", "two letters of a country"),
        ("name", "", "Fill this in"),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(desk, practice, field, value, words):
    page = desk.post(PAGE, typed(practice, **{field: value, "sure": "on"})).content.decode()
    assert "<title>Error:" in page and words in page and f'id="id_{field}_error"' in page
    assert f'value="{value}"' in page or not value
    practice.refresh_from_db()
    assert getattr(practice, field) != value and not PracticeChange.objects.exists()


def test_a_refused_number_does_not_reach_the_rest_of_the_page(desk, practice):
    page = desk.post(PAGE, typed(practice, name="", phone="nonsense")).content.decode()
    assert "<h1>Juniper Street Care</h1>" in page


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("phone", "(505) 555-0199", "Patients of this practice are given this number"),
        ("emergency_number", "112", "Every “go to the hospital” page shows this number"),
        ("time_zone", "Europe/Berlin", "Weeks may shift by a day"),
        ("country", "MX", "follow the country"),
        ("strict_reading", "on", "Never advice below the rules"),
    ],
)
def test_what_could_harm_is_asked_about_once_more(desk, practice, field, value, why):
    before = getattr(practice, field)
    page = desk.post(PAGE, typed(practice, **{field: value})).content.decode()
    practice.refresh_from_db()
    assert why in page and "tick this box" in page and getattr(practice, field) == before
    assert desk.post(PAGE, typed(practice, **{field: value, "sure": "on"})).status_code == 302
    practice.refresh_from_db()
    assert getattr(practice, field) != before


def test_the_lead_is_a_provider_of_this_practice(desk, practice, provider, outsider, manager):
    for wrong in (outsider, manager):
        page = desk.post(PAGE, typed(practice, lead=wrong.pk)).content.decode()
        assert 'id="id_lead_error"' in page
    desk.post(PAGE, typed(practice, lead=provider.pk))
    practice.refresh_from_db()
    assert practice.lead == provider


def test_a_provider_and_a_patient_change_nothing(practice, provider, patient, sign_in):
    for person in (provider, patient):
        answer = sign_in(person).post(PAGE, typed(practice, name="Ours"))
        assert answer.status_code == 403
    practice.refresh_from_db()
    assert practice.name == "Juniper Street Care"


def test_another_practice_is_neither_shown_nor_changed(practice, sign_in):
    other = UserFactory(manager=True)
    browser = sign_in(other)
    PracticeChange.objects.create(practice=practice, subject="settings", by=UserFactory())
    browser.post(PAGE, typed(other.practice, name="Mesa"))
    practice.refresh_from_db()
    assert practice.name == "Juniper Street Care"
    assert "Juniper" not in browser.get(PAGE).content.decode()


def test_an_operator_of_no_practice_is_sent_to_the_lessons(sign_in):
    operator = UserFactory(role=Role.MANAGER, practice=None, is_staff=True, is_superuser=True)
    browser = sign_in(operator)
    assert browser.get("/").url == reverse("library")
    for name in ("practice", "opening_hours", "holidays", "on_call", "staff", "figures"):
        assert browser.get(reverse(name)).status_code == 403
    assert browser.get(reverse("library")).status_code == 200


def test_a_manager_starts_at_her_practice(desk):
    assert desk.get("/").url == PAGE
