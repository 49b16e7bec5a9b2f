"""The numbers a patient's browser keeps: there when nothing else is, and nothing about her."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.tracker.faults import CLINIC, EMERGENCY, database_away, tell
from tracker.numbers import SALT


@pytest.fixture
def hannah(at_home, patient):
    return at_home(patient)


def kept(browser) -> list[str]:
    return signing.loads(browser.cookies["numbers"].value, salt=SALT)


def test_her_browser_keeps_the_numbers_and_nothing_about_her(hannah, practice):
    assert kept(hannah) == [
        "Juniper Street Care",
        "(505) 555-0142",
        "",
        "St. Brigid Hospital",
        "400 Canyon Road",
        "(505) 555-0177",
        "US",
        "911",
        "988",
        "1-833-852-6262",
    ]
    cookie = hannah.cookies["numbers"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert len(cookie.value) < 1000


def test_the_numbers_are_sent_only_when_they_changed(hannah, practice):
    assert "numbers" not in hannah.get(reverse("today")).cookies
    practice.phone = "(505) 555-0199"
    practice.save()
    assert "numbers" in hannah.get(reverse("today")).cookies
    assert "(505) 555-0199" in kept(hannah)


def test_signing_out_takes_the_numbers_away(hannah):
    response = hannah.post(reverse("account_logout"))
    assert response.cookies["numbers"].value == "" and response.cookies["numbers"]["max-age"] == 0


def test_only_patients_keep_numbers(provider, sign_in, client):
    for browser in (sign_in(provider), client):
        browser.get("/learn/")
        assert "numbers" not in browser.cookies


def test_numbers_that_someone_else_wrote_are_not_shown(hannah):
    hannah.cookies["numbers"] = hannah.cookies["numbers"].value[:-2] + "xx"
    with database_away():
        page = tell(hannah, "bleed_heavy").content.decode()
    assert CLINIC not in page and f'href="{EMERGENCY}"' in page


def test_numbers_of_an_older_version_are_set_anew(hannah):
    hannah.cookies["numbers"] = signing.dumps(["Juniper Street Care"], salt=SALT)
    with database_away():
        assert f'href="{EMERGENCY}"' in tell(hannah, "bleed_heavy").content.decode()
    hannah.get(reverse("today"))
    assert "(505) 555-0142" in kept(hannah)


def test_a_name_in_any_script_survives(hannah, practice):
    practice.name = "Clínica Ñandú 産科クリニック 🤰"
    practice.save()
    hannah.get(reverse("today"))
    with database_away():
        assert practice.name in tell(hannah, "bleed_light").content.decode()


def test_over_https_the_numbers_stay_on_this_host(patient, settings):
    settings.HTTPS, settings.NUMBERS_COOKIE_NAME = True, "__Host-numbers"
    browser = Client()
    browser.force_login(patient)
    browser.get(reverse("today"), secure=True)
    cookie = browser.cookies["__Host-numbers"]
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
