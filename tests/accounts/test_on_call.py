"""Who is told first, second and third, and who leads, at a practice and in the demonstration."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import OnCall, Practice, Role, User
from tests.factories import PracticeFactory, UserFactory, put_on_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def third(practice):
    return UserFactory(provider=True, practice=practice)


@pytest.fixture
def operator():
    """Someone who keeps the machine and belongs to no practice."""
    return UserFactory(role=Role.MANAGER, practice=None, is_staff=True, is_superuser=True)


def test_the_order_is_first_second_third_and_numbers_may_leave_gaps(practice, provider, colleague):
    third = UserFactory(provider=True, practice=practice)
    practice.on_call.create(person=third, position=7)
    practice.on_call.create(person=colleague, position=1)
    practice.on_call.create(person=provider, position=3)
    assert practice.on_call_order() == [colleague, provider, third]


def test_a_practice_with_nobody_on_call_has_an_empty_order(practice, provider):
    put_on_call(PracticeFactory(), provider)
    assert practice.on_call_order() == []


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"role": Role.EDITOR}, {"role": Role.PATIENT}, {"practice": "other"}],
)
def test_someone_who_left_is_passed_over_and_the_next_moves_up(
    practice, provider, colleague, third, change
):
    put_on_call(practice, provider, colleague, third)
    if "practice" in change:
        change = {"practice": PracticeFactory()}
    User.objects.filter(pk=colleague.pk).update(**change)
    assert practice.on_call_order() == [provider, third]
    assert practice.on_call.count() == 3, "Her place is hers again when she returns"


def test_the_order_costs_one_query(practice, provider, colleague, third, django_assert_num_queries):
    put_on_call(practice, provider, colleague, third)
    with django_assert_num_queries(1):
        assert len(practice.on_call_order()) == 3


def test_a_position_has_one_person_and_a_person_one_position(practice, provider, colleague):
    put_on_call(practice, provider)
    for person, position in [(colleague, 1), (provider, 2)]:
        with pytest.raises(ValidationError, match="position"):
            OnCall(practice=practice, person=person, position=position).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            practice.on_call.create(person=person, position=position)


def test_positions_begin_at_1(practice, provider):
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        OnCall(practice=practice, person=provider, position=0).full_clean()


def test_providers_of_the_practice_may_be_on_call(practice, provider):
    OnCall(practice=practice, person=provider, position=1).full_clean()


def strangers(practice: Practice) -> dict[str, User]:
    """Return people who must not be told of this practice's alerts."""
    return {
        "patient": UserFactory(practice=practice),
        "a manager, who may not open a chart": UserFactory(manager=True, practice=practice),
        "editor": UserFactory(editor=True),
        "gone": UserFactory(provider=True, practice=practice, is_active=False),
        "of another practice": UserFactory(provider=True),
        "of no practice": UserFactory(role=Role.MANAGER, practice=None),
    }


@pytest.mark.parametrize(
    "who",
    [
        "patient",
        "a manager, who may not open a chart",
        "editor",
        "gone",
        "of another practice",
        "of no practice",
    ],
)
def test_nobody_else_may_be_on_call_or_lead(practice, who):
    person = strangers(practice)[who]
    with pytest.raises(ValidationError) as refused:
        OnCall(practice=practice, person=person, position=1).clean()
    assert f"{person} is not an active provider" in refused.value.messages[0]
    practice.lead = person
    with pytest.raises(ValidationError) as refused:
        practice.clean()
    assert list(refused.value.message_dict) == ["lead"]
    assert practice.present_lead() is None


def test_a_lead_of_the_practice_is_accepted(practice, provider):
    practice.lead = provider
    practice.full_clean()
    assert practice.present_lead() == provider


def test_the_lead_may_be_deleted_and_the_practice_stays(practice, provider):
    practice.lead = provider
    practice.save()
    provider.delete()
    practice.refresh_from_db()
    assert practice.lead is None and practice.present_lead() is None


def test_operators_set_hours_holidays_order_and_lead_on_one_page(
    practice, provider, patient, operator, sign_in
):
    browser = sign_in(operator)
    address = reverse("admin:accounts_practice_change", args=[practice.pk])
    page = browser.get(address).context["adminform"].form
    assert provider in page.fields["lead"].queryset
    assert patient not in page.fields["lead"].queryset
    response = browser.post(address, page.initial | inlines(provider) | {"lead": provider.pk})
    assert response.status_code == 302
    practice.refresh_from_db()
    assert practice.lead == provider and practice.on_call_order() == [provider]
    assert practice.holidays.get().name == "Christmas"


def test_operators_are_told_when_someone_cannot_be_on_call(practice, outsider, operator, sign_in):
    address = reverse("admin:accounts_practice_change", args=[practice.pk])
    browser = sign_in(operator)
    form = browser.get(address).context["adminform"].form
    fields = {name: value for name, value in form.initial.items() if value is not None}
    response = browser.post(address, fields | inlines(outsider))
    assert "is not an active provider of this practice" in response.content.decode()
    assert not practice.on_call.exists()


def inlines(person: User) -> dict:
    """Return what the operators' page posts: no hours, one holiday, one person on call."""
    counts = {"opening_hours": 0, "holidays": 1, "on_call": 1}
    return {
        f"{name}-{key}": value
        for name, total in counts.items()
        for key, value in {"TOTAL_FORMS": total, "INITIAL_FORMS": 0}.items()
    } | {
        "holidays-0-day": "2026-12-25",
        "holidays-0-name": "Christmas",
        "on_call-0-person": person.pk,
        "on_call-0-position": 1,
    }


def seed() -> None:
    call_command("seed_demo", stdout=StringIO())


def told_at(name: str) -> tuple[list[str], str | None]:
    """Return the e-mail addresses of who is on call at a practice, and of its lead."""
    place = Practice.objects.get(name=name)
    return [each.email for each in place.on_call_order()], place.lead and place.lead.email


JUNIPER, MESA = "Juniper Street Care", "Mesa Women’s Clinic"


def test_the_demonstration_says_who_is_on_call():
    seed()
    seed()
    assert told_at(JUNIPER) == (
        ["oncall@example.com", "provider@example.com"],
        "provider@example.com",
    )
    assert told_at(MESA) == (["other.provider@example.com"], None)


def test_the_demonstration_keeps_an_order_changed_by_hand():
    seed()
    juniper = Practice.objects.get(name=JUNIPER)
    juniper.on_call.filter(position=1).delete()
    Practice.objects.filter(name=JUNIPER).update(lead=None)
    OnCall.objects.filter(practice__name=MESA).delete()
    seed()
    assert told_at(JUNIPER) == (["provider@example.com"], None)
    assert told_at(MESA) == ([], None)


def test_the_demonstration_can_be_made_again_after_a_practice_was_renamed():
    seed()
    Practice.objects.filter(name=JUNIPER).update(name="Juniper Street")
    seed()
    assert told_at("Juniper Street")[0] == ["oncall@example.com", "provider@example.com"]
