"""Which phone numbers a practice and a person may have: those a phone can dial."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts.models import Practice, User
from accounts.phones import dialable, validate_phone


@pytest.mark.parametrize(
    "number",
    [
        "(505) 555-0142",
        "505.555.0142",
        "(555) 555-0142",  # In no real area code: fictional people have such numbers.
        "5055550142",
        "+1 505 555 0142",
        "1-833-852-6262",
        "(505) 555-0142 ext. 12",
        "+44 20 7946 0018",
        "+52 55 1234 5678",
        "911",
        "988",
        "116123",
        " 911 ",
    ],
)
def test_a_number_that_can_be_dialed_is_accepted(number):
    assert dialable(number)
    validate_phone(number)


@pytest.mark.parametrize(
    "number",
    [
        "call me",
        "twelveletter",
        "12 letters",
        "505 555",
        "505 55",
        "555-0142",  # No area code: a cell phone cannot know which.
        "505 555 01421",
        "1-800-FLOWERS",
        "call 505 555 0142",
        "020 7946 0018",
        "+999 123 4567",
        "1",
        "12",
        "+",
        "()",
        "(505) 555-0142 / (505) 555-0143",
    ],
)
def test_a_number_that_can_never_be_dialed_is_refused_with_what_to_write(number):
    assert not dialable(number)
    with pytest.raises(ValidationError) as refused:
        validate_phone(number)
    assert number in refused.value.messages[0] and "(505) 555-0142" in refused.value.messages[0]


def test_a_number_is_judged_in_its_country():
    assert dialable("020 7946 0018", "GB") and not dialable("020 7946 0018", "US")


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["phone", "after_hours_phone", "hospital_phone"])
def test_a_practice_cannot_keep_a_number_that_is_not_one(practice, field):
    setattr(practice, field, "call me")
    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.django_db
def test_a_person_may_have_no_number_but_not_a_wrong_one(patient):
    patient.phone = ""
    patient.full_clean()
    patient.phone = "505 555"
    with pytest.raises(ValidationError, match="is not a number a phone can dial"):
        patient.full_clean()


@pytest.mark.django_db
def test_every_number_of_the_demonstration_can_be_dialed():
    call_command("seed_demo", stdout=StringIO())
    for place in Practice.objects.all():
        place.full_clean()
    for person in User.objects.exclude(phone=""):
        validate_phone(person.phone)
