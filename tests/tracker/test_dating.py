"""The due date: every way to find it, the redating rule in words, and what follows once it is accepted."""

import datetime
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import PregnancyFactory
from tracker.actions import accept_due_date, end_pregnancy, report_symptoms
from tracker.advice import assess_for
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.clinical.triage import Answers, assess
from tracker.enums import AlertEventKind, DatingMethod, PregnancyEnd, Urgency
from tracker.models import Alert, CervicalLength, DueDate, Message, Pregnancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def undated(practice):
    return PregnancyFactory(practice=practice, due_date=None)


def today_of(pregnancy) -> datetime.date:
    return pregnancy.practice.today()


def days_ago(pregnancy, days: int) -> str:
    return (today_of(pregnancy) - timedelta(days=days)).isoformat()


def post(browser, pregnancy, **data) -> str:
    address = reverse("dating", args=[pregnancy.pk])
    return browser.post(address, data, follow=True).content.decode()


def standing(pregnancy) -> dict:
    """Return what a proposal page carries of the due date it was computed against."""
    due = pregnancy.due_date
    return {
        "seen_due_date": due.isoformat() if due else "",
        "seen_method": pregnancy.dating_method if due else "",
    }


def accept(browser, pregnancy, **data) -> str:
    return post(browser, pregnancy, accept="on", **standing(pregnancy) | data)


def page_of(browser, name, *args) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


def scan(pregnancy, off: int, day_ago: int = 0) -> dict:
    """Return a scan that finds her ``off`` days further along than the standing date does."""
    days = pregnancy.age_on(today_of(pregnancy) - timedelta(days=day_ago)).total_days + off
    return {
        "method": "ultrasound",
        "scanned_on": days_ago(pregnancy, day_ago),
        "weeks": days // 7,
        "days": days % 7,
    }


# Every method


@pytest.mark.parametrize(
    ("data", "ago", "due_in", "words"),
    [
        (
            {"method": "lmp", "last_period": 70, "cycle_days": "28"},
            "last_period",
            210,
            "cycle of 28",
        ),
        (
            {"method": "lmp", "last_period": 70, "cycle_days": "32"},
            "last_period",
            214,
            "cycle of 32",
        ),
        ({"method": "conception", "conceived_on": 56}, "conceived_on", 210, "Conceived on"),
        (
            {"method": "ivf", "transferred_on": 51, "embryo_days": "5"},
            "transferred_on",
            210,
            "embryo of 5 days",
        ),
        (
            {"method": "ultrasound", "scanned_on": 7, "weeks": "9", "days": "0"},
            "scanned_on",
            210,
            "9w0d that day",
        ),
        ({"method": "stated", "due_date": -210}, "due_date", 210, "As stated"),
    ],
)
def test_each_method_is_proposed_stored_only_when_accepted_and_kept_with_its_basis(
    ellen, undated, provider, data, ago, due_in, words
):
    data = data | {ago: days_ago(undated, data[ago])}
    due = today_of(undated) + timedelta(days=due_in)
    page = post(ellen, undated, **data)
    assert "Proposal: nothing is stored yet" in page and f"{due:%b} {due.day}, {due.year}" in page
    assert "Today 10w0d by it" in page or due_in != 210
    assert not DueDate.objects.exists()
    assert Pregnancy.objects.get(pk=undated.pk).due_date is None
    page = accept(ellen, undated, **data)
    undated.refresh_from_db()
    row = DueDate.objects.get()
    assert (undated.due_date, undated.dating_method) == (due, data["method"])
    assert (row.accepted_by, row.replaced_due_date, row.replaced_method) == (provider, None, "")
    assert words in page and "Counts now" in page and "Ellen Park" in page
    assert words in page_of(ellen, "chart", undated.pk)


def test_her_own_pages_follow_at_once_and_say_how_it_was_found(ellen, sign_in, undated):
    hers = sign_in(undated.patient)
    assert "Your week is not known yet" in page_of(hers, "today")
    accept(ellen, undated, method="lmp", last_period=days_ago(undated, 70), cycle_days="28")
    assert "10 weeks, 0 days" in page_of(hers, "today")
    assert "found by: Last period" in page_of(hers, "timeline")
    assert not Message.objects.exists()


def test_without_a_choice_the_usual_method_is_open_and_any_can_be_chosen(ellen, undated, pregnancy):
    assert "last_period" in page_of(ellen, "dating", undated.pk)
    assert "scanned_on" in page_of(ellen, "dating", pregnancy.pk)
    address = reverse("dating", args=[pregnancy.pk])
    assert b"embryo_days" in ellen.get(address, {"method": "ivf"}).content
    assert b"scanned_on" in ellen.get(address, {"method": "dice"}).content


# Bad input

LMP = {"method": "lmp", "cycle_days": "28"}
IVF = {"method": "ivf", "embryo_days": "5"}
SCAN = {"method": "ultrasound", "weeks": "12", "days": "0"}


@pytest.mark.parametrize(
    ("data", "field", "value", "message"),
    [
        (LMP, "last_period", "2026-02-30", "This is not a date of the calendar."),
        (LMP, "last_period", "", "Enter the date."),
        (LMP, "last_period", -1, "This day has not come yet."),
        (LMP, "last_period", 44 * 7 + 1, "This is more than 44 weeks ago."),
        (LMP | {"last_period": 70}, "cycle_days", "10", "Write a whole number from 20 to 45."),
        (LMP | {"last_period": 70}, "cycle_days", "46", "Write a whole number from 20 to 45."),
        (LMP | {"last_period": 70}, "cycle_days", "about 30", "Write a whole number from 20"),
        ({"method": "conception"}, "conceived_on", -1, "This day has not come yet."),
        ({"method": "conception"}, "conceived_on", 400, "more than 5 weeks ago"),
        (IVF | {"transferred_on": 51}, "embryo_days", "9", "Write a whole number from 0 to 7."),
        (IVF, "transferred_on", -3, "This day has not come yet."),
        (SCAN, "scanned_on", -1, "This day has not come yet."),
        (SCAN | {"scanned_on": 0}, "weeks", "45", "Write a whole number from 4 to 42."),
        (SCAN | {"scanned_on": 0}, "days", "9", "Write a whole number from 0 to 6."),
        (SCAN | {"scanned_on": 0}, "weeks", "", "Write a whole number from 4 to 42."),
        (SCAN, "scanned_on", 400, "more than 5 weeks ago"),
        ({"method": "stated"}, "due_date", -(42 * 7 + 1), "more than 42 weeks from now"),
        ({"method": "stated"}, "due_date", 36, "more than 5 weeks ago"),
        ({"method": "stated"}, "due_date", "31 June", "This is not a date of the calendar."),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(
    ellen, undated, data, field, value, message
):
    data = data | {field: value}
    data = {
        name: days_ago(undated, each) if isinstance(each, int) else each
        for name, each in data.items()
    }
    page = accept(ellen, undated, **data)
    assert message in page and "<title>Error:" in page and "Proposal" not in page
    assert f'id="id_{field}_error"' in page and f'value="{data[field]}"' in page or not data[field]
    assert not DueDate.objects.exists()


@pytest.mark.parametrize(
    ("method", "field", "days"),
    [
        ("stated", "due_date", -42 * 7),
        ("stated", "due_date", 35),
        ("lmp", "last_period", 44 * 7),
        ("lmp", "last_period", 0),
    ],
)
def test_the_last_possible_day_is_taken(ellen, undated, method, field, days):
    data = {"method": method, field: days_ago(undated, days), "cycle_days": "28"}
    assert "Proposal" in post(ellen, undated, **data)


def test_a_scan_before_the_pregnancy_began_is_refused(ellen, pregnancy):
    page = post(ellen, pregnancy, **SCAN, scanned_on=days_ago(pregnancy, 127))
    assert "this is before the pregnancy began" in page and "<title>Error:" in page


# The redating rule, at 18w0d: more than 10 days


@pytest.mark.parametrize(
    ("off", "words"),
    [
        (11, "11 days, more than 10: use the scan"),
        (-11, "11 days, more than 10: use the scan"),
        (10, "10 days, not more than 10: keep the last period"),
        (0, "0 days, not more than 10: keep the last period"),
        (1, "1 day, not more than 10: keep the last period"),
    ],
)
def test_the_rule_is_shown_with_its_arithmetic(ellen, pregnancy, off, words):
    page = post(ellen, pregnancy, **scan(pregnancy, off))
    assert words in page and not DueDate.objects.exists()


@pytest.mark.parametrize(
    ("age", "off", "words"),
    [
        ((8, 6), 6, "6 days, more than 5: use the scan"),
        ((9, 0), 6, "6 days, not more than 7: keep the last period"),
        ((12, 0), 8, "8 days, more than 7: use the scan"),
        ((22, 0), 14, "14 days, not more than 14: keep the last period"),
    ],
)
def test_the_threshold_is_that_of_her_age_by_dates_on_the_day_of_the_scan(
    ellen, practice, age, off, words
):
    pregnancy = PregnancyFactory(practice=practice, age=age)
    assert words in post(ellen, pregnancy, **scan(pregnancy, off))


def test_from_28_weeks_a_small_baby_may_look_like_a_wrong_date(ellen, practice):
    late = PregnancyFactory(practice=practice, age=(30, 0))
    page = post(ellen, late, **scan(late, -22))
    assert "22 days, more than 21: use the scan" in page
    assert "a small baby can look like a wrong date" in page
    early = PregnancyFactory(practice=practice, age=(27, 6))
    assert "small baby" not in post(ellen, early, **scan(early, -22))


def test_an_earlier_scan_is_replaced_with_a_caution(ellen, pregnancy):
    pregnancy.dating_method = DatingMethod.ULTRASOUND
    pregnancy.save()
    page = post(ellen, pregnancy, **scan(pregnancy, 11))
    assert "Later changes are rare, and talked over." in page


def test_a_first_scan_at_22_weeks_is_said_to_be_suboptimal(ellen, undated):
    data = SCAN | {"scanned_on": days_ago(undated, 0)}
    assert "suboptimally dated" not in post(ellen, undated, **data)
    assert "suboptimally dated" in post(ellen, undated, **data | {"weeks": "22"})


def test_a_scan_by_the_rule_is_accepted_without_a_reason(ellen, pregnancy):
    before = pregnancy.due_date
    page = accept(ellen, pregnancy, **scan(pregnancy, 11), take="scan")
    row = pregnancy.due_dates.get()
    assert (row.difference, row.threshold, row.method) == (11, 10, "ultrasound")
    assert (row.replaced_due_date, row.replaced_method) == (before, "lmp")
    pregnancy.refresh_from_db()
    assert pregnancy.due_date == before - timedelta(days=11)
    assert f"<s>{before:%b} {before.day}, {before.year}</s>" in page
    assert "Stood before the first entry here" in page
    assert "Decided against the rule" not in page


def test_keeping_by_the_rule_is_on_record_with_the_scan(ellen, pregnancy):
    before = pregnancy.due_date
    page = accept(ellen, pregnancy, **scan(pregnancy, 4), take="keep")
    row = pregnancy.due_dates.get()
    assert (row.due_date, row.method, row.difference) == (before, "lmp", 4)
    assert row.basis["kept"] is True
    assert "4 days, not more than 10: keep the last period" in page and "18w4d that day" in page
    assert "Kept at the first entry here" in page


@pytest.mark.parametrize(("off", "take"), [(11, "keep"), (10, "scan")])
def test_whoever_goes_against_the_rule_says_why(ellen, pregnancy, off, take):
    data = scan(pregnancy, off) | {"take": take}
    page = accept(ellen, pregnancy, **data)
    assert "This goes against the rule. Say why." in page and "<title>Error:" in page
    assert not DueDate.objects.exists()
    page = accept(ellen, pregnancy, **data, reason="Sure of her dates")
    assert pregnancy.due_dates.get().reason == "Sure of her dates"
    assert "Decided against the rule" in page and "Sure of her dates" in page


@pytest.mark.parametrize("take", ["", "coin"])
def test_one_of_the_two_dates_is_chosen(ellen, pregnancy, take):
    page = accept(ellen, pregnancy, **scan(pregnancy, 11), take=take)
    assert "Choose one of the two." in page and not DueDate.objects.exists()


def test_a_due_date_from_ivf_is_kept_and_replaced_only_with_a_reason(ellen, practice):
    pregnancy = PregnancyFactory(practice=practice, dating_method=DatingMethod.IVF, age=(12, 0))
    page = post(ellen, pregnancy, **scan(pregnancy, 15))
    assert "15 days apart. A due date from IVF is kept whatever a scan says." in page
    data = LMP | {"last_period": days_ago(pregnancy, 70)}
    assert "A due date from IVF is kept." in post(ellen, pregnancy, **data)
    assert "This goes against the rule." in accept(ellen, pregnancy, **data)
    assert not DueDate.objects.exists()
    accept(ellen, pregnancy, **scan(pregnancy, 15), take="keep")
    assert pregnancy.due_dates.get().threshold is None
    accept(ellen, pregnancy, **data, reason="It was a natural cycle after all")
    assert Pregnancy.objects.get(pk=pregnancy.pk).dating_method == "lmp"


# Accepting


def test_a_proposal_from_a_due_date_that_changed_meanwhile_is_shown_anew(
    ellen, sign_in, colleague, pregnancy
):
    seen, mine = standing(pregnancy), scan(pregnancy, 11)
    accept(sign_in(colleague), pregnancy, **scan(pregnancy, -12), take="scan")
    page = post(ellen, pregnancy, accept="on", take="scan", **seen | mine)
    assert "Kofi Osei, MD has changed the due date meanwhile." in page
    assert "Look at the new proposal." in page and "23 days, more than 10" in page
    assert pregnancy.due_dates.count() == 1


def test_under_the_lock_a_changed_due_date_is_not_overwritten(pregnancy, provider):
    mine = Pregnancy.objects.get(pk=pregnancy.pk)
    assert store(pregnancy, pregnancy.due_date + timedelta(days=20), provider)
    assert store(mine, mine.due_date - timedelta(days=9), provider) is None
    assert DueDate.objects.count() == 1


def store(pregnancy, due_date, by, **more):
    told = {
        "method": DatingMethod.STATED,
        "basis": {"due_date": due_date.isoformat()},
        "difference": None,
        "threshold": None,
        "reason": "",
    }
    return accept_due_date(pregnancy=pregnancy, due_date=due_date, by=by, **told | more)


@pytest.mark.parametrize(("off", "take"), [(11, "scan"), (4, "keep")])
def test_accepted_twice_it_is_one_row(ellen, pregnancy, off, take):
    data = standing(pregnancy) | scan(pregnancy, off) | {"take": take, "accept": "on"}
    for _tap in range(2):
        page = post(ellen, pregnancy, **data)
        assert "meanwhile" not in page and "<title>Error:" not in page
    assert pregnancy.due_dates.count() == 1


def test_the_history_is_newest_first_with_older_ones_struck_through(ellen, pregnancy, provider):
    first = store(pregnancy, pregnancy.due_date + timedelta(days=1), provider, reason="card one")
    second = store(pregnancy, pregnancy.due_date + timedelta(days=1), provider, reason="card two")
    page = page_of(ellen, "dating", pregnancy.pk)
    words = [
        f"{row.due_date:%b} {row.due_date.day}, {row.due_date.year}" for row in (first, second)
    ]
    assert f"<s>{words[0]}</s>" in page and f"<b>{words[1]}</b>" in page
    assert f"Replaced by {words[1]}: Ellen Park" in page
    assert page.index("card two") < page.index("card one")


def test_a_kept_date_is_not_struck_through(ellen, pregnancy, provider):
    store(pregnancy, pregnancy.due_date, provider)
    accept(ellen, pregnancy, **scan(pregnancy, 2), take="keep")
    page = page_of(ellen, "dating", pregnancy.pk)
    assert page.count("Counts now") == 2
    assert "As stated, computed from nothing here" in page


def test_past_reports_keep_the_week_they_had(pregnancy, patient, provider):
    report = tell(pregnancy, "BLEED_LIGHT")
    store(pregnancy, pregnancy.due_date - timedelta(days=28), provider)
    report.refresh_from_db()
    assert report.gestational_days == 126
    assert tell(pregnancy, "URINE_OFTEN").gestational_days == 154


def tell(pregnancy, *symptoms):
    return report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=symptoms,
        assessment=assess_for(pregnancy, symptoms),
        by=pregnancy.patient,
    )


# What is read by the week


def measured(pregnancy, by, days, length_mm=22):
    return CervicalLength.objects.create(
        pregnancy=pregnancy,
        measured_on=today_of(pregnancy),
        gestational_days=days,
        length_mm=length_mm,
        recorded_by=by,
    )


def test_a_new_due_date_can_make_a_length_short_and_never_a_short_one_long(practice, provider):
    pregnancy = PregnancyFactory(practice=practice, age=(25, 0))
    length = measured(pregnancy, provider, 175)
    assert not pregnancy.short_cervix
    store(pregnancy, pregnancy.due_date + timedelta(days=14), provider)
    length.refresh_from_db()
    assert length.gestational_days == 161 and pregnancy.short_cervix and pregnancy.is_high_risk
    store(pregnancy, pregnancy.due_date - timedelta(days=28), provider)
    length.refresh_from_db()
    assert length.gestational_days == 161 and pregnancy.is_high_risk


def test_a_short_length_of_unknown_week_stays_short(undated, provider):
    short, long = measured(undated, provider, None), None
    store(undated, due_date_by_scan(today_of(undated), GestationalAge.of(30)), provider)
    short.refresh_from_db()
    assert short.gestational_days is None and short.is_short and undated.is_high_risk and not long


def test_a_long_length_of_unknown_week_gets_its_week(undated, provider):
    length = measured(undated, provider, None, length_mm=40)
    store(undated, due_date_by_scan(today_of(undated), GestationalAge.of(20)), provider)
    length.refresh_from_db()
    assert length.gestational_days == 140


def test_a_struck_length_is_left_alone(pregnancy, provider):
    length = measured(pregnancy, provider, 126)
    CervicalLength.objects.filter(pk=length.pk).update(
        struck_at="2026-11-20T08:00Z", struck_by=provider, struck_because="x"
    )
    store(pregnancy, pregnancy.due_date + timedelta(days=14), provider)
    length.refresh_from_db()
    assert length.gestational_days == 126


def alert_that_rises(practice) -> tuple[Pregnancy, str, int]:
    """Return someone whose sign is more urgent some weeks later, and how many days later."""
    for symptom in ("BACK_PAIN", "ABDO_CRAMP", "PELVIC_PRESSURE", "DISCHARGE_CHANGE"):
        for week in range(8, 36):
            levels = [
                assess(Answers(frozenset({symptom}), each * 7, high_risk=False)).urgency
                for each in (week, week + 1)
            ]
            if levels[0] < levels[1]:
                return PregnancyFactory(practice=practice, age=(week, 0)), symptom, 7
    raise AssertionError("No sign of the rules rises with the week.")


def test_an_open_alert_rises_by_the_new_week_and_everyone_is_told_again(
    ellen, practice, provider, colleague
):
    pregnancy, symptom, days = alert_that_rises(practice)
    report = tell(pregnancy, symptom)
    before = Alert.objects.get().urgency
    Alert.objects.update(acknowledged_at="2026-11-20T08:12Z", acknowledged_by=colleague)
    store(pregnancy, pregnancy.due_date - timedelta(days=days), provider)
    alert = Alert.objects.get()
    assert alert.urgency > before and alert.acknowledged_at is None
    event = alert.events.get(kind=AlertEventKind.REASSESSED)
    assert (event.by, event.urgency) == (provider, alert.urgency)
    report.refresh_from_db()
    assert report.urgency == before
    assert "More urgent by a new due date" in page_of(ellen, "chart", pregnancy.pk)


def test_an_open_alert_never_falls(practice, provider):
    pregnancy, symptom, days = alert_that_rises(practice)
    pregnancy.due_date -= timedelta(days=days)
    pregnancy.save()
    pregnancy = Pregnancy.objects.get(pk=pregnancy.pk)
    tell(pregnancy, symptom)
    before = Alert.objects.get()
    store(pregnancy, pregnancy.due_date + timedelta(days=days), provider)
    after = Alert.objects.get()
    assert (after.urgency, after.round) == (before.urgency, before.round)
    assert not after.events.filter(kind=AlertEventKind.REASSESSED).exists()


def test_a_closed_alert_stays_as_it_was(practice, provider):
    pregnancy, symptom, days = alert_that_rises(practice)
    tell(pregnancy, symptom)
    Alert.objects.update(resolved_at="2026-11-20T08:12Z", resolved_by=provider, outcome="seen")
    before = Alert.objects.get().urgency
    store(pregnancy, pregnancy.due_date - timedelta(days=days), provider)
    assert Alert.objects.get().urgency == before < Urgency.EMERGENCY


# Whose page it is


def test_a_pregnancy_that_has_ended_is_not_dated_anew(ellen, pregnancy, provider):
    before = pregnancy.due_date
    data = standing(pregnancy) | scan(pregnancy, 11) | {"take": "scan", "accept": "on"}
    end_pregnancy(
        pregnancy=pregnancy, kind=PregnancyEnd.BIRTH, ended_on=today_of(pregnancy), by=provider
    )
    page = post(ellen, pregnancy, **data)
    assert "This pregnancy has ended. Nothing was stored." in page
    assert "Its due date can no longer change." in page and "scanned_on" not in page
    assert store(pregnancy, before + timedelta(days=3), provider) is None
    assert Pregnancy.objects.get(pk=pregnancy.pk).due_date == before


def test_another_practice_gets_404_and_leaves_no_trace(outsider, sign_in, pregnancy):
    browser, address = sign_in(outsider), reverse("dating", args=[pregnancy.pk])
    data = standing(pregnancy) | scan(pregnancy, 11) | {"take": "scan", "accept": "on"}
    assert browser.get(address).status_code == browser.post(address, data).status_code == 404
    assert not DueDate.objects.exists() and not pregnancy.openings.exists()


def test_opening_the_page_leaves_a_row(ellen, pregnancy):
    page_of(ellen, "dating", pregnancy.pk)
    assert pregnancy.openings.get().page == "dating"


def test_the_history_costs_the_same_with_one_row_and_with_many(ellen, pregnancy, provider):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(ellen, "dating", pregnancy.pk)
        return len(captured)

    store(pregnancy, pregnancy.due_date + timedelta(days=1), provider)
    cost()
    before = cost()
    for _number in range(20):
        store(pregnancy, pregnancy.due_date + timedelta(days=1), provider)
    assert cost() == before
