"""What every answer carries, and what the settings refuse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_PAGES = [
    "/",
    "/learn/",
    "/learn/weeks/16/",
    "/learn/when-to-call/",
    "/warning-signs/",
    "/accounts/login/",
    "/nowhere/",
]


def policy(response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: part[1] for part in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_every_page_forbids_inline_script_and_other_hosts(client, path):
    found = policy(client.get(path))
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["connect-src"] == "'self'"
    assert found["frame-ancestors"] == found["base-uri"] == found["object-src"] == "'none'"


def test_a_refused_page_is_as_strict(patient, sign_in):
    response = sign_in(patient).get(reverse("worklist"))
    assert response.status_code == 403 and "unsafe" not in response["Content-Security-Policy"]


def test_only_the_editing_desk_may_use_inline_script(editor, sign_in):
    found = policy(sign_in(editor).get("/cms/"))
    assert "'unsafe-inline'" in found["script-src"]
    assert "'unsafe-eval'" not in found["script-src"] and found["default-src"] == "'none'"


def test_what_a_signed_in_person_sees_is_kept_in_no_cache(patient, sign_in):
    for name in ("today", "library", "symptoms"):
        assert "no-store" in sign_in(patient).get(reverse(name))["Cache-Control"]


@pytest.mark.django_db
def test_public_pages_may_be_cached(client):
    assert "no-store" not in client.get("/learn/weeks/16/").get("Cache-Control", "")


@pytest.mark.django_db
def test_answers_are_not_sniffed_and_not_referred(client):
    response = client.get("/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_a_post_without_its_token_is_refused(patient):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(patient)
    # A report without its token is not stored either, but answered with advice: test_advice_cannot_fail.py.
    response = browser.post(reverse("preview_advice"), {"symptoms": ["bleed_light"]})
    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()


def manage(*command, **environment) -> subprocess.CompletedProcess:
    clean = {
        name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "DATA_DIR"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


def test_without_a_secret_key_cinta_refuses_to_start_and_says_why():
    done = manage("check")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr and "make run" in done.stderr


def test_real_use_passes_djangos_own_deployment_check():
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="x1" * 40 + "abcdefgh",
        ALLOWED_HOSTS="cinta.example.org",
    )
    assert done.returncode == 0, done.stderr


def test_fictional_people_stay_out_of_real_use():
    done = manage("seed_demo", SECRET_KEY="x1" * 40)
    assert done.returncode != 0 and "Fictional people belong in a demonstration only" in done.stderr


def test_the_example_names_every_setting():
    import re

    settings = (ROOT / "project/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    named = set(re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text(), flags=re.M))
    assert read == named
