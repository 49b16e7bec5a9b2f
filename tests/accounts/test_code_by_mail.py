"""Signing in with a code by mail, as good as the password, for whoever has forgotten it."""

import datetime
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory
from tests.mailbox import plain

pytestmark = pytest.mark.django_db
ASK, TYPE = reverse("account_request_login_code"), reverse("account_confirm_login_code")
CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


@pytest.fixture
def marisol(practice):
    return UserFactory(email="marisol@example.org", practice=practice)


def asks(email: str, browser: Client | None = None) -> Client:
    """Ask for a code; return the browser that waits for it."""
    browser = browser or Client()
    assert browser.post(ASK, {"email": email}).url == TYPE
    return browser


def code_in(mail) -> str:
    return CODE.search(plain(mail))[0]


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_code_from_the_mail_signs_in(marisol, mailbox):
    browser = asks("Marisol@Example.org")
    (mail,) = mailbox.arrived
    assert mail["To"].lower() == marisol.email
    answer = browser.post(TYPE, {"code": code_in(mail)})
    assert answer.url == reverse("start") and is_in(browser)
    assert browser.session["_auth_user_id"] == str(marisol.pk)


def test_the_code_may_be_typed_without_its_dash(marisol, mailbox):
    browser = asks(marisol.email)
    browser.post(TYPE, {"code": f" {code_in(mailbox.arrived[0]).replace('-', '')} "})
    assert is_in(browser)


def test_the_sign_in_page_asks_for_a_code_with_what_is_typed_there(marisol, mailbox):
    page = Client().get(reverse("account_login")).content.decode()
    assert f'formaction="{ASK}"' in page
    browser = Client()
    typed = {"login": marisol.email, "password": "", "next": "/checklist/"}
    answer = browser.post(ASK, typed)
    assert answer.url == f"{TYPE}?next=%2Fchecklist%2F" and len(mailbox.arrived) == 1
    form = {"code": code_in(mailbox.arrived[0]), "next": "/checklist/"}
    assert browser.post(answer.url, form).url == "/checklist/"


def test_a_wrong_code_signs_nobody_in_and_is_told_beside_its_field(marisol, mailbox):
    browser = asks(marisol.email)
    page = browser.post(TYPE, {"code": "0000-000x"}).content.decode()
    assert not is_in(browser)
    assert "<title>Error:" in page and 'id="id_code_error"' in page
    assert "This is not the code we sent." in page


def test_after_three_wrong_codes_the_right_one_is_void(marisol, mailbox):
    browser = asks(marisol.email)
    for _ in range(3):
        browser.post(TYPE, {"code": "0000-000x"})
    browser.post(TYPE, {"code": code_in(mailbox.arrived[0])})
    assert not is_in(browser)


def test_a_code_ends_after_ten_minutes(marisol, mailbox):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = asks(marisol.email)
    with time_machine.travel(start + datetime.timedelta(minutes=10, seconds=1), tick=False):
        browser.post(TYPE, {"code": code_in(mailbox.arrived[0])})
    assert not is_in(browser)


def test_a_code_just_before_its_end_still_signs_in(marisol, mailbox):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = asks(marisol.email)
    with time_machine.travel(start + datetime.timedelta(minutes=9, seconds=50), tick=False):
        browser.post(TYPE, {"code": code_in(mailbox.arrived[0])})
        assert is_in(browser)


def test_a_code_works_once(marisol, mailbox):
    browser, code = asks(marisol.email), code_in(mailbox.arrived[0])
    browser.post(TYPE, {"code": code})
    browser.post(reverse("account_logout"))
    browser.post(TYPE, {"code": code})
    assert not is_in(browser)


def test_a_code_signs_in_only_where_it_was_asked_for(marisol, mailbox):
    asks(marisol.email)
    stranger = Client()
    stranger.post(TYPE, {"code": code_in(mailbox.arrived[0])})
    assert not is_in(stranger)
    stranger = asks(marisol.email)
    stranger.post(TYPE, {"code": code_in(mailbox.arrived[0])})
    assert not is_in(stranger)


def test_an_unknown_address_gets_the_same_pages(marisol, mailbox):
    pages = []
    for email in (marisol.email, "nobody@example.org"):
        browser = asks(email)
        for page in (browser.get(TYPE), browser.post(TYPE, {"code": "0000-000x"})):
            words = re.sub(r'value="\w{64}"', "", page.content.decode())
            pages.append((page.status_code, words.replace(email, "...")))
    assert pages[:2] == pages[2:]
    assert not CODE.search(plain(mailbox.arrived[1]))


def test_whoever_left_gets_no_code_and_comes_in_with_none(marisol, mailbox):
    browser = asks(marisol.email)
    User.objects.update(is_active=False)
    browser.post(TYPE, {"code": code_in(mailbox.arrived[0])})
    assert not is_in(browser)
    asks(marisol.email)
    assert not CODE.search(plain(mailbox.arrived[1]))


def test_an_address_gets_five_codes_an_hour_at_most(marisol, mailbox):
    answers = [Client().post(ASK, {"email": marisol.email}).status_code for _ in range(7)]
    assert answers == [302] * 5 + [200] * 2 and len(mailbox.arrived) == 5


def test_no_code_is_promised_that_could_not_be_mailed(marisol, mailbox):
    mailbox.answers["MAIL"] = ["451 Come back later"]
    browser = Client()
    answer = browser.post(ASK, {"email": marisol.email})
    page = browser.get(answer.url).content.decode()
    assert answer.url == ASK and "We cannot send e-mail right now." in page


def test_a_code_never_leads_to_another_host(marisol, mailbox):
    browser = Client()
    browser.post(ASK, {"email": marisol.email, "next": "//evil.example/"})
    form = {"code": code_in(mailbox.arrived[0]), "next": "//evil.example/"}
    assert "evil" not in browser.post(TYPE, form).url and is_in(browser)


def test_whoever_waits_for_a_code_can_go_back_to_the_password_or_another_address(marisol, mailbox):
    browser = asks("typo@example.org")
    page = browser.get(TYPE).content.decode()
    assert f'href="{ASK}"' in page and f'href="{reverse("account_login")}"' in page
    assert browser.get(reverse("account_login")).status_code == 200
    assert browser.get(ASK).status_code == 200
    asks(marisol.email, browser)
    browser.post(TYPE, {"code": code_in(mailbox.arrived[1])})
    assert is_in(browser)


def test_a_new_code_takes_the_place_of_the_old_one(marisol, mailbox):
    browser = asks(marisol.email)
    asks(marisol.email, browser)
    first, second = (code_in(each) for each in mailbox.arrived)
    browser.post(TYPE, {"code": first})
    assert not is_in(browser)
    browser.post(TYPE, {"code": second})
    assert is_in(browser)
