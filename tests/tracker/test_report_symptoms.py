"""From what a patient ticks to what she is told, and what her care team sees."""

import uuid

import pytest
from django.db import DatabaseError
from django.urls import reverse

from tests.factories import PregnancyFactory, UserFactory
from tracker.clinical.triage import RULES_VERSION
from tracker.enums import Urgency
from tracker.models import Alert, Pregnancy, SymptomReport
from tracker.views import symptoms as symptoms_view

REPORT = reverse("report_symptoms")


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def marisol(sign_in, stitched):
    return sign_in(stitched.patient)


def tell(browser, *codes, **fields):
    return browser.post(REPORT, {"symptoms": codes, "report_id": uuid.uuid4()} | fields)


def level(response) -> str:
    return response.content.decode().split('data-report-urgency="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("bleed_heavy", "emergency"), ("bleed_light", "urgent"), ("urine_often", "contact")],
)
def test_the_answer_to_a_report_is_the_advice_itself(hannah, code, expected):
    response = tell(hannah, code)
    assert response.status_code == 200
    assert level(response) == expected


def test_a_stitch_makes_the_same_sign_an_emergency(hannah, marisol):
    assert level(tell(hannah, "bleed_light")) == "urgent"
    assert level(tell(marisol, "bleed_light")) == "emergency"


def test_an_emergency_page_gives_the_hospital_and_the_numbers(marisol, practice):
    page = tell(marisol, "fluid_gush").content.decode()
    assert "Go to the hospital now" in page
    assert 'href="tel:911"' in page and 'href="tel:+15055550177"' in page
    assert practice.hospital_address in page
    assert "mainnav" not in page, "one column, no navigation"


def test_a_call_page_gives_the_clinics_number_to_tap(hannah):
    page = tell(hannah, "bleed_light").content.decode()
    assert "Call your care team now" in page and 'href="tel:+15055550142"' in page
    assert "No answer in 10 minutes?" in page


def test_a_report_keeps_its_rules_week_and_version(hannah, pregnancy):
    tell(hannah, "bleed_light", note="since breakfast", started="today")
    report = pregnancy.reports.get()
    assert report.rules == ["BLEED_LIGHT.any.4-42"]
    assert (report.rules_version, report.gestational_days, report.high_risk) == (
        RULES_VERSION,
        126,
        False,
    )
    assert (report.note, report.started, report.level) == (
        "since breakfast",
        "today",
        Urgency.URGENT,
    )


def test_the_same_report_sent_twice_is_one_report(hannah, pregnancy):
    again = {"report_id": uuid.uuid4()}
    first, second = tell(hannah, "bleed_light", **again), tell(hannah, "bleed_light", **again)
    assert level(first) == level(second) == "urgent"
    assert pregnancy.reports.count() == pregnancy.alerts.count() == 1


def test_the_same_form_sent_again_with_more_signs_is_a_new_report(hannah, pregnancy):
    again = {"report_id": uuid.uuid4()}
    tell(hannah, "bleed_light", **again)
    assert level(tell(hannah, "bleed_light", "bleed_heavy", **again)) == "emergency"
    assert pregnancy.reports.count() == 2
    assert pregnancy.alerts.get().urgency == Urgency.EMERGENCY


def test_other_words_under_a_used_id_are_one_new_report_however_often_they_come(hannah, pregnancy):
    again = {"report_id": uuid.uuid4()}
    tell(hannah, "bleed_light", **again)
    for _ in range(3):
        tell(hannah, "bleed_heavy", **again)
        tell(hannah, "bleed_light", **again)
        hannah.post(REPORT, {"feel_ok": "on"} | again)
    assert pregnancy.reports.count() == 3


def test_signs_ticked_after_i_feel_ok_are_not_lost(hannah, pregnancy):
    again = {"report_id": uuid.uuid4()}
    hannah.post(REPORT, {"feel_ok": "on"} | again)
    assert level(tell(hannah, "fluid_gush", **again)) == "emergency"
    assert pregnancy.reports.count() == 2


def test_the_preview_weighs_all_signs_together_and_stores_nothing(hannah, pregnancy):
    preview = reverse("preview_advice")
    one = hannah.post(preview, {"symptoms": ["pelvic_pressure"]}).content.decode()
    two = hannah.post(preview, {"symptoms": ["pelvic_pressure", "abdo_cramp"]}).content.decode()
    none = hannah.post(preview).content.decode()
    assert 'data-decided="urgent"' in one and 'data-decided="emergency"' in two
    assert "data-decided" not in none
    assert not pregnancy.reports.exists()


def test_an_id_that_another_patient_used_shows_nothing_of_hers(hannah, marisol, pregnancy):
    taken = {"report_id": uuid.uuid4()}
    tell(marisol, "fluid_gush", **taken)
    page = tell(hannah, "urine_often", **taken)
    assert level(page) == "contact"
    assert pregnancy.reports.get().symptoms == ["URINE_OFTEN"]


def test_a_second_report_raises_the_open_alert_and_never_lowers_it(hannah, pregnancy):
    for code, expected in [
        ("bleed_light", Urgency.URGENT),
        ("bleed_heavy", Urgency.EMERGENCY),
        ("urine_often", Urgency.EMERGENCY),
    ]:
        tell(hannah, code)
        assert pregnancy.alerts.get().urgency == expected
    assert pregnancy.reports.count() == 3


def test_a_report_after_someone_read_the_alert_makes_it_unread_again(
    hannah, pregnancy, provider, sign_in
):
    tell(hannah, "bleed_light")
    sign_in(provider).post(reverse("acknowledge_alert", args=[pregnancy.alerts.get().pk]))
    tell(hannah, "abdo_cramp")
    alert = pregnancy.alerts.get()
    assert alert.acknowledged_at is None
    assert [event.kind for event in alert.events.all()] == ["raised", "acknowledged", "repeated"]


def test_i_feel_ok_is_thanked_and_changes_no_alert(hannah, pregnancy):
    tell(hannah, "bleed_light")
    page = hannah.post(REPORT, {"feel_ok": "on", "report_id": uuid.uuid4()}).content.decode()
    assert "Thank you for telling us" in page
    assert reverse("warning_signs") in page
    assert pregnancy.alerts.get().urgency == Urgency.URGENT
    assert 'data-urgency="urgent"' in page, "the advice that stands stays on every page"


@pytest.mark.parametrize(
    "forbidden",
    ["all is well", "you are fine", "nothing is wrong", "no need to worry", "that is normal"],
)
def test_i_feel_ok_is_never_answered_with_reassurance(hannah, forbidden):
    page = hannah.post(REPORT, {"feel_ok": "on"}).content.decode().lower()
    assert forbidden not in page


def test_the_banner_stays_on_every_page_until_a_person_closes_the_alert(
    hannah, pregnancy, provider, sign_in
):
    tell(hannah, "bleed_light")
    pages = [
        reverse(name)
        for name in ("today", "timeline", "symptoms", "checklist", "library", "warning_signs")
    ]
    assert all('data-urgency="urgent"' in hannah.get(page).content.decode() for page in pages)
    alert = pregnancy.alerts.get()
    sign_in(provider).post(reverse("resolve_alert", args=[alert.pk]), {"outcome": "seen"})
    assert 'data-urgency="' not in hannah.get(reverse("today")).content.decode()


def test_thoughts_of_harm_show_the_crisis_line_first(hannah):
    page = tell(hannah, "self_harm").content.decode()
    assert 'data-report-urgency="emergency"' in page
    assert page.index('href="tel:988"') < page.index('href="tel:911"')
    assert "Go to the hospital now" not in page.split("<main")[1].split("care__foot")[0]


def test_a_body_in_danger_comes_before_the_crisis_line(hannah):
    page = tell(hannah, "self_harm", "bleed_heavy").content.decode()
    assert page.index("Go to the hospital now") < page.index('href="tel:988"')


def test_low_mood_shows_the_line_for_mothers(hannah):
    page = tell(hannah, "low_mood").content.decode()
    assert 'data-report-urgency="contact"' in page and 'href="tel:+18338526262"' in page


# -- Bad input: a clear message, nothing lost, never a 500 ------------------------


def test_a_report_without_symptoms_offers_a_way_out(hannah, pregnancy):
    page = tell(hannah, note="I wrote this").content.decode()
    assert "Tick what fits, or choose “I feel OK”" in page
    assert "I wrote this" in page and "<title>Error:" in page
    assert not pregnancy.reports.exists()


def test_an_unknown_code_gets_a_message_and_advice_and_keeps_the_rest(hannah, pregnancy):
    page = tell(hannah, "moon_pain", "bleed_light", note="kept").content.decode()
    assert "We do not know the sign “moon_pain”" in page
    assert 'value="bleed_light" data-level="urgent" checked' in page and "kept" in page
    assert 'data-urgency="urgent" aria-labelledby="advice-level advice"' in page, (
        "advice first, even on a refused form"
    )
    assert "has not been told yet" in page
    assert not pregnancy.reports.exists()


def test_a_note_of_100000_characters_is_kept_and_answered(hannah):
    long = "x" * 100_000
    page = tell(hannah, "bleed_heavy", note=long).content.decode()
    assert "Please keep it under 2000 letters. You wrote 100000." in page
    assert long in page
    assert 'data-urgency="emergency" aria-labelledby="advice-level advice"' in page


@pytest.mark.parametrize("broken", ["", "not-a-uuid", "1" * 300])
def test_a_broken_report_id_is_no_reason_to_refuse(hannah, pregnancy, broken):
    assert level(tell(hannah, "bleed_light", report_id=broken)) == "urgent"
    assert pregnancy.reports.count() == 1


def test_markup_in_a_note_is_shown_as_text(hannah):
    tell(hannah, "bleed_light", note="<script>alert(1)</script>")
    page = hannah.get(reverse("symptoms")).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("age", [(2, 0), (43, 0), (45, 6)])
def test_a_week_outside_the_table_gets_the_strictest_band(sign_in, practice, age):
    pregnancy = PregnancyFactory(practice=practice, age=age)
    assert level(tell(sign_in(pregnancy.patient), "move_stop")) == "emergency"


def test_a_due_date_in_the_past_breaks_no_page(sign_in, practice):
    pregnancy = PregnancyFactory(practice=practice, age=(60, 0))
    browser = sign_in(pregnancy.patient)
    for name in ("today", "timeline", "symptoms", "report_symptoms", "checklist", "warning_signs"):
        assert browser.get(reverse(name)).status_code == 200
    assert level(tell(browser, "abdo_cramp")) == "urgent"


def test_without_a_due_date_the_strictest_band_counts(sign_in, practice):
    pregnancy = PregnancyFactory(practice=practice, due_date=None)
    browser = sign_in(pregnancy.patient)
    assert "Your week is not known yet" in browser.get(reverse("today")).content.decode()
    assert level(tell(browser, "contract_reg")) == "emergency"
    assert pregnancy.reports.get().gestational_days is None


def test_a_patient_without_a_pregnancy_is_advised_and_told_that_nobody_knows(sign_in, practice):
    browser = sign_in(UserFactory(practice=practice))
    page = tell(browser, "bleed_light")
    assert level(page) == "emergency"
    assert "Your care team has not been told." in page.content.decode()
    assert (
        "We do not have your pregnancy here yet" in browser.get(reverse("today")).content.decode()
    )


def test_when_storing_fails_she_gets_the_advice_and_the_truth(hannah, pregnancy, monkeypatch):
    def full_disk(**report):
        raise DatabaseError("disk is full")

    monkeypatch.setattr(symptoms_view, "store_report", full_disk)
    page = tell(hannah, "bleed_heavy")
    assert level(page) == "emergency"
    assert "Your care team has not been told." in page.content.decode()
    assert not SymptomReport.objects.exists()


def test_when_the_rules_fail_the_answer_is_the_hospital(hannah, monkeypatch):
    monkeypatch.setattr(Pregnancy, "is_high_risk", property(lambda self: 1 / 0))
    page = hannah.post(REPORT, {"symptoms": ["urine_often"], "report_id": uuid.uuid4()})
    assert level(page) == "emergency"


def test_a_foreign_report_is_not_found(hannah, marisol, stitched):
    tell(marisol, "fluid_gush")
    assert hannah.get(reverse("advice", args=[stitched.reports.get().pk])).status_code == 404


def test_the_strict_reading_of_a_practice_raises_a_sign_to_emergency(hannah, practice):
    practice.strict_reading = True
    practice.save()
    assert level(tell(hannah, "back_pain")) == "emergency"


def test_who_has_read_the_report_is_shown_from_the_stored_row(hannah, pregnancy, provider, sign_in):
    tell(hannah, "bleed_light")
    address = reverse("advice", args=[pregnancy.reports.get().pk])
    assert "No one has read it yet." in hannah.get(address).content.decode()
    sign_in(provider).post(reverse("acknowledge_alert", args=[Alert.objects.get().pk]))
    page = hannah.get(address).content.decode()
    assert "Ellen Park, CNM read it at" in page and "No one has read it yet." not in page
