"""Signing in and out, passwords, and whose clock counts."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OpeningHours, Practice, User
from accounts.phones import dial
from tests.factories import UserFactory, open_at

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
LOGIN = reverse("account_login")


def sign_in_with(email: str, password: str = PASSWORD):
    return Client().post(LOGIN, {"login": email, "password": password})


@pytest.fixture
def marisol(practice):
    return UserFactory(email="marisol@example.org", practice=practice)


@pytest.mark.parametrize("typed", ["marisol@example.org", "MARISOL@Example.ORG"])
def test_the_email_is_compared_without_case(marisol, typed):
    assert sign_in_with(typed).status_code == 302


def test_two_people_cannot_share_an_email_in_another_case(marisol, practice):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Marisol@Example.org", practice=practice)


def test_a_wrong_password_is_told_in_words_and_keeps_the_email(marisol):
    page = sign_in_with(marisol.email, "not her password at all").content.decode()
    assert "<title>Error:" in page and 'role="alert"' in page and "marisol@example.org" in page


def test_a_wrong_password_and_an_unknown_person_look_the_same(marisol):
    known, unknown = (
        sign_in_with(email, "wrong").content for email in (marisol.email, "nobody@example.org")
    )
    without_csrf = [
        page.decode().split("errsum")[1].split("</div>")[0] for page in (known, unknown)
    ]
    assert without_csrf[0] == without_csrf[1]


def test_each_role_starts_on_its_own_page(patient, provider, editor, sign_in):
    pages = {"today": patient, "worklist": provider, "wagtailadmin_home": editor}
    for name, user in pages.items():
        assert sign_in(user).get(reverse("start")).url == reverse(name)


def test_signing_out_ends_the_session(marisol):
    browser = Client()
    browser.post(LOGIN, {"login": marisol.email, "password": PASSWORD})
    browser.post(reverse("account_logout"))
    assert browser.get(reverse("today")).status_code == 302


def test_every_signed_in_page_has_a_way_out(patient, sign_in):
    assert (
        f'action="{reverse("account_logout")}"'
        in sign_in(patient).get(reverse("today")).content.decode()
    )


def test_next_never_leads_to_another_host(marisol):
    response = Client().post(
        f"{LOGIN}?next=//evil.example/",
        {"login": marisol.email, "password": PASSWORD, "next": "//evil.example/"},
    )
    assert response.status_code == 302 and "evil" not in response.url


def test_a_forgotten_password_can_be_set_anew_by_mail(marisol):
    Client().post(reverse("account_reset_password"), {"email": marisol.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    browser = Client()
    form = browser.get("/" + link.split("/", 3)[3]).url
    browser.post(
        form, {"password1": "brand new long password", "password2": "brand new long password"}
    )
    assert sign_in_with(marisol.email, "brand new long password").status_code == 302
    page = browser.get("/" + link.split("/", 3)[3], follow=True).content.decode()
    assert "This link does not work any more" in page


def test_a_reset_for_an_unknown_address_answers_the_same(marisol):
    answers = {
        Client().post(reverse("account_reset_password"), {"email": email}).url
        for email in (marisol.email, "nobody@example.org")
    }
    assert len(answers) == 1


def test_nobody_signs_herself_up():
    fields = {"email": "new@example.org", "password1": PASSWORD}
    assert Client().post(reverse("account_signup"), fields).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("password", "accepted"),
    [("fourteen-chars", False), ("fifteen-letters", True), ("marisol@example.org", False)],
)
def test_passwords_are_long_and_not_the_persons_own_data(marisol, sign_in, password, accepted):
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    sign_in(marisol).post(reverse("account_change_password"), fields)
    marisol.refresh_from_db()
    assert marisol.check_password(password) is accepted


def test_a_person_who_left_is_out_on_the_next_request(provider, sign_in):
    browser = sign_in(provider)
    User.objects.filter(pk=provider.pk).update(is_active=False)
    assert browser.get(reverse("worklist")).status_code == 302


def test_demonstration_accounts_are_listed_only_in_a_demonstration(settings):
    User.objects.create_user("hannah@example.com", PASSWORD, role="manager")
    assert "hannah@example.com" in Client().get(LOGIN).content.decode()
    settings.DEMO = False
    page = Client().get(LOGIN).content.decode()
    assert "hannah@example.com" not in page and "cinta-demo-only" not in page


def test_patients_and_providers_belong_to_a_practice():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(practice=None)


def test_a_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError, match="is not a time zone"):
        Practice(name="x", phone="1", time_zone="Mars/Olympus").full_clean()


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Denver", 20), ("Europe/Madrid", 21), ("Pacific/Kiritimati", 21)]
)
def test_today_is_the_practices_calendar_date(zone, day):
    with time_machine.travel("2026-11-21T03:00:00Z", tick=False):
        assert Practice(time_zone=zone).today() == datetime.date(2026, 11, day)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T15:00:00Z", True),  # Friday 8:00 in Denver
        ("2026-11-20T14:59:00Z", False),
        ("2026-11-21T00:00:00Z", False),  # Friday 17:00 in Denver
        ("2026-11-21T17:00:00Z", False),  # Saturday
    ],
)
def test_opening_hours_follow_the_practices_clock(practice, moment, is_open):
    OpeningHours.objects.create(
        practice=practice, weekday=4, opens=datetime.time(8), closes=datetime.time(17)
    )
    assert practice.is_open(datetime.datetime.fromisoformat(moment)) is is_open


def test_a_closed_clinic_says_so_and_gives_the_other_number_too(patient, practice, sign_in):
    open_at(practice, (4, "08:00", "17:00"))
    practice.after_hours_phone = "(505) 555-0143"
    practice.save()
    saturday = datetime.datetime(2026, 11, 21, 10, tzinfo=practice.zone)
    with time_machine.travel(saturday, tick=False):
        page = (
            sign_in(patient)
            .post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
            .content.decode()
        )
    assert "The clinic is closed now." in page and 'href="tel:+15055550143"' in page
    assert 'href="tel:+15055550142"' in page


def test_times_are_shown_on_the_practices_clock(patient, sign_in):
    with time_machine.travel("2026-11-20T15:12:00Z", tick=False):
        assert timezone.get_current_timezone_name() == "UTC"
        page = (
            sign_in(patient)
            .post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
            .content.decode()
        )
    assert "8:12 AM" in page


@pytest.mark.parametrize(
    ("number", "country", "dialed"),
    [
        ("(505) 555-0142", "US", "+15055550142"),
        ("911", "US", "911"),
        ("988", "US", "988"),
        ("1-833-852-6262", "US", "+18338526262"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("ext. none", "US", ""),
    ],
)
def test_a_number_is_dialed_as_a_phone_needs_it(number, country, dialed):
    assert dial(number, country) == dialed


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "reauthenticate/"]
)
def test_addresses_of_the_library_that_nobody_needs_are_shut(path, patient, sign_in):
    for browser in (Client(), sign_in(patient)):
        assert browser.get(f"/accounts/{path}").status_code == 404
        assert browser.post(f"/accounts/{path}", {"email": "x@example.org"}).status_code == 404


SIGNED_OUT_PAGES = [
    LOGIN,
    reverse("account_request_login_code"),
    reverse("account_reset_password"),
    reverse("account_reset_password_done"),
    reverse("account_reset_password_from_key_done"),
    reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"}),
    reverse("account_inactive"),
    "/join/",
    "/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", SIGNED_OUT_PAGES)
def test_whoever_needs_help_need_not_sign_in_first(path):
    page = Client().get(path).content.decode()
    assert page.index('class="strip"') < page.index("<main")
    strip = page.split('class="strip"')[1].split("<main")[0]
    assert 'href="tel:911"' in strip and f'href="{reverse("warning_signs")}"' in strip
    assert page.count("<h1") == 1


def test_the_password_can_be_shown_only_where_a_script_can_hide_it_again(marisol, sign_in):
    for browser, path in (
        (Client(), LOGIN),
        (sign_in(marisol), reverse("account_change_password")),
    ):
        page = browser.get(path).content.decode()
        buttons = re.findall(r"<button[^>]*data-shows=[^>]*>", page)
        assert buttons and all(" hidden " in each and 'type="button"' in each for each in buttons)
        assert "js/show.js" in page


def test_a_short_new_password_is_told_beside_its_field(marisol, sign_in):
    fields = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    page = sign_in(marisol).post(reverse("account_change_password"), fields).content.decode()
    assert "<title>Error:" in page and 'id="id_password1_error"' in page and 'id="errors"' in page


def test_a_demonstration_fills_in_the_email_and_never_the_password(settings):
    page = Client().get(f"{LOGIN}?login=hannah@example.com").content.decode()
    assert 'value="hannah@example.com"' in page and 'value="cinta' not in page


def test_the_desk_sends_a_stranger_through_our_door_and_back_to_her_page():
    answer = Client().get("/cms/login/?next=/cms/review/")
    assert answer.url == f"{LOGIN}?next=/cms/review/"
