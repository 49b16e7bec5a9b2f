"""A new pregnancy starts clean, keeps the history for the provider, and carries the risk it should."""

import datetime

import pytest
from django.urls import reverse

from tests.factories import PregnancyFactory, due_date_at, place_stitch
from tracker import actions
from tracker.enums import CerclageIndication, PregnancyEnd
from tracker.models import Pregnancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def ended(pregnancy, kind=PregnancyEnd.MISCARRIAGE, by=None):
    actions.end_pregnancy(
        pregnancy=pregnancy,
        kind=kind,
        ended_on=pregnancy.practice.today(),
        by=by or pregnancy.patient,
    )
    return Pregnancy.objects.get(pk=pregnancy.pk)


def start(browser, pregnancy, **fields):
    return browser.post(reverse("start_pregnancy", args=[pregnancy.pk]), fields)


def new_one(pregnancy) -> Pregnancy:
    return Pregnancy.objects.current().get(patient=pregnancy.patient)


def test_it_starts_clean_and_the_loss_counts(ellen, sign_in, pregnancy, patient, provider):
    browser = sign_in(patient)
    browser.post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
    browser.post(reverse("checklist_item", args=["small-signs"]))
    place_stitch(pregnancy, provider)
    ended(pregnancy)
    page = ellen.get(reverse("start_pregnancy", args=[pregnancy.pk])).content.decode()
    assert page.count("Proposed") == 1 and "18w0d" in page
    answer = start(ellen, pregnancy, earlier_loss="on")
    new = new_one(pregnancy)
    assert answer.url == new.get_absolute_url()
    assert not (new.reports.exists() or new.marks.exists() or new.cerclages.exists())
    assert (new.due_date, new.earlier_loss, new.is_high_risk) == (None, True, True)
    assert (new.earlier_insufficiency, new.earlier_preterm_birth) == (False, False)
    history = new.history_entries.get()
    assert history.after["earlier_loss"] is True and history.recorded_by == provider
    assert "Your week is not known yet" in browser.get(reverse("today")).content.decode()
    assert "Nothing logged yet" in browser.get(reverse("symptoms")).content.decode()


def test_the_provider_finds_the_earlier_pregnancy_from_the_new_chart_and_back(ellen, pregnancy):
    ended(pregnancy)
    start(ellen, pregnancy, earlier_loss="on")
    new = new_one(pregnancy)
    chart = ellen.get(new.get_absolute_url()).content.decode()
    assert f'<a href="{pregnancy.get_absolute_url()}">Miscarriage' in chart and "18w0d" in chart
    old = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "The pregnancy that is running" in old and "A newer pregnancy is running." in old
    assert reverse("start_pregnancy", args=[pregnancy.pk]) not in old


def test_what_an_earlier_record_carries_stays_whatever_is_sent(ellen, pregnancy):
    pregnancy.earlier_insufficiency = pregnancy.earlier_preterm_birth = True
    pregnancy.save()
    ended(pregnancy, PregnancyEnd.PAUSED)
    assert start(ellen, pregnancy).status_code == 302
    new = new_one(pregnancy)
    assert new.earlier_insufficiency and new.earlier_preterm_birth and not new.earlier_loss


def test_a_risk_carries_over_two_pregnancies(ellen, pregnancy):
    ended(pregnancy)
    start(ellen, pregnancy, earlier_loss="on")
    second = ended(new_one(pregnancy), PregnancyEnd.PAUSED)
    start(ellen, second)
    assert new_one(pregnancy).earlier_loss


def test_a_loss_is_proposed_also_when_the_last_pregnancy_was_another(ellen, pregnancy, practice):
    ended(pregnancy)
    later = PregnancyFactory(practice=practice, patient=pregnancy.patient, age=(39, 0))
    ended(later, PregnancyEnd.BIRTH)
    page = ellen.get(reverse("start_pregnancy", args=[later.pk])).content.decode()
    assert "checked" in page.split('name="earlier_loss"')[1].split(">")[0]


def test_a_proposed_risk_is_left_out_only_with_a_reason(ellen, pregnancy):
    ended(pregnancy)
    page = start(ellen, pregnancy, gravida="2").content.decode()
    assert "<title>Error: " in page and "Say why the risk you left out does not count." in page
    assert 'value="2"' in page and not Pregnancy.objects.current().exists()
    start(ellen, pregnancy, reason="It was 13w5d by the early scan.")
    new = new_one(pregnancy)
    assert not new.is_high_risk
    assert new.history_entries.get().reason == "It was 13w5d by the early scan."


def test_a_birth_before_37_weeks_is_proposed_as_preterm(ellen, practice):
    early = ended(PregnancyFactory(practice=practice, age=(36, 6)), PregnancyEnd.BIRTH)
    page = ellen.get(reverse("start_pregnancy", args=[early.pk])).content.decode()
    assert "checked" in page.split('name="earlier_preterm_birth"')[1].split(">")[0]


@pytest.mark.parametrize("struck", [False, True])
def test_a_stitch_for_a_short_cervix_is_proposed_unless_struck_through(
    ellen, practice, provider, struck
):
    pregnancy = PregnancyFactory(practice=practice, age=(39, 0))
    stitch = place_stitch(pregnancy, provider)
    type(stitch).objects.update(indication=CerclageIndication.ULTRASOUND)
    if struck:
        actions.strike(entry=stitch, because="another patient", by=provider)
    ended(pregnancy, PregnancyEnd.BIRTH)
    page = ellen.get(reverse("start_pregnancy", args=[pregnancy.pk])).content.decode()
    box = page.split('name="earlier_insufficiency"')[1].split(">")[0]
    assert ("checked" in box) is not struck


def test_while_one_runs_no_other_begins(ellen, pregnancy):
    answer = ellen.post(reverse("start_pregnancy", args=[pregnancy.pk]), follow=True)
    assert "A pregnancy is running." in answer.content.decode()
    assert Pregnancy.objects.count() == 1


def test_a_second_tap_begins_no_second_pregnancy(ellen, pregnancy, provider):
    old = ended(pregnancy)
    start(ellen, pregnancy, earlier_loss="on")
    assert start(ellen, pregnancy, earlier_loss="on").status_code == 302
    assert actions.start_pregnancy(earlier=old, risks=[], by=provider) is None
    assert Pregnancy.objects.count() == 2


def test_of_a_pause_nothing_is_known_and_the_page_says_ask_her(ellen, pregnancy):
    ended(pregnancy, PregnancyEnd.PAUSED)
    page = ellen.get(reverse("start_pregnancy", args=[pregnancy.pk])).content.decode()
    assert "How the earlier pregnancy ended is not known here." in page and "Proposed<" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"gravida": "two"}, "Write a whole number"),
        ({"gravida": "0"}, "1 or more"),
        ({"gravida": "99"}, "over 30"),
        ({"para": "12"}, "Write four digits"),
        ({"reason": "x" * 301}, "Keep the reason under 300"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(ellen, pregnancy, fields, words):
    ended(pregnancy)
    page = start(ellen, pregnancy, earlier_loss="on", **fields).content.decode()
    (name,) = fields
    assert "<title>Error: " in page and words in page.split(f'id="id_{name}_error"')[1]
    assert not Pregnancy.objects.current().exists()


def test_who_is_with_another_practice_now_begins_there(ellen, pregnancy, elsewhere):
    ended(pregnancy)
    pregnancy.patient.practice = elsewhere.practice
    pregnancy.patient.save()
    answer = ellen.post(reverse("start_pregnancy", args=[pregnancy.pk]), follow=True)
    assert "She is with another practice now." in answer.content.decode()
    assert not Pregnancy.objects.current().filter(patient=pregnancy.patient).exists()


def test_today_is_back_with_the_due_date_of_the_new_one(ellen, sign_in, pregnancy):
    ended(pregnancy)
    start(ellen, pregnancy, earlier_loss="on")
    new = new_one(pregnancy)
    new.due_date = due_date_at(new.practice, (8, 2))
    new.save()
    page = sign_in(pregnancy.patient).get(reverse("today")).content.decode()
    assert "8 weeks, 2 days" in page and "We are so sorry" not in page


def test_a_report_now_belongs_to_the_new_pregnancy(ellen, sign_in, pregnancy):
    ended(pregnancy)
    start(ellen, pregnancy, earlier_loss="on")
    sign_in(pregnancy.patient).post(reverse("report_symptoms"), {"symptoms": ["bleed_light"]})
    report = new_one(pregnancy).reports.get()
    assert report.high_risk and report.reported_at.date() >= datetime.date(2026, 1, 1)


def test_an_earlier_pregnancy_at_another_practice_is_not_shown(ellen, pregnancy, elsewhere):
    elsewhere.patient = pregnancy.patient
    elsewhere.ended_on, elsewhere.end = elsewhere.practice.today(), PregnancyEnd.STILLBIRTH
    elsewhere.save()
    ended(pregnancy, PregnancyEnd.PAUSED)
    for name in ("chart", "start_pregnancy"):
        page = ellen.get(reverse(name, args=[pregnancy.pk])).content.decode()
        assert "Stillbirth" not in page and str(elsewhere.pk) not in page
