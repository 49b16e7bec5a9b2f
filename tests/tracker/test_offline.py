"""What a device may keep: the rules, the service worker and the page for the time without a network."""

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from education.models import WarningSign
from tests.factories import UserFactory
from tracker.clinical.triage import COMBINATIONS, RULES
from tracker.management.commands import build_rules
from tracker.management.commands.build_rules import PATH, rules_as_json

OFFLINE, WORKER = reverse("offline"), reverse("service_worker")


def facts(page) -> dict[str, str]:
    """Return the data attributes of <main>."""
    (main,) = re.findall(r"<main [^>]*>", page.content.decode())
    return dict(re.findall(r'data-([a-z-]+)="([^"]*)"', main))


def test_the_rules_on_the_device_are_the_rules_of_the_server():
    assert PATH.read_text(encoding="utf-8") == rules_as_json(), (
        "The rules changed. Run `manage.py build_rules` and commit static/data/triage.json."
    )


def test_the_file_of_rules_has_one_rule_a_line():
    lines = [line for line in rules_as_json().splitlines() if line.startswith('{"code":')]
    assert len(lines) == len(RULES) + len(COMBINATIONS)
    assert len(json.loads(rules_as_json())["rules"]) == len(RULES)


def test_the_command_writes_the_file_and_says_so(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(build_rules, "PATH", tmp_path / "data" / "triage.json")
    call_command("build_rules")
    assert build_rules.PATH.read_text(encoding="utf-8") == rules_as_json()
    assert f"{len(RULES)} rules" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_stranger_gets_the_strictest_reading_and_the_public_number(client):
    page = client.get(OFFLINE)
    known = facts(page)
    assert (known["owner"], known["due-date"], known["time-zone"]) == ("", "", "")
    assert known["high-risk"] == "yes"
    assert 'href="tel:911"' in page.content.decode()
    assert "555-01" not in page.content.decode()


def test_a_patient_gets_what_the_rules_need_and_nothing_else(sign_in, stitched):
    stitched.earlier_loss = True
    stitched.save()
    patient = stitched.patient
    page = sign_in(patient).get(OFFLINE)
    known, text = facts(page), page.content.decode()
    assert known["due-date"] == f"{stitched.due_date:%Y-%m-%d}"
    assert (known["time-zone"], known["high-risk"]) == ("America/Denver", "yes")
    assert (known["strict"], known["lesson"]) == ("no", "/learn/weeks/16/")
    for hers in (patient.first_name, patient.last_name, patient.email, str(patient.pk)):
        assert hers not in known.values() and f">{hers}<" not in text
    assert patient.get_full_name() not in text and patient.email not in text


def test_neither_her_reports_nor_her_advice_are_on_the_kept_page(sign_in, patient):
    browser = sign_in(patient)
    before = browser.get(OFFLINE).content.decode()
    browser.post(reverse("report_symptoms"), {"symptoms": ["bleed_heavy"], "note": "blue towel"})
    after = browser.get(OFFLINE).content.decode()
    changing = r'value="[^"]{64}"|data-made-at="[^"]*"|copy of the page is from [^<]*'
    assert re.sub(changing, "", after) == re.sub(changing, "", before)


def test_the_kept_page_does_not_tell_whether_she_has_a_stitch(sign_in, patient, stitched):
    codes = WarningSign.objects.on_the_form(with_stitch=True).values_list("code", flat=True)
    for someone in (patient, stitched.patient):
        text = sign_in(someone).get(OFFLINE).content.decode()
        assert set(re.findall(r'name="symptoms" value="([a-z_0-9]+)"', text)) == {
            code.lower() for code in codes
        }


def test_the_numbers_of_her_practice_are_on_the_page_open_or_closed(sign_in, patient, practice):
    practice.after_hours_phone = "(505) 555-0143"
    practice.save()
    text = sign_in(patient).get(OFFLINE).content.decode()
    for number in ("+15055550142", "+15055550143", "+15055550177"):
        assert f'href="tel:{number}"' in text
    assert practice.hospital_address in text


def test_the_mark_of_the_owner_is_hers_alone_and_names_nobody(sign_in, patient, stitched, provider):
    marks = [
        facts(sign_in(someone).get(OFFLINE))["owner"]
        for someone in (patient, patient, stitched.patient, provider)
    ]
    assert marks[0] == marks[1] and len({*marks}) == 3 and all(len(mark) > 20 for mark in marks)


def test_without_a_due_date_the_week_is_unknown_on_the_device(sign_in, pregnancy, patient):
    pregnancy.due_date = None
    pregnancy.save()
    known = facts(sign_in(patient).get(OFFLINE))
    assert (known["due-date"], known["lesson"]) == ("", "")


def test_without_a_pregnancy_the_reading_is_the_strictest(sign_in, practice):
    known = facts(sign_in(UserFactory(practice=practice)).get(OFFLINE))
    assert (known["due-date"], known["high-risk"]) == ("", "yes") and known["owner"]


def test_the_strict_reading_of_a_practice_goes_to_the_device(sign_in, patient, practice):
    practice.strict_reading = True
    practice.save()
    assert facts(sign_in(patient).get(OFFLINE))["strict"] == "yes"


@pytest.mark.django_db
def test_the_service_worker_comes_from_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "Service-Worker-Allowed" not in answer


@pytest.mark.django_db
def test_the_service_worker_names_every_file_a_page_needs(client):
    script = client.get(WORKER).content.decode()
    kept = ("/offline/", "/warning-signs/", "/learn/weeks/18/")
    pages = "".join(client.get(path).content.decode() for path in kept)
    needed = {path.split("#")[0] for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', pages)}
    # The home screen has its icon from the moment it was put there.
    needed -= {path for path in needed if "apple-touch-icon" in path}
    assert len(needed) >= 10
    assert {path for path in needed if f'"{path}"' not in script} == set()


def test_the_form_carries_what_the_rules_need(sign_in, stitched, patient):
    forms = [
        sign_in(someone).get(reverse("report_symptoms")).content.decode()
        for someone in (stitched.patient, patient)
    ]
    assert 'data-high-risk="yes"' in forms[0] and 'data-high-risk="no"' in forms[1]
    assert f'data-due-date="{stitched.due_date:%Y-%m-%d}"' in forms[0]


def test_every_page_says_whose_it_is_for_the_notice_of_unsent_reports(sign_in, patient, client):
    hers = sign_in(patient).get(reverse("today")).content.decode()
    notice = r'id="unsent" aria-label="[^"]+" hidden data-owner="%s"'
    assert re.search(notice % r"[\w-]{20,}", hers)
    for path in ("/", reverse("account_login")):
        assert re.search(notice % "", client.get(path).content.decode())
