"""Break what can break, for real where that is possible: she gets the advice, the numbers and the truth."""

import re
import uuid
from contextlib import ExitStack

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories import PregnancyFactory
from tests.tracker.faults import (
    CLINIC,
    EMERGENCY,
    HOSPITAL,
    REPORT,
    database_away,
    database_read_only,
    fill_the_disk,
    level,
    tell,
)
from tracker import advice as advice_module
from tracker.clinical.triage import Answers, assess
from tracker.enums import Urgency
from tracker.views import last_resort, symptoms
from tracker.views.last_resort import GO_NOW


@pytest.fixture
def hannah(at_home, patient):
    return at_home(patient)


def must_advise(response, expected: str, outcome: str = "no") -> str:
    """Check what every answer to a report that nobody was told of must hold; return the page."""
    page = response.content.decode()
    assert response.status_code == 200
    assert level(response) == expected and f'data-urgency="{expected}"' in page
    assert response["Report-Stored"] == outcome
    assert "Your care team has not been told." in page
    assert all(f'href="{number}"' in page for number in (CLINIC, EMERGENCY))
    assert expected != "emergency" or f'href="{HOSPITAL}"' in page
    assert page.count("<h1") == 1
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    return page


# -- The database refuses ---------------------------------------------------------


def test_a_refused_write_leaves_the_advice_and_the_truth(hannah, pregnancy):
    with database_read_only():
        response = tell(hannah, "bleed_heavy")
    must_advise(response, "emergency")
    assert not pregnancy.reports.exists()


def test_a_full_disk_leaves_the_advice_and_the_truth(hannah, pregnancy):
    fill_the_disk()
    page = must_advise(tell(hannah, "bleed_heavy"), "emergency")
    assert not pregnancy.reports.exists() and not pregnancy.alerts.exists()
    assert fields_on(page)["symptoms"] == ["bleed_heavy"]
    assert "Show this to the staff" in page, "the whole page, not the one of last resort"


def test_a_refused_write_keeps_the_level_of_her_own_week(hannah):
    fill_the_disk()
    page = tell(hannah, "bleed_light")
    assert level(page) == "urgent" and page["Report-Stored"] == "no"
    assert "Your care team has not been told." in page.content.decode()


def test_what_could_not_be_stored_can_be_sent_again_with_one_tap(at_home, patient, pregnancy):
    browser = at_home(patient, enforce_csrf_checks=True)
    first = {"symptoms": ["bleed_light"], "started": "today", "note": "since breakfast"}
    first["csrfmiddlewaretoken"] = token_on(browser.get(REPORT))
    with database_away():
        page = must_advise(browser.post(REPORT, first | {"report_id": uuid.uuid4()}), "emergency")
    again = browser.post(REPORT, fields_on(page))
    report = pregnancy.reports.get()
    assert again["Report-Stored"] == str(report.pk)
    assert (report.symptoms, report.started, report.note) == (
        ["BLEED_LIGHT"],
        "today",
        "since breakfast",
    )


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["bleed_light"], "emergency"),
        (["urine_often"], "urgent"),
        (["low_mood"], "contact"),
        (["self_harm"], "emergency"),
        (["moon_pain"], "contact"),
        ([], "emergency"),
    ],
)
def test_without_a_database_the_strictest_reading_counts(hannah, codes, expected):
    with database_away():
        response = tell(hannah, *codes)
    page = response.content.decode()
    assert (response.status_code, level(response)) == (200, expected)
    assert response["Report-Stored"] == "no"
    assert "Your care team has not been told." in page
    assert f'href="{CLINIC}"' in page and f'href="{EMERGENCY}"' in page


def test_without_a_database_she_reads_what_she_said_and_why_it_is_so_strict(hannah):
    with database_away():
        page = must_advise(tell(hannah, "bleed_light", note="<b>a lot</b>"), "emergency")
    assert "A little vaginal bleeding or spotting" in page
    assert "&lt;b&gt;a lot&lt;/b&gt;" in page
    assert "We could not look at your record." in page
    assert "Go to the hospital now" in page and "400 Canyon Road" in page


def test_without_a_database_thoughts_of_harm_show_the_crisis_line_first(hannah):
    with database_away():
        page = tell(hannah, "self_harm").content.decode()
    assert page.index('href="tel:988"') < page.index(f'href="{EMERGENCY}"')
    assert "Call or text 988 now" in page and "Go to the hospital now" not in page


def test_without_a_database_a_body_in_danger_comes_before_the_crisis_line(hannah):
    with database_away():
        page = must_advise(tell(hannah, "self_harm", "bleed_heavy"), "emergency")
    assert page.index("Go to the hospital now") < page.index('href="tel:988"')


def test_without_a_database_she_gets_both_numbers_of_a_clinic_that_may_be_closed(hannah, practice):
    practice.after_hours_phone = "(505) 555-0143"
    practice.save()
    hannah.get(REPORT)
    with database_away():
        page = must_advise(tell(hannah, "urine_often"), "urgent")
    assert 'href="tel:+15055550143"' in page and "The clinic is closed now" not in page


def test_without_a_database_low_mood_shows_the_line_for_mothers(hannah):
    with database_away():
        page = tell(hannah, "low_mood").content.decode()
    assert page.index('href="tel:+18338526262"') < page.index(f'href="{CLINIC}"')


def test_i_feel_ok_that_cannot_be_stored_says_so_and_does_not_reassure(hannah):
    with database_away():
        response = hannah.post(REPORT, {"feel_ok": "on", "report_id": uuid.uuid4()})
    page = response.content.decode()
    assert (response.status_code, response["Report-Stored"]) == (200, "no")
    assert "We could not save this" in page and "Your care team has not been told." in page
    assert "Go to the hospital now if you have one of these" in page
    assert f'href="{CLINIC}"' in page


def test_a_database_that_dies_while_it_stores_leaves_the_advice(hannah, monkeypatch):
    store = symptoms.store_report
    with ExitStack() as stack:

        def dying(**report):
            stack.enter_context(database_away())
            return store(**report)

        monkeypatch.setattr(symptoms, "store_report", dying)
        response = tell(hannah, "bleed_light")
    # Her week was read before it died, so this is her own level, not the strictest.
    page = must_advise(response, "urgent")
    assert "We could not look at your record." not in page


def test_a_database_that_dies_after_it_stored_is_not_called_a_loss(hannah, pregnancy, monkeypatch):
    store = symptoms.store_report
    with ExitStack() as stack:

        def last_breath(**report):
            stored = store(**report)
            stack.enter_context(database_away())
            return stored

        monkeypatch.setattr(symptoms, "store_report", last_breath)
        response = tell(hannah, "bleed_heavy")
    page = response.content.decode()
    assert (response.status_code, level(response)) == (200, "emergency")
    assert response["Report-Stored"] == str(pregnancy.reports.get().pk)
    assert "We saved what you told us." in page and "has not been told" not in page
    assert f'action="{REPORT}"' not in page, "there is nothing to send again"
    assert f'href="{HOSPITAL}"' in page


# -- Our own parts break ----------------------------------------------------------


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


def test_when_the_rules_raise_the_answer_is_the_hospital(hannah, pregnancy, monkeypatch):
    monkeypatch.setattr(advice_module, "assess", broken)
    response = tell(hannah, "urine_often")
    assert level(response) == "emergency"
    assert response["Report-Stored"] == str(pregnancy.reports.get().pk)


def test_when_the_rules_and_the_database_fail_the_answer_is_the_hospital(hannah, monkeypatch):
    monkeypatch.setattr(advice_module, "assess", broken)
    with database_away():
        must_advise(tell(hannah, "low_mood"), "emergency")


def test_a_page_that_breaks_half_way_leaves_the_advice(hannah, pregnancy, monkeypatch):
    monkeypatch.setattr(symptoms, "labels_of", broken)
    response = tell(hannah, "bleed_light")
    assert (response.status_code, level(response)) == (200, "urgent")
    assert response["Report-Stored"] == str(pregnancy.reports.get().pk)
    assert f'href="{CLINIC}"' in response.content.decode()


def test_a_page_that_breaks_after_a_failed_write_says_that_nobody_was_told(hannah, monkeypatch):
    monkeypatch.setattr(symptoms, "labels_of", broken)
    monkeypatch.setattr(symptoms, "store_report", broken)
    must_advise(tell(hannah, "bleed_light"), "urgent")


def test_a_form_that_breaks_before_anything_is_known_leaves_the_advice(hannah, monkeypatch):
    monkeypatch.setattr(symptoms, "own_record", broken)
    must_advise(tell(hannah, "bleed_light"), "emergency")


def test_without_a_single_template_the_numbers_and_the_truth_remain(hannah, monkeypatch):
    monkeypatch.setattr(last_resort, "get_template", broken)
    with database_away():
        must_advise(tell(hannah, "urine_often"), "emergency")
        page = hannah.get(reverse("today"))
    assert page.status_code == 500 and f'href="{CLINIC}"' in page.content.decode()


# -- Nobody is signed in, or the form is stale --------------------------------------


def test_an_expired_session_gets_the_advice_and_the_way_back_in(hannah, pregnancy):
    session = hannah.session
    session.set_expiry(-1)
    session.save()
    page = must_advise(tell(hannah, "bleed_light"), "emergency", "signed-out")
    assert f'href="{reverse("account_login")}?next={REPORT}"' in page
    assert "Sign in and tell us again, or call." in page
    assert f'action="{REPORT}"' not in page, "sending it again would get the same answer"
    assert not pregnancy.reports.exists()


def test_a_deleted_session_gets_the_advice_and_her_practices_numbers(hannah):
    Session.objects.all().delete()
    must_advise(tell(hannah, "bleed_light"), "emergency", "signed-out")


@pytest.mark.django_db
def test_a_stranger_gets_the_advice_and_the_public_emergency_number(client):
    response = tell(client, "bleed_light")
    page = response.content.decode()
    assert (response.status_code, level(response)) == (200, "emergency")
    assert response["Report-Stored"] == "signed-out"
    assert "Your care team has not been told." in page
    assert f'href="{EMERGENCY}"' in page and CLINIC not in page
    assert 'href="tel:"' not in page, "no empty number to tap"


@pytest.mark.django_db
def test_a_stranger_who_wants_the_form_signs_in_first(client):
    response = client.get(REPORT)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={REPORT}"


def test_a_stale_token_gets_the_advice_and_stores_nothing(at_home, patient, pregnancy):
    browser = at_home(patient, enforce_csrf_checks=True)
    response = tell(browser, "bleed_light", csrfmiddlewaretoken="x" * 64)
    page = must_advise(response, "emergency")
    assert not pregnancy.reports.exists()
    stored = browser.post(REPORT, fields_on(page))
    assert stored["Report-Stored"] == str(pregnancy.reports.get().pk), "the page carries a new one"


def test_a_browser_without_the_token_cookie_gets_a_page_that_works(patient, pregnancy):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(patient)
    page = must_advise(tell(browser, "bleed_light"), "emergency")
    assert browser.post(REPORT, fields_on(page))["Report-Stored"] != "no"
    assert pregnancy.reports.count() == 1


def test_a_stale_token_elsewhere_is_a_kind_refusal(at_home, patient):
    browser = at_home(patient, enforce_csrf_checks=True)
    response = browser.post(reverse("account_logout"), {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()


@pytest.mark.parametrize("checked", [True, False])
def test_a_provider_is_still_refused(provider, checked):
    browser = Client(enforce_csrf_checks=checked)
    browser.force_login(provider)
    response = tell(browser, "bleed_light")
    assert response.status_code == 403 and "Report-Stored" not in response


# -- The body cannot be read -------------------------------------------------------


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize("kind", ["form", "parts"])
def test_a_body_too_large_to_read_means_the_hospital(at_home, patient, settings, kind, checked):
    browser = at_home(patient, enforce_csrf_checks=checked)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    if kind == "parts":
        response = tell(browser, "urine_often", note="x" * 2000)
    else:
        body = f"symptoms=urine_often&note={'x' * 2000}"
        response = browser.post(REPORT, body, content_type="application/x-www-form-urlencoded")
    page = must_advise(response, "emergency")
    assert "We could not read what you told us." in page


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=", b"symptoms=urine_often"),
        ("multipart/form-data", b"symptoms=urine_often"),
        ("multipart/form-data; boundary=\xff", b"--x\r\nnonsense"),
        ("application/x-www-form-urlencoded; charset=latin-1", b"symptoms=urine_often"),
    ],
)
def test_a_broken_body_means_the_hospital(hannah, kind, body):
    page = must_advise(hannah.post(REPORT, body, content_type=kind), "emergency")
    assert "We could not read what you told us." in page


def test_more_fields_than_can_be_read_mean_the_hospital(hannah, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    many = "&".join(["symptoms=urine_often"] * 9)
    response = hannah.post(REPORT, many, content_type="application/x-www-form-urlencoded")
    assert "We could not read what you told us." in must_advise(response, "emergency")


def test_a_host_we_do_not_know_leaves_the_advice(hannah):
    response = hannah.post(REPORT, {"symptoms": ["bleed_light"]}, HTTP_HOST="elsewhere.example")
    must_advise(response, "emergency")


def test_an_unknown_code_is_refused_for_good_with_the_advice_above(hannah, pregnancy):
    response = tell(hannah, "moon_pain", "bleed_heavy")
    assert (response.status_code, response["Report-Stored"]) == (200, "refused")
    assert (
        'data-urgency="emergency" aria-labelledby="advice-level advice"'
        in response.content.decode()
    )
    assert not pregnancy.reports.exists()


@pytest.mark.parametrize("said", [{"symptoms": ["bleed_light"]}, {"feel_ok": "on"}])
def test_the_answer_names_the_row_that_stands(hannah, pregnancy, said):
    response = hannah.post(REPORT, said | {"report_id": uuid.uuid4()})
    assert response["Report-Stored"] == str(pregnancy.reports.get().pk)


def test_i_feel_ok_that_was_refused_says_that_nobody_was_told(hannah):
    fill_the_disk()
    response = hannah.post(REPORT, {"feel_ok": "on"})
    assert (response.status_code, response["Report-Stored"]) == (200, "no")
    assert "Your care team has not been told." in response.content.decode()


def test_without_a_known_week_the_strictest_band_counts(at_home, practice):
    unknown = PregnancyFactory(practice=practice, due_date=None)
    fill_the_disk()
    response = tell(at_home(unknown.patient), "contract_reg")
    must_advise(response, "emergency")


# -- Every other page ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["today", "timeline", "symptoms", "checklist", "report_symptoms"])
def test_while_the_database_is_away_every_page_shows_whom_to_call(hannah, name):
    with database_away():
        response = hannah.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 500
    assert all(f'href="{number}"' in page for number in (CLINIC, HOSPITAL, EMERGENCY))
    assert "Heavy bleeding" in page and "your care team has not been told" in page
    assert response["Content-Security-Policy"] and response["X-Frame-Options"] == "DENY"


def test_the_short_list_holds_only_signs_that_mean_the_hospital():
    for sign in GO_NOW:
        assert assess(Answers(frozenset({sign}), None, high_risk=True)).urgency == Urgency.EMERGENCY


def token_on(response) -> str:
    return re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def fields_on(page: str) -> dict[str, list[str]]:
    """Return the hidden fields of the form that sends a report again."""
    form = page.split(f'action="{REPORT}"')[1].split("</form>")[0]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields
