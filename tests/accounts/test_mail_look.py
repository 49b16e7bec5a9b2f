"""Every mail says the same words twice, as plain text and in linen and thread, and loads nothing."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.letters import as_html, letter
from accounts.welcome import send_link
from tests.factories import InvitationFactory, UserFactory
from tests.mailbox import FOOT, plain
from tracker.enums import Channel
from tracker.outbox import deliver_due, enqueue

pytestmark = pytest.mark.django_db


def rich(message) -> str:
    return message.get_body(("html",)).get_content()


def words_of(page: str) -> list[str]:
    """Return the words of a page, without the brand above and the label on the button."""
    page = re.sub(r"<!--.*?-->|<style>.*?</style>|<title>.*?</title>|{.*?}", " ", page, flags=re.S)
    page = re.sub(r'<td class="name">Cinta</td>|<td class="button".*?</td>', " ", page)
    return html.unescape(re.sub(r"<[^>]*>", " ", page)).split()


def send_an_invitation(practice, manager) -> str:
    invitation = InvitationFactory(practice=practice, email="ana@example.org")
    enqueue(key="invite", to=None, channel=Channel.EMAIL, invitation=invitation)
    assert deliver_due() == 1
    return "Open Cinta"


def send_a_welcome(practice, manager) -> str:
    assert send_link(person=UserFactory(practice=practice), by=manager)
    return f"Your sign-in for {practice}"


def send_a_password_link(practice, manager) -> str:
    person = UserFactory(practice=practice)
    Client().post(reverse("account_reset_password"), {"email": person.email})
    return "Your new password for Cinta"


def send_a_code(practice, manager) -> str:
    person = UserFactory(practice=practice)
    Client().post(reverse("account_request_login_code"), {"email": person.email})
    return "Your code to sign in to Cinta"


def send_to_a_stranger(practice, manager) -> str:
    Client().post(reverse("account_request_login_code"), {"email": "who@example.org"})
    return "No one signs in to Cinta with this address"


MAILS = [
    send_an_invitation,
    send_a_welcome,
    send_a_password_link,
    send_a_code,
    send_to_a_stranger,
]


@pytest.mark.parametrize("send", MAILS)
def test_both_looks_of_a_mail_say_the_same_and_nothing_is_loaded(send, practice, manager, mailbox):
    subject = send(practice, manager)
    (arrived,) = mailbox.arrived
    page, words = rich(arrived), plain(arrived)
    assert arrived["Subject"] == subject
    assert arrived.get_content_type() == "multipart/alternative"
    assert words_of(page) == words.split() and words.strip().endswith(FOOT)
    links = re.findall(r"https?://\S+", words)
    assert set(re.findall(r'href="([^"]*)"', page)) == set(links)
    assert not re.search(r"<(img|link|script|iframe|form|svg|object)\b|url\(|@import|\ssrc=", page)
    assert re.search(r'<html lang="en" dir="ltr">', page)
    private = r"pregnan|cervi|stitch|symptom|week|bleed|clinic today|baby|loss"
    assert not re.search(private, re.sub(r"<style>.*?</style>", "", page, flags=re.S), re.I)


def test_what_a_person_typed_stays_words_in_the_html():
    page = as_html("“<b>Say</b> when & how”\n\nOpen Cinta: https://cinta.example/?a=1&b=2")
    assert "&lt;b&gt;Say&lt;/b&gt; when &amp; how" in page
    assert 'href="https://cinta.example/?a=1&amp;b=2"' in page
    assert words_of(page)[:2] == ["“<b>Say</b>", "when"]


def test_a_code_is_set_large_and_an_address_becomes_the_button():
    page = as_html("Type this:\n\n1234-5678\n\nhttps://cinta.example/")
    assert '<p class="code">1234-5678</p>' in page
    assert page.count('<a href="https://cinta.example/">Open Cinta</a>') == 1


def test_the_key_of_a_message_goes_with_both_looks():
    sent = letter(subject="x", words="y", to="a@example.org", headers={"X-Cinta-Key": "k"})
    assert sent.message()["X-Cinta-Key"] == "k" and len(sent.alternatives) == 1
