"""Joining: one card, one person, one account; her consent in the very words she read."""

import datetime
import html
import threading

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Practice, Role, User
from tests.factories import InvitationFactory, PregnancyFactory, UserFactory, due_date_at
from tracker.actions import Account, join, join_again, withdraw_invitation
from tracker.invitations import CONSENT_VERSION
from tracker.models import Consent, Invitation, Pregnancy

ANA = {"first_name": "Ana", "last_name": "Ruiz", "born_on": "1996-04-30"}
ACCOUNT = {
    "email": "ana@example.org",
    "password": "green tea and a book",
    "password_again": "green tea and a book",
    "language": "es",
    "needs_interpreter": "on",
    "agree": "on",
}
CANNOT = "This code cannot be used. Ask your practice for a new one."


@pytest.fixture(autouse=True)
def no_wrong_codes_yet():
    cache.clear()


@pytest.fixture
def invitation(practice, provider):
    return InvitationFactory(
        practice=practice,
        invited_by=provider,
        email="ana@example.org",
        phone="(505) 555-0150",
        language="es",
        due_date=due_date_at(practice, (14, 3)),
    )


@pytest.fixture
def phone():
    return Client()


def address(invitation) -> str:
    return reverse("join", args=[invitation.code])


def says_who_she_is(browser, invitation, **changed):
    return browser.post(address(invitation), ANA | changed)


def joins(browser, invitation, **changed):
    says_who_she_is(browser, invitation)
    return browser.post(address(invitation), ACCOUNT | changed)


def read(response) -> str:
    return html.unescape(response.content.decode())


def test_she_joins_with_her_code_and_sees_her_week(phone, invitation):
    assert phone.post(reverse("enter_code"), {"code": invitation.code.lower()}).status_code == 302
    assert joins(phone, invitation)["Location"] == reverse("today")
    assert "14 weeks, 3 days" in read(phone.get(reverse("today")))
    ana = User.objects.get(email="ana@example.org")
    assert (ana.role, ana.practice, ana.language) == (Role.PATIENT, invitation.practice, "es")
    assert (str(ana), ana.phone, ana.needs_interpreter) == ("Ana Ruiz", "(505) 555-0150", True)
    assert ana.born_on == datetime.date(1996, 4, 30) and ana.check_password(ACCOUNT["password"])
    invitation.refresh_from_db()
    assert (invitation.stage, invitation.used_by) == ("used", ana)
    pregnancy = ana.pregnancies.get()
    assert (pregnancy.practice, pregnancy.due_date) == (invitation.practice, invitation.due_date)


def test_she_consents_to_the_very_words_she_read(phone, invitation):
    says_who_she_is(phone, invitation)
    page = read(phone.get(address(invitation)))
    phone.post(address(invitation), ACCOUNT)
    consent = Consent.objects.get()
    assert consent.version == CONSENT_VERSION and consent.patient.email == "ana@example.org"
    for words in consent.words.split("\n"):
        assert words in page
    assert "Juniper Street Care" in consent.words and "stop at any time" in consent.words
    assert "Nobody watches Cinta at all hours" in consent.words


def test_an_invitation_without_a_due_date_makes_a_pregnancy_without_one(phone, invitation):
    Invitation.objects.update(due_date=None)
    joins(phone, invitation)
    assert "Your week is not known yet" in read(phone.get(reverse("today")))


@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "  ANA ", "last_name": "ruíz"},
        {"first_name": "Áná", "last_name": "R U I Z"},
    ],
)
def test_case_accents_and_spaces_of_a_name_do_not_matter(phone, invitation, typed):
    assert says_who_she_is(phone, invitation, **typed).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "Anna"},
        {"last_name": "Ruis"},
        {"first_name": "Ruiz", "last_name": "Ana"},
        {"born_on": "1996-04-03"},
    ],
)
def test_given_name_family_name_and_birthday_must_all_be_right(phone, invitation, typed):
    page = read(says_who_she_is(phone, invitation, **typed))
    assert "This is not what your practice wrote down." in page and "Tries left: 4." in page
    assert f'value="{(ANA | typed)["first_name"]}"' in page
    invitation.refresh_from_db()
    assert invitation.wrong_tries == 1


def test_a_right_answer_costs_no_try(phone, invitation):
    says_who_she_is(phone, invitation)
    invitation.refresh_from_db()
    assert invitation.wrong_tries == 0


def test_the_fifth_wrong_answer_blocks_the_card_also_for_the_right_one(phone, invitation):
    for _try in range(4):
        says_who_she_is(phone, invitation, first_name="Eve")
    page = read(says_who_she_is(phone, invitation, first_name="Eve"))
    assert "This code was tried too often." in page and "(505) 555-0142" in page
    assert says_who_she_is(phone, invitation).status_code == 410
    assert joins(Client(), invitation).status_code == 410
    assert not User.objects.filter(role=Role.PATIENT).exists()


@pytest.mark.parametrize("field", ["first_name", "last_name", "born_on"])
def test_an_empty_field_is_no_wrong_try(phone, invitation, field):
    page = read(says_who_she_is(phone, invitation, **{field: ""}))
    assert "<title>Error:" in page and f"id_{field}_error" in page
    invitation.refresh_from_db()
    assert invitation.wrong_tries == 0


def test_her_email_is_shown_only_to_who_knows_her_name_and_birthday(phone, invitation):
    before = read(phone.get(address(invitation)))
    assert "ana@example.org" not in before and "Ruiz" not in before and "1996" not in before
    says_who_she_is(phone, invitation)
    assert 'value="ana@example.org"' in read(phone.get(address(invitation)))


def test_the_second_step_cannot_be_reached_without_the_first(phone, invitation):
    page = read(phone.post(address(invitation), ACCOUNT))
    assert "Step 1 of 2" in page and not User.objects.filter(role=Role.PATIENT).exists()


def test_knowing_one_person_opens_no_other_card(phone, invitation, practice, provider):
    other = InvitationFactory(practice=practice, invited_by=provider, first_name="Olga")
    says_who_she_is(phone, invitation)
    assert "Step 1 of 2" in read(phone.post(address(other), ACCOUNT))


@pytest.mark.parametrize(
    ("changed", "words", "field"),
    [
        ({"email": ""}, "Type your e-mail address.", "email"),
        ({"email": "ana"}, "This is not an e-mail address.", "email"),
        ({"password": "short", "password_again": "short"}, "at least 15 characters", "password"),
        (
            {"password": "ana@example.org1", "password_again": "ana@example.org1"},
            "too similar to the email address",
            "password",
        ),
        ({"password_again": "green tea and a bock"}, "are not the same", "password_again"),
        ({"language": "tlh"}, "Choose a language from the list.", "language"),
        ({"agree": ""}, "Tick this if you agree.", "agree"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_makes_nothing(
    phone, invitation, changed, words, field
):
    page = read(joins(phone, invitation, **changed))
    assert words in page and f"id_{field}_error" in page and "<title>Error:" in page
    assert ACCOUNT["password"] not in page
    assert not Consent.objects.exists() and not Pregnancy.objects.exists()
    assert Invitation.objects.get().stage == "open"


def test_an_email_that_signs_in_already_is_led_to_sign_in_and_back(phone, invitation):
    UserFactory(email="Ana@Example.org")
    page = read(joins(phone, invitation))
    assert "Someone signs in with this e-mail already. Is it you?" in page
    assert f'href="/accounts/login/?next={address(invitation)}"' in page
    assert Invitation.objects.get().stage == "open"


def account(email="ana@example.org") -> Account:
    return Account(email, ACCOUNT["password"], "en", needs_interpreter=False)


def test_an_email_taken_in_the_last_moment_leaves_the_card_unused(invitation):
    UserFactory(email="ana@example.org")
    with pytest.raises(IntegrityError):
        join(invitation=invitation, account=account())


def test_of_two_submits_the_second_makes_nothing(invitation):
    stale = Invitation.objects.get()
    assert join(invitation=invitation, account=account())
    assert join(invitation=stale, account=account("second@example.org")) is None
    assert User.objects.filter(role=Role.PATIENT).count() == Pregnancy.objects.count() == 1


@pytest.mark.parametrize("late", ["used", "withdrawn", "expired"])
def test_a_card_that_became_void_between_the_steps_makes_no_account(
    phone, invitation, provider, late
):
    says_who_she_is(phone, invitation)
    now = timezone.now()
    if late == "used":
        join(invitation=invitation, account=account("quick@example.org"))
    elif late == "withdrawn":
        withdraw_invitation(invitation=invitation, by=provider)
    else:
        Invitation.objects.update(expires_at=now)
    assert phone.post(address(invitation), ACCOUNT).status_code in (404, 410)
    assert not User.objects.filter(email="ana@example.org").exists()


def test_a_join_sent_twice_leads_her_in(phone, invitation):
    joins(phone, invitation)
    assert phone.post(address(invitation), ACCOUNT)["Location"] == reverse("start")
    assert User.objects.filter(role=Role.PATIENT).count() == 1


def test_unknown_and_withdrawn_codes_are_answered_alike(phone, invitation, provider):
    withdraw_invitation(invitation=invitation, by=provider)
    for code in (invitation.code, "BCDFGHJK", "-", "x" * 30):
        response = phone.get(reverse("join", args=[code]))
        page = read(response)
        assert response.status_code == 404 and CANNOT in page and "Juniper" not in page


def test_who_holds_a_used_or_old_card_is_told_what_to_do(phone, invitation):
    Invitation.objects.update(expires_at=timezone.now())
    response = phone.get(address(invitation))
    assert response.status_code == 410 and "This code is too old." in read(response)
    Invitation.objects.update(used_at=timezone.now(), used_by=invitation.invited_by)
    page = read(phone.get(address(invitation)))
    assert "This code was used already. If it was you, sign in." in page
    assert "Ana" not in page and "(505) 555-0142" in page


def test_codes_cannot_be_found_by_trying(phone, invitation):
    for _try in range(20):
        assert phone.get(reverse("join", args=["BCDFGHJK"])).status_code == 404
    response = phone.get(address(invitation))
    assert response.status_code == 429 and "Too many wrong codes" in read(response)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(address(invitation)).status_code == 200


def test_right_codes_are_never_too_many(phone, invitation):
    for _try in range(25):
        assert phone.get(address(invitation)).status_code == 200


def test_nothing_of_joining_is_kept_by_a_cache(phone, invitation):
    says_who_she_is(phone, invitation)
    for path in (reverse("enter_code"), address(invitation)):
        assert "no-store" in phone.get(path)["Cache-Control"]


def test_an_empty_code_is_asked_for_again(phone, db):
    page = read(phone.post(reverse("enter_code"), {"code": ""}))
    assert "Type the code from your card." in page and "<title>Error:" in page


@pytest.fixture
def again(practice, invitation):
    """Ana, who lost a pregnancy in week 20 here, and has an account from then."""
    ended = practice.today() - datetime.timedelta(weeks=20)
    earlier = PregnancyFactory(
        practice=practice,
        patient__first_name="Ana",
        patient__last_name="Ruiz",
        patient__born_on=datetime.date(1996, 4, 30),
        due_date=ended + datetime.timedelta(weeks=20),
        ended_on=ended,
        end="miscarriage",
        earlier_preterm_birth=True,
    )
    return earlier.patient


def test_with_an_account_she_starts_a_new_pregnancy_and_keeps_what_is_known(
    sign_in, again, invitation
):
    browser = sign_in(again)
    assert "your new pregnancy starts here" in read(browser.get(address(invitation)))
    page = read(browser.post(address(invitation), {}))
    assert "Tick this if you agree." in page
    response = browser.post(address(invitation), {"agree": "on"})
    new = again.pregnancies.current().get()
    assert response["Location"] == reverse("today") and new.due_date == invitation.due_date
    assert new.earlier_loss and new.earlier_preterm_birth
    assert again.consents.count() == 1
    invitation.refresh_from_db()
    assert (invitation.stage, invitation.used_by) == ("used", again)


def test_a_second_tap_starts_no_second_pregnancy(again, invitation):
    assert join_again(invitation=invitation, by=again)
    assert join_again(invitation=invitation, by=again) is None
    assert again.pregnancies.count() == 2


def test_who_has_a_pregnancy_running_needs_no_card(sign_in, again, invitation, practice):
    PregnancyFactory(practice=practice, patient=again)
    page = read(sign_in(again).post(address(invitation), {"agree": "on"}))
    assert "You are in Cinta already." in page
    assert join_again(invitation=invitation, by=again) is None
    assert Invitation.objects.get().stage == "open"


@pytest.mark.parametrize("who", ["patient", "provider", "outsider"])
def test_a_card_of_someone_else_stays_hers(who, request, sign_in, invitation):
    person = request.getfixturevalue(who)
    page = read(sign_in(person).post(address(invitation), {"agree": "on"} | ANA))
    assert "This card is for someone else, or for another practice." in page
    assert Invitation.objects.get().stage == "open"


def test_a_patient_of_another_practice_cannot_carry_her_account_over(sign_in, again, invitation):
    elsewhere = UserFactory()
    User.objects.filter(pk=again.pk).update(practice=elsewhere.practice)
    again.refresh_from_db()
    assert "for another practice" in read(sign_in(again).get(address(invitation)))
    assert join_again(invitation=invitation, by=again) is None


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """An invitation that other threads see. Gone afterwards."""
    with django_db_blocker.unblock():
        invitation = InvitationFactory()
        yield invitation
        Consent.objects.all().delete()
        Pregnancy.objects.all().delete()
        Invitation.objects.all().delete()
        User.objects.filter(practice=invitation.practice).delete()
        Practice.objects.filter(pk=invitation.practice_id).delete()


def test_two_joins_at_the_same_moment_make_one_account(committed):
    start, made = threading.Barrier(2), []

    def submit(number):
        start.wait()
        while True:
            try:
                made.append(join(invitation=committed, account=account(f"{number}@example.org")))
            except OperationalError:
                continue  # SQLite in memory does not wait for the other one.
            connection.close()
            return

    threads = [threading.Thread(target=submit, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [bool(each) for each in sorted(made, key=bool)] == [False, True]
    assert Pregnancy.objects.filter(practice=committed.practice_id).count() == 1
