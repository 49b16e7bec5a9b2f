"""Colleagues and the on-call order: invited, changed, gone and back; and what becomes of what they had in hand."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ChangeSubject, PracticeChange, Role, User
from tests.factories import UserFactory, put_on_call
from tests.mailbox import plain
from tracker.actions import acknowledge_alert, deactivate, report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import AlertEventKind, Urgency
from tracker.models import Alert, Message, PushSubscription

pytestmark = pytest.mark.django_db
STAFF, INVITE, ON_CALL = reverse("staff"), reverse("invite_staff"), reverse("on_call")
NEW = {
    "first_name": "Rosa",
    "last_name": "Vega",
    "email": "rosa@example.org",
    "role": "provider",
    "title": "MD",
    "phone": "(505) 555-0150",
}


@pytest.fixture
def desk(manager, sign_in):
    return sign_in(manager)


def press(desk, do: str, person: User, **more):
    return desk.post(STAFF, {"do": do, "person": person.pk} | more)


def change(desk, person: User, **changes):
    """Post the form of one colleague with a few fields typed anew."""
    names = ("first_name", "last_name", "role", "title", "phone")
    typed = {name: getattr(person, name) for name in names} | changes
    return press(desk, "change", person, **{f"c{person.pk}-{k}": v for k, v in typed.items()})


@pytest.fixture
def alert(pregnancy, provider):
    """An alert that Ellen took, and nobody else."""
    report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=["BLEED_HEAVY"],
        assessment=Assessment(Urgency.EMERGENCY, ()),
        by=pregnancy.patient,
    )
    alert = Alert.objects.get()
    acknowledge_alert(alert=alert, by=provider)
    return alert


def test_a_colleague_sets_her_password_by_the_link_she_was_mailed(desk, practice, mailbox):
    desk.post(INVITE, NEW)
    rosa = User.objects.get(email="rosa@example.org")
    assert (rosa.practice, rosa.role, rosa.has_usable_password()) == (practice, "provider", False)
    assert "Has not signed in yet." in desk.get(STAFF).content.decode()
    body = plain(mailbox.arrived[0])
    link = next(word for word in body.split() if "/password/reset/key/" in word)
    browser = Client()
    form = browser.get("/" + link.split("/", 3)[3]).url
    password = "a brand new long password"
    browser.post(form, {"password1": password, "password2": password})
    signed_in = Client().post(reverse("account_login"), {"login": rosa.email, "password": password})
    assert signed_in.status_code == 302


def test_a_link_that_could_not_be_sent_is_said_and_can_be_sent_again(desk, mailbox):
    mailbox.answers["RCPT"] = ["550 no such person"]
    page = desk.post(INVITE, NEW, follow=True).content.decode()
    assert "could not be sent" in page
    assert PracticeChange.objects.filter(subject=ChangeSubject.LINK_FAILED).count() == 1
    page = press(desk, "send", User.objects.get(email=NEW["email"])).url
    assert len(mailbox.arrived) == 1 and "Link sent" in desk.get(page).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "PROVIDER@example.org", "Someone already signs in with this e-mail"),
        ("email", "rosa at home", "This is not an e-mail address"),
        ("role", "editor", "Choose one of the two"),
        ("role", "patient", "Choose one of the two"),
        ("phone", "12", "not a number a phone can dial"),
        ("first_name", "", "Write the first name."),
    ],
)
def test_a_wrong_invitation_is_refused_beside_the_field_and_kept(
    desk, provider, mailbox, field, value, words
):
    page = desk.post(INVITE, NEW | {field: value}).content.decode()

    assert "<title>Error:" in page and words in page and f'id="id_{field}_error"' in page
    assert 'value="Vega"' in page and (field == "role" or not value or f'value="{value}"' in page)
    assert not User.objects.filter(last_name="Vega").exists() and not mailbox.arrived


def test_who_leaves_loses_access_with_the_next_request(desk, provider, sign_in, pregnancy):
    hers = sign_in(provider)
    assert hers.get(pregnancy.get_absolute_url()).status_code == 200
    press(desk, "deactivate", provider)
    assert hers.get(pregnancy.get_absolute_url()).status_code == 302
    press(desk, "reactivate", provider)
    provider.refresh_from_db()
    assert provider.is_active


def test_who_leaves_leaves_no_turn_no_lead_and_no_browser(desk, practice, provider, colleague):
    put_on_call(practice, provider, colleague)
    practice.lead = provider
    practice.save()
    PushSubscription.objects.create(
        user=provider, endpoint="https://push.example/1", p256dh="a", auth="b"
    )
    press(desk, "deactivate", provider)
    practice.refresh_from_db()
    assert practice.on_call_order() == [colleague] and practice.lead is None
    assert practice.on_call.count() == 1 and not PushSubscription.objects.exists()
    subjects = set(PracticeChange.objects.values_list("subject", flat=True))
    assert subjects == {"staff", "on_call", "settings"}


@pytest.mark.parametrize("way", ["deactivated", "made a manager"])
def test_an_alert_only_she_had_begins_its_telling_anew(desk, alert, provider, colleague, way):
    told = Message.objects.filter(alert=alert, to=colleague).count()
    if way == "deactivated":
        press(desk, "deactivate", provider)
    else:
        change(desk, provider, role="manager")
    alert.refresh_from_db()
    assert alert.acknowledged_at is None and alert.round == 2
    assert Message.objects.filter(alert=alert, to=colleague).count() > told
    left = alert.events.get(kind=AlertEventKind.LEFT)
    assert left.note == provider.signature and alert.events.filter(
        kind=AlertEventKind.ACKNOWLEDGED, by=provider
    )


def test_alerts_of_others_stay_with_them(desk, alert, colleague):
    press(desk, "deactivate", colleague)
    alert.refresh_from_db()
    assert alert.acknowledged_at and alert.round == 1


def test_a_manager_cannot_deactivate_herself_nor_give_up_her_role(desk, manager):
    page = desk.post(STAFF, {"do": "deactivate", "person": manager.pk}, follow=True)
    assert "You cannot deactivate yourself" in page.content.decode()
    page = change(desk, manager, role="provider").content.decode()
    assert "You cannot change your own role" in page and "<title>Error:" in page
    manager.refresh_from_db()
    assert manager.is_active and manager.role == Role.MANAGER


def test_two_managers_who_deactivate_each_other_leave_one(practice, manager):
    other = UserFactory(manager=True, practice=practice)
    assert deactivate(person=other, by=manager)
    assert not deactivate(person=manager, by=other), "she was let go meanwhile"
    assert practice.people.filter(role=Role.MANAGER, is_active=True).get() == manager


def test_a_refused_change_is_shown_beside_its_field_and_kept(desk, provider):
    page = change(desk, provider, title="FNP", phone="12").content.decode()
    assert f'id="id_c{provider.pk}-phone_error"' in page and 'value="FNP"' in page
    assert "<details open>" in page and "Ellen Park, CNM" in page
    provider.refresh_from_db()
    assert provider.title == "CNM"


def test_a_role_outside_the_practice_is_refused(desk, provider):
    page = change(desk, provider, role="editor").content.decode()
    assert "Choose one of the two" in page
    provider.refresh_from_db()
    assert provider.role == Role.PROVIDER


def test_staff_of_another_practice_and_patients_are_out_of_reach(desk, outsider, patient):
    page = desk.get(STAFF).content.decode()
    assert outsider.email not in page and patient.email not in page
    for person in (outsider, patient):
        for do in ("deactivate", "reactivate", "send"):
            assert press(desk, do, person).status_code == 404
        assert change(desk, person, title="MD").status_code == 404
        person.refresh_from_db()
        assert person.is_active and person.title != "MD"
    for junk in ("", "x", "9" * 40):
        assert desk.post(STAFF, {"do": "deactivate", "person": junk}).status_code == 404


def test_the_list_of_staff_costs_the_same_for_few_and_for_many(
    desk, practice, django_assert_max_num_queries
):
    UserFactory.create_batch(3, provider=True, practice=practice)
    with django_assert_max_num_queries(10):
        desk.get(STAFF)
    UserFactory.create_batch(40, provider=True, practice=practice)
    with django_assert_max_num_queries(10):
        desk.get(STAFF)


def order(practice) -> list[str]:
    return [turn.person.first_name for turn in practice.on_call.all()]


def test_the_order_is_moved_with_buttons_and_listed(desk, practice, provider, colleague):
    for person in (provider, colleague):
        desk.post(ON_CALL, {"do": "add", "who": person.pk})
    assert order(practice) == ["Ellen", "Kofi"]
    desk.post(ON_CALL, {"do": "up", "person": colleague.pk})
    assert order(practice) == ["Kofi", "Ellen"]
    desk.post(ON_CALL, {"do": "up", "person": colleague.pk})
    desk.post(ON_CALL, {"do": "down", "person": colleague.pk})
    assert order(practice) == ["Ellen", "Kofi"]
    desk.post(ON_CALL, {"do": "remove", "person": provider.pk})
    assert order(practice) == ["Kofi"]
    assert PracticeChange.objects.filter(subject=ChangeSubject.ON_CALL).count() == 5


def test_someone_on_call_twice_a_manager_and_a_stranger_are_refused(
    desk, practice, provider, manager, outsider
):
    put_on_call(practice, provider)
    page = desk.post(ON_CALL, {"do": "add", "who": provider.pk}).content.decode()
    assert "Ellen Park, CNM is on call already" in page and 'id="id_who_error"' in page
    for person in (manager, outsider):
        page = desk.post(ON_CALL, {"do": "add", "who": person.pk}).content.decode()
        assert "Choose an active provider of this practice." in page
    assert order(practice) == ["Ellen"]


def test_the_page_says_who_would_be_told_when(desk, practice, provider, colleague):
    put_on_call(practice, colleague, provider)
    page = " ".join(desk.get(ON_CALL).content.decode().split())
    assert "At once:</b> Kofi Osei, MD" in page
    assert "After 5 minutes" in page and "After 4 opening hours" in page
    assert "Then every 15 minutes, until someone reads it" in page


def test_an_empty_order_says_what_happens(desk, practice, provider):
    assert "the only provider of the practice" in desk.get(ON_CALL).content.decode()
    practice.lead = provider
    practice.save()
    assert "Every alert goes to the lead, Ellen Park, CNM" in desk.get(ON_CALL).content.decode()
    User.objects.filter(pk=provider.pk).update(is_active=False)
    assert "Nobody can be told of an alert" in desk.get(ON_CALL).content.decode()


def test_the_order_of_another_practice_is_neither_shown_nor_moved(desk, outsider):
    theirs = UserFactory(provider=True, practice=outsider.practice, first_name="Dana")
    put_on_call(outsider.practice, outsider, theirs)
    desk.post(ON_CALL, {"do": "up", "person": theirs.pk})
    assert order(outsider.practice) == ["Ellen", "Dana"]
    assert "Dana" not in desk.get(ON_CALL).content.decode()


@pytest.mark.parametrize("page", [STAFF, INVITE, ON_CALL])
def test_only_a_manager_changes_people(provider, patient, sign_in, page):
    for person in (provider, patient):
        assert sign_in(person).post(page, NEW).status_code == 403
    assert not PracticeChange.objects.exists()
