"""Inviting: a code for one use in 14 days, on a card and by e-mail, for this practice alone."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import InvitationFactory, UserFactory
from tests.mailbox import plain
from tracker.actions import invite, resend_invitation, withdraw_invitation
from tracker.codes import ALPHABET, grouped, make_code, read_code
from tracker.enums import MessageState
from tracker.models import Invitation, Message
from tracker.outbox import deliver_due

ANA = {
    "first_name": "Ana",
    "last_name": "Ruiz",
    "born_on": "1996-04-30",
    "language": "es",
    "dating_method": "stated",
}


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def invitation(practice, provider):
    return InvitationFactory(practice=practice, invited_by=provider, email="ana@example.org")


def sent_form(browser, **changed):
    return browser.post(reverse("invite"), ANA | changed)


def test_a_code_has_no_look_alikes_and_spells_nothing():
    assert not set(ALPHABET) & set("0O1IL" + "AEIOU") and len(make_code()) == 8
    for pair in ("5S", "2Z", "8B", "6G"):
        assert len(set(ALPHABET) & set(pair)) == 1


@pytest.mark.parametrize("typed", ["bcdf-2345", " BCDF 2345 ", "b c d f 2 3 4 5", "BCDF–Z34S"])
def test_a_code_may_be_typed_as_people_type(typed):
    assert read_code(typed) == "BCDF2345"


def test_a_code_is_printed_in_groups():
    assert grouped("BCDF2345") == "BCDF-2345"


@pytest.mark.parametrize("who", ["provider", "manager"])
def test_an_invitation_lasts_14_days_and_leads_to_its_card(who, request, sign_in):
    person = request.getfixturevalue(who)
    response = sent_form(sign_in(person), due_date="")
    made = Invitation.objects.get()
    assert response["Location"] == reverse("invitation_card", args=[made.pk])
    assert made.expires_at - timezone.now() > datetime.timedelta(days=13, hours=23)
    assert (made.practice, made.invited_by, made.stage) == (person.practice, person, "open")


def test_an_invitation_goes_out_by_mail_with_its_link_and_without_her_name(mailbox, ellen):
    sent_form(ellen, email="ana@example.org")
    deliver_due()
    made, mail = Invitation.objects.get(), mailbox.arrived[0]
    words = plain(mail)
    assert f"/join/{made.code}/" in words and "Juniper Street Care" in words
    assert "Ana" not in words and "Ruiz" not in words


def test_without_an_address_there_is_a_card_and_no_message(ellen):
    page = ellen.post(reverse("invite"), ANA, follow=True).content.decode()
    assert "There is no e-mail address: give her the card." in page
    assert not Message.objects.exists()


def test_the_card_has_picture_code_steps_numbers_and_last_day(ellen, invitation):
    page = ellen.get(reverse("invitation_card", args=[invitation.pk])).content.decode()
    assert grouped(invitation.code) in page and '<svg viewBox="0 0 ' in page and "qr" in page
    assert "(505) 555-0142" in page and "Type your name and the day you were born." in page
    last = timezone.localtime(invitation.expires_at, invitation.practice.zone)
    assert f"until {last:%B} {last.day}, {last.year}" in page
    assert "1996" not in page.split("<article")[1].split("</article>")[0]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"first_name": ""}, "Enter her first name."),
        ({"last_name": "=HYPERLINK(1)"}, "A name cannot begin with “=”."),
        ({"last_name": "..."}, "Write the name with letters."),
        ({"first_name": "A" * 151}, "A name has at most 150 letters."),
        ({"born_on": ""}, "Enter her date of birth."),
        ({"born_on": "1996-02-30"}, "This is not a date of the calendar."),
        ({"born_on": "2031-01-01"}, "This date of birth is in the future."),
        ({"born_on": "2024-01-01"}, "years old. Check the year."),
        ({"born_on": "1902-01-01"}, "years old. Check the year."),
        ({"email": "ana@"}, "Enter an e-mail address such as"),
        ({"email": "=ana@example.org"}, "Enter an e-mail address such as"),
        ({"phone": "12"}, "is not a number a phone can dial."),
        ({"language": "klingon"}, "Choose a language from the list."),
        ({"due_date": "2040-01-01"}, "This due date is more than 40 weeks away"),
        ({"due_date": "2020-01-01"}, "This due date is more than 3 weeks ago."),
        ({"due_date": "soon"}, "This is not a date of the calendar."),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_what_was_typed_is_kept(ellen, changed, words):
    page = sent_form(ellen, **changed).content.decode()
    field = next(iter(changed))
    assert words in page and "<title>Error:" in page and f'id="id_{field}_error"' in page
    assert 'value="Ruiz"' in page or field == "last_name"
    assert not Invitation.objects.exists()


def test_the_same_person_twice_is_a_question_and_yes_is_an_answer(ellen, invitation):
    page = sent_form(ellen, first_name="ANA", last_name="Ruíz").content.decode()
    assert "An open invitation for this person exists already." in page
    assert Invitation.objects.count() == 1
    sent_form(ellen, anyway="on")
    assert Invitation.objects.count() == 2


def test_a_patient_of_this_practice_is_known(ellen, practice):
    UserFactory(practice=practice, first_name="Ana", last_name="Ruiz", born_on="1996-04-30")
    page = sent_form(ellen).content.decode()
    assert "A patient of yours has this name and date of birth." in page


def test_nobody_learns_who_is_in_care_elsewhere(ellen, outsider):
    other = outsider.practice
    UserFactory(practice=other, first_name="Ana", last_name="Ruiz", born_on="1996-04-30")
    InvitationFactory(practice=other)
    assert sent_form(ellen).status_code == 302


def test_each_invitation_stands_under_what_became_of_it(ellen, practice, provider):
    def made(name, **fields):
        return InvitationFactory(practice=practice, invited_by=provider, first_name=name, **fields)

    now = timezone.now()
    made("Olga")
    made("Ursa", used_at=now, used_by=provider, withdrawn_at=None)
    made("Edda", expires_at=now)
    made("Bela", wrong_tries=5, expires_at=now)
    made("Wilma", withdrawn_at=now, withdrawn_by=provider, wrong_tries=5)
    InvitationFactory(first_name="Fremd")
    for stage, name in {
        "open": "Olga",
        "used": "Ursa",
        "expired": "Edda",
        "blocked": "Bela",
        "withdrawn": "Wilma",
    }.items():
        page = ellen.get(reverse("invitations"), {"stage": stage}).content.decode()
        shown = {
            each for each in ("Olga", "Ursa", "Edda", "Bela", "Wilma", "Fremd") if each in page
        }
        assert shown == {name} and page.count("<b>1</b>") == 5
        assert Invitation.objects.get(first_name=name).stage == stage


def test_the_list_costs_the_same_for_10_and_200(ellen, practice, provider):
    def queries(number):
        missing = number - Invitation.objects.count()
        for each in InvitationFactory.create_batch(missing, practice=practice, invited_by=provider):
            Message.objects.create(key=str(each.pk), channel="email", invitation=each)
        with CaptureQueriesContext(connection) as captured:
            assert ellen.get(reverse("invitations")).status_code == 200
        return len(captured)

    assert queries(10) == queries(200) <= 9


def test_the_cards_of_all_open_invitations_cost_the_same_for_10_and_90(ellen, practice, provider):
    def queries(number):
        missing = number - Invitation.objects.count()
        InvitationFactory.create_batch(missing, practice=practice, invited_by=provider)
        with CaptureQueriesContext(connection) as captured:
            page = ellen.get(reverse("invitation_cards")).content.decode()
        assert page.count("<article") == number
        return len(captured)

    assert queries(10) == queries(90)


def test_sent_again_it_is_good_for_14_more_days_under_the_same_code(invitation, provider):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=10)):
        again = resend_invitation(invitation=invitation, by=provider)
        assert again == invitation and again.code == invitation.code
        assert again.expires_at - timezone.now() > datetime.timedelta(days=13)
    assert Message.objects.filter(invitation=invitation).count() == 1


def test_two_taps_on_send_again_are_one_mail(invitation, provider):
    for _tap in range(2):
        resend_invitation(invitation=invitation, by=provider)
    assert Message.objects.filter(invitation=invitation).count() == 1


def test_a_mail_that_went_out_can_be_sent_once_more(invitation, provider):
    resend_invitation(invitation=invitation, by=provider)
    Message.objects.update(state=MessageState.SENT, settled_at=timezone.now())
    resend_invitation(invitation=invitation, by=provider)
    assert Message.objects.filter(invitation=invitation).count() == 2


@pytest.mark.parametrize("void", ["expired", "blocked", "withdrawn"])
def test_what_is_void_stays_void_and_a_new_invitation_takes_its_place(void, invitation, provider):
    now = timezone.now()
    fields = {
        "expired": {"expires_at": now},
        "blocked": {"wrong_tries": 5},
        "withdrawn": {"withdrawn_at": now, "withdrawn_by": provider},
    }[void]
    Invitation.objects.filter(pk=invitation.pk).update(**fields)
    new = [resend_invitation(invitation=invitation, by=provider) for _tap in range(2)]
    assert new[0] == new[1] != invitation and new[0].code != invitation.code
    assert (new[0].first_name, new[0].born_on) == ("Ana", invitation.born_on)
    invitation.refresh_from_db()
    assert invitation.stage == void and Invitation.objects.count() == 2


def test_a_used_invitation_is_not_sent_again(ellen, invitation, patient):
    Invitation.objects.update(used_at=timezone.now(), used_by=patient)
    page = ellen.post(reverse("resend_invitation", args=[invitation.pk]), follow=True)
    assert "This invitation was used: she has joined." in page.content.decode()
    assert not Message.objects.exists() and Invitation.objects.count() == 1


def test_a_withdrawn_invitation_opens_nothing_and_its_mail_is_not_sent(
    ellen, client, practice, provider
):
    born_on = datetime.date(1996, 4, 30)
    made = invite(
        practice=practice,
        by=provider,
        email="ana@example.org",
        first_name="Ana",
        last_name="Ruiz",
        born_on=born_on,
    )
    ellen.post(reverse("withdraw_invitation", args=[made.pk]))
    made.refresh_from_db()
    assert made.stage == "withdrawn" and made.withdrawn_by == provider
    assert client.get(reverse("join", args=[made.code])).status_code == 404
    deliver_due()
    assert made.messages.get().state == MessageState.WITHDRAWN


def test_what_was_used_cannot_be_withdrawn(invitation, provider, patient):
    Invitation.objects.update(used_at=timezone.now(), used_by=patient)
    assert not withdraw_invitation(invitation=invitation, by=provider)
    invitation.refresh_from_db()
    assert invitation.stage == "used"


@pytest.mark.parametrize("name", ["resend_invitation", "withdraw_invitation"])
def test_looking_changes_nothing(ellen, invitation, name):
    assert ellen.get(reverse(name, args=[invitation.pk])).status_code == 405
    invitation.refresh_from_db()
    assert invitation.stage == "open"


def test_inviting_makes_no_account(ellen):
    before = User.objects.count()
    sent_form(ellen, email="ana@example.org")
    assert User.objects.count() == before


def test_an_operator_without_a_practice_invites_nobody(sign_in, db):
    operator = UserFactory(manager=True, practice=None)
    for name in ("invite", "import_invitations", "invitations", "invitation_cards"):
        assert sign_in(operator).get(reverse(name)).status_code == 403
