"""A stitch on record: placed, removed, corrected; and her own pages follow the same minute."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import place_stitch
from tracker.actions import (
    correct_removal,
    correct_stitch,
    end_pregnancy,
    remove_stitch,
    strike,
)
from tracker.actions import (
    place_stitch as store_stitch,
)
from tracker.clinical.dating import GestationalAge, date_of
from tracker.enums import CerclageIndication, PregnancyEnd, RemovalReason
from tracker.models import Cerclage

pytestmark = pytest.mark.django_db


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def stitch(pregnancy, provider):
    return place_stitch(pregnancy, provider, weeks_ago=5)


def day_at(pregnancy, weeks, days=0):
    return date_of(pregnancy.due_date, GestationalAge.of(weeks, days))


def told(pregnancy, **more):
    return {
        "indication": "history",
        "placed_on": day_at(pregnancy, 13, 2).isoformat(),
        "technique": "McDonald",
        "surgeon": "Kofi Osei, MD",
        "planned_removal_on": day_at(pregnancy, 37).isoformat(),
    } | more


def place(browser, pregnancy, **more) -> str:
    address = reverse("cerclage", args=[pregnancy.pk])
    return browser.post(address, told(pregnancy, **more), follow=True).content.decode()


def go(browser, name, stitch, data=None) -> str:
    address = reverse(name, args=[stitch.pregnancy_id, stitch.public_id])
    response = browser.get(address) if data is None else browser.post(address, data, follow=True)
    return response.content.decode()


def page_of(browser, name, *args) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


# Placing


def test_a_stitch_is_recorded_with_who_and_shown_with_its_week(ellen, pregnancy, provider):
    page = place(ellen, pregnancy)
    stored = pregnancy.cerclages.get()
    assert (stored.indication, stored.technique, stored.recorded_by) == (
        "history",
        "McDonald",
        provider,
    )
    assert "Stitch in place" in page and "13w2d" in page and "37w0d" in page
    assert "Ellen Park" in page
    chart = page_of(ellen, "chart", pregnancy.pk)
    assert "13w2d" in chart and "Kofi Osei, MD" in chart and "cerclage in place" in chart


def test_37_weeks_is_suggested_with_the_dates_of_the_window(ellen, pregnancy):
    page = page_of(ellen, "cerclage", pregnancy.pk)
    assert f'value="{day_at(pregnancy, 37).isoformat()}"' in page
    assert "(36w0d to 38w0d)" in page and "ask the surgeon" in page


def test_her_own_pages_know_the_stitch_the_same_minute(ellen, sign_in, patient, pregnancy):
    hannah = sign_in(patient)
    assert "With a stitch" not in page_of(hannah, "report_symptoms")
    before = page_of(hannah, "checklist")
    place(ellen, pregnancy)
    assert "Your stitch (cerclage)" in page_of(hannah, "today")
    assert "With a stitch" in page_of(hannah, "report_symptoms")
    assert "Stitch put in" in page_of(hannah, "timeline")
    assert page_of(hannah, "checklist") != before
    pregnancy.refresh_from_db()
    assert type(pregnancy).objects.get(pk=pregnancy.pk).is_high_risk


@pytest.mark.parametrize(
    ("indication", "weeks", "words"),
    [
        ("history", (16, 3), "That day she was 16w3d."),
        ("history", (11, 6), "That day she was 11w6d."),
        ("exam", (13, 6), "That day she was 13w6d."),
    ],
)
def test_a_date_outside_the_usual_weeks_is_warned_of_and_taken_with_a_reason(
    ellen, pregnancy, indication, weeks, words
):
    day = day_at(pregnancy, *weeks).isoformat()
    page = place(ellen, pregnancy, indication=indication, placed_on=day)
    assert words in page and "<title>Error:" in page and f'value="{day}"' in page
    assert "Why this date is right all the same" in page and not pregnancy.cerclages.exists()
    page = place(
        ellen, pregnancy, indication=indication, placed_on=day, outside_because="Came late to care"
    )
    assert pregnancy.cerclages.get().outside_because == "Came late to care"
    assert "Outside the usual weeks: Came late to care" in page


def test_a_planned_removal_outside_36_to_38_weeks_is_warned_of(ellen, pregnancy):
    day = day_at(pregnancy, 39).isoformat()
    page = place(ellen, pregnancy, planned_removal_on=day)
    assert "That day she is 39w0d." in page and not pregnancy.cerclages.exists()
    place(ellen, pregnancy, planned_removal_on=day, outside_because="At her cesarean")
    assert pregnancy.cerclages.get().outside_because == "At her cesarean"


def test_a_reason_is_not_kept_where_nothing_lies_outside(ellen, pregnancy):
    place(ellen, pregnancy, outside_because="left over")
    assert pregnancy.cerclages.get().outside_because == ""


def test_for_an_abdominal_stitch_nothing_is_suggested(ellen, pregnancy):
    page = place(ellen, pregnancy, indication="abdominal")
    assert "No date is suggested for an abdominal stitch." in page
    assert not pregnancy.cerclages.exists()
    page = place(ellen, pregnancy, indication="abdominal", planned_removal_on="")
    assert "ask the surgeon" in page and "Not planned" in page
    assert pregnancy.cerclages.get().planned_removal_on is None


def test_an_abdominal_stitch_may_be_older_than_the_pregnancy_with_a_reason(ellen, pregnancy):
    day = (day_at(pregnancy, 0) - timedelta(days=200)).isoformat()
    more = {"indication": "abdominal", "placed_on": day, "planned_removal_on": ""}
    assert "If it is right, say why below." in place(ellen, pregnancy, **more)
    page = place(ellen, pregnancy, **more, outside_because="Before conception")
    assert pregnancy.cerclages.get().outside_because == "Before conception"
    assert "In place" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("placed_on", "2026-02-30", "This is not a date of the calendar."),
        ("placed_on", "", "Enter the date."),
        ("placed_on", "+1", "This day has not come yet."),
        ("placed_on", "-127", "This is before the pregnancy began."),
        ("placed_on", "-20000", "This day is too long ago."),
        ("indication", "", "Tap one."),
        ("indication", "hunch", "Tap one of the buttons below."),
        ("technique", "x" * 61, "Keep it under 60 letters."),
        ("planned_removal_on", "soon", "This is not a date of the calendar."),
        ("planned_removal_on", "-1", "This day is past."),
        ("planned_removal_on", "-60", "This day is past."),
        ("planned_removal_on", "+400", "This is long after the due date."),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(ellen, pregnancy, field, value, message):
    if value[:1] in "+-" and value:
        value = (pregnancy.practice.today() + timedelta(days=int(value))).isoformat()
    page = place(ellen, pregnancy, **{field: value})
    assert message in page and "<title>Error:" in page and "Kofi Osei, MD" in page
    assert not value or value in page or field == "indication"
    assert not pregnancy.cerclages.exists()


def test_without_a_due_date_a_stitch_can_be_recorded(ellen, pregnancy):
    more = told(pregnancy, planned_removal_on="")
    pregnancy.due_date = None
    pregnancy.save()
    page = page_of(ellen, "cerclage", pregnancy.pk)
    assert "no date can be suggested" in page
    ellen.post(reverse("cerclage", args=[pregnancy.pk]), more)
    assert pregnancy.cerclages.in_place().exists()
    assert "Not planned" in page_of(ellen, "chart", pregnancy.pk)


def test_a_second_stitch_is_refused_while_one_is_in_place(ellen, pregnancy):
    place(ellen, pregnancy)
    page = place(ellen, pregnancy, surgeon="Someone else")
    assert "A stitch is on record as in place already." in page
    assert pregnancy.cerclages.count() == 1


def test_two_taps_at_once_make_one_stitch(pregnancy, provider):
    fields = {"indication": "history", "placed_on": day_at(pregnancy, 13)}
    assert store_stitch(pregnancy=pregnancy, by=provider, **fields)
    assert store_stitch(pregnancy=pregnancy, by=provider, **fields) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Cerclage.objects.create(pregnancy=pregnancy, recorded_by=provider, **fields)


def test_in_a_pregnancy_that_has_ended_no_stitch_is_placed(ellen, pregnancy, provider):
    end(pregnancy, provider)
    page = place(ellen, pregnancy)
    assert "This pregnancy has ended. Nothing was stored." in page
    assert "no new stitch can be recorded" in page and not pregnancy.cerclages.exists()
    fields = {"indication": "history", "placed_on": day_at(pregnancy, 13)}
    assert store_stitch(pregnancy=pregnancy, by=provider, **fields) is None


def end(pregnancy, by):
    end_pregnancy(
        pregnancy=pregnancy,
        kind=PregnancyEnd.MOVED,
        ended_on=pregnancy.practice.today(),
        by=by,
    )


def test_she_reads_when_it_is_planned_to_come_out(ellen, sign_in, patient, pregnancy):
    place(ellen, pregnancy)
    day = day_at(pregnancy, 37)
    page = page_of(sign_in(patient), "today")
    assert "Planned to come out" in page and f"{day:%b} {day.day}, {day.year}" in page


def test_she_is_promised_no_weeks_for_an_abdominal_stitch(ellen, sign_in, patient, pregnancy):
    place(ellen, pregnancy, indication="abdominal", planned_removal_on="")
    page = page_of(sign_in(patient), "today")
    assert "Ask your surgeon." in page and "Weeks 36 to 38." not in page


# Removing


def removal(stitch, **more):
    today = stitch.pregnancy.practice.today().isoformat()
    return {"removed_on": today, "removed_because": "labor", "removal_note": "At 6 am"} | more


def test_a_removal_is_recorded_with_who_and_her_pages_follow(
    ellen, sign_in, stitch, provider, patient
):
    page = go(ellen, "remove_stitch", stitch, removal(stitch))
    stitch.refresh_from_db()
    assert (stitch.removed_because, stitch.removal_recorded_by) == ("labor", provider)
    assert stitch.removal_recorded_at and "At 6 am" in page
    hannah = sign_in(patient)
    assert "With a stitch" not in page_of(hannah, "report_symptoms")
    assert "Your stitch (cerclage)" not in page_of(hannah, "today")


def test_after_an_unplanned_removal_the_next_step_is_offered(ellen, stitch, patient):
    patient.phone = "(505) 555-0199"
    patient.save()
    page = go(ellen, "remove_stitch", stitch, removal(stitch, removed_because="bleeding"))
    assert "Make sure that a clinician has seen her." in page and "(505) 555-0199" in page
    assert "No alert of hers is open." in page


def test_after_a_planned_removal_no_next_step_is_offered(ellen, stitch):
    page = go(ellen, "remove_stitch", stitch, removal(stitch, removed_because="planned"))
    assert "What comes next" not in page


def test_a_planned_removal_outside_its_weeks_needs_a_note(ellen, stitch):
    early = removal(stitch, removed_because="planned", removal_note="")
    page = go(ellen, "remove_stitch", stitch, early)
    assert "That day she was 18w0d. A planned removal is usually from 36w0d" in page
    assert Cerclage.objects.in_place().exists()
    go(ellen, "remove_stitch", stitch, early | {"removal_note": "Moved abroad"})
    assert not Cerclage.objects.in_place().exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("removed_on", "2026-02-30", "This is not a date of the calendar."),
        ("removed_on", "", "Enter the date."),
        ("removed_on", "+1", "This day has not come yet."),
        ("removed_on", "-36", "this is before. Choose a later day."),
        ("removed_because", "", "Tap one."),
        ("removed_because", "boredom", "Tap one of the buttons below."),
        ("removal_note", "x" * 301, "Keep it under 300 letters."),
    ],
)
def test_an_impossible_removal_is_refused_beside_the_field(ellen, stitch, field, value, message):
    if value[:1] in "+-" and value:
        value = (stitch.pregnancy.practice.today() + timedelta(days=int(value))).isoformat()
    page = go(ellen, "remove_stitch", stitch, removal(stitch, **{field: value}))
    assert message in page and "<title>Error:" in page
    assert Cerclage.objects.in_place().exists()


def test_another_reason_is_said_in_words(ellen, stitch):
    page = go(
        ellen, "remove_stitch", stitch, removal(stitch, removed_because="other", removal_note="")
    )
    assert "Say here why it came out." in page and Cerclage.objects.in_place().exists()


def test_the_removal_page_says_what_is_left_of_her_risk(ellen, stitch, pregnancy):
    assert "her risk will read “None known”" in go(ellen, "remove_stitch", stitch)
    pregnancy.earlier_loss = True
    pregnancy.save()
    page = go(ellen, "remove_stitch", stitch)
    assert "Her risk stays high: earlier second-trimester loss" in page


def test_a_stitch_comes_out_once(ellen, stitch, provider, colleague):
    first = {"removed_on": stitch.placed_on, "because": RemovalReason.LABOR, "note": "first"}
    assert remove_stitch(stitch=stitch, by=provider, **first)
    assert not remove_stitch(stitch=stitch, by=colleague, **first | {"note": "second"})
    page = go(ellen, "remove_stitch", stitch, removal(stitch, removal_note="third"))
    assert "The record has changed since" in page
    assert Cerclage.objects.get().removal_note == "first"


def test_after_the_end_a_removal_can_still_be_recorded(ellen, stitch, provider):
    end(stitch.pregnancy, provider)
    go(ellen, "remove_stitch", stitch, removal(stitch, removed_because="loss"))
    assert not Cerclage.objects.in_place().exists()


@pytest.mark.parametrize(
    ("weeks", "label"), [((35, 6), ""), ((36, 1), "Due since"), ((38, 1), "Overdue: due by")]
)
def test_the_chart_says_when_a_stitch_is_due_out(ellen, stitch, pregnancy, weeks, label):
    shift = GestationalAge.of(*weeks).total_days - pregnancy.age.total_days
    pregnancy.due_date -= timedelta(days=shift)
    pregnancy.save()
    page = page_of(ellen, "chart", pregnancy.pk)
    assert ("Due since" in page, "Overdue: due by" in page) == (
        label == "Due since",
        label == "Overdue: due by",
    )
    assert "(36w0d to 38w0d)" in page


# Correcting


def correction(stitch, **more):
    return told(stitch.pregnancy, because="Wrong day typed") | more


def test_a_correction_is_a_new_row_and_the_old_one_stays_struck_through(ellen, stitch, provider):
    page = go(ellen, "correct_stitch", stitch, correction(stitch, surgeon="Ana Ruiz, MD"))
    old, new = Cerclage.objects.order_by("pk")
    assert new.replaces == old and old.struck_because == "Wrong day typed"
    assert (old.surgeon, new.surgeon, new.recorded_by) == ("", "Ana Ruiz, MD", provider)
    assert "<s>History" in page and "Wrong day typed" in page and "Ana Ruiz, MD" in page
    assert "Wrong day typed" in page_of(ellen, "chart", stitch.pregnancy_id)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"because": ""}, "Say why, so that the next reader understands."),
        ({"placed_on": "2026-02-30"}, "This is not a date of the calendar."),
    ],
)
def test_a_correction_without_a_reason_is_refused(ellen, stitch, more, message):
    page = go(ellen, "correct_stitch", stitch, correction(stitch, **more))
    assert message in page and Cerclage.objects.count() == 1


def test_a_correction_of_nothing_is_refused(ellen, stitch):
    same = {
        "indication": stitch.indication,
        "placed_on": stitch.placed_on.isoformat(),
        "because": "just so",
    }
    assert "Nothing is different" in go(ellen, "correct_stitch", stitch, same)
    assert Cerclage.objects.count() == 1


def test_a_placement_cannot_move_behind_the_removal(ellen, stitch, provider):
    remove(stitch, provider, stitch.placed_on)
    late = correction(stitch, placed_on=(stitch.placed_on + timedelta(days=1)).isoformat())
    assert "This is after the day it came out." in go(ellen, "correct_stitch", stitch, late)
    assert Cerclage.objects.count() == 1


def test_a_plan_before_the_placement_is_refused(ellen, stitch, provider):
    remove(stitch, provider)
    early = (stitch.placed_on - timedelta(days=1)).isoformat()
    page = go(
        ellen,
        "correct_stitch",
        stitch,
        told(
            stitch.pregnancy,
            placed_on=stitch.placed_on.isoformat(),
            planned_removal_on=early,
            because="x",
        ),
    )
    assert "This is before the stitch was placed." in page and Cerclage.objects.count() == 1


def remove(stitch, by, day=None):
    day = day or stitch.pregnancy.practice.today()
    remove_stitch(stitch=stitch, removed_on=day, because=RemovalReason.LABOR, note="", by=by)
    stitch.refresh_from_db()


def test_correcting_the_placement_keeps_the_removal(ellen, stitch, provider):
    remove(stitch, provider)
    go(ellen, "correct_stitch", stitch, correction(stitch, outside_because=""))
    new = Cerclage.objects.standing().get()
    assert (new.removed_on, new.removal_recorded_by) == (stitch.removed_on, provider)


def test_a_removal_by_mistake_puts_the_stitch_back_in_place(
    ellen, sign_in, stitch, patient, provider
):
    remove(stitch, provider)
    page = go(
        ellen,
        "correct_removal",
        stitch,
        {"still_in_place": "on", "because": "Wrong patient"},
    )
    new = Cerclage.objects.in_place().get()
    assert new.replaces == stitch and new.removal_recorded_by is None and not new.removed_because
    assert "Stitch in place" in page and "Wrong patient" in page
    assert "Your stitch (cerclage)" in page_of(sign_in(patient), "today")


def test_a_removal_is_corrected_by_a_new_row(ellen, stitch, provider):
    remove(stitch, provider)
    data = removal(stitch, removed_because="waters", because="Reason mixed up")
    page = go(ellen, "correct_removal", stitch, data)
    new = Cerclage.objects.standing().get()
    assert (new.removed_because, new.replaces) == ("waters", stitch)
    assert "Waters broke" in page and "Reason mixed up" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"because": "x"}, "Enter the date."),
        ({"still_in_place": "on"}, "Say why, so that the next reader understands."),
    ],
)
def test_a_correction_of_a_removal_says_what_is_missing(ellen, stitch, provider, data, message):
    remove(stitch, provider)
    assert message in go(ellen, "correct_removal", stitch, data)
    assert Cerclage.objects.count() == 1


def test_a_stitch_does_not_come_back_beside_another_one(ellen, stitch, provider):
    remove(stitch, provider)
    place_stitch(stitch.pregnancy, provider, weeks_ago=0)
    data = {"still_in_place": "on", "because": "Never out"}
    assert "Another stitch is on record as in place." in go(ellen, "correct_removal", stitch, data)
    assert correct_removal(stitch=stitch, because="Never out", by=provider, removed_on=None) is None
    assert Cerclage.objects.count() == 2


def test_a_stitch_that_never_was_is_struck_through_with_a_reason(ellen, sign_in, stitch, patient):
    assert "Say why" in go(ellen, "strike_stitch", stitch, {"because": ""})
    assert Cerclage.objects.in_place().exists()
    page = go(ellen, "strike_stitch", stitch, {"because": "Another patient"})
    assert "<s>History" in page and "Another patient" in page
    assert "Your stitch (cerclage)" not in page_of(sign_in(patient), "today")
    assert "None recorded." in page_of(ellen, "chart", stitch.pregnancy_id)


def test_what_was_struck_through_is_not_corrected_again(ellen, stitch, provider):
    strike(entry=stitch, because="Mistake", by=provider)
    for name in ("correct_stitch", "remove_stitch", "strike_stitch"):
        address = reverse(name, args=[stitch.pregnancy_id, stitch.public_id])
        assert ellen.get(address).status_code == 404
    assert correct_stitch(stitch=stitch, because="x", by=provider, surgeon="y") is None
    assert Cerclage.objects.count() == 1


def test_a_stitch_of_another_record_is_not_found(ellen, stitch, stitched):
    address = reverse("remove_stitch", args=[stitched.pk, stitch.public_id])
    assert ellen.get(address).status_code == 404


PAGES = ["cerclage", "remove_stitch", "correct_stitch", "correct_removal", "strike_stitch"]


@pytest.mark.parametrize("name", PAGES)
def test_another_practice_gets_404_and_leaves_no_trace(outsider, sign_in, stitch, name):
    args = [stitch.pregnancy_id] + ([] if name == "cerclage" else [stitch.public_id])
    data = correction(stitch) | removal(stitch)
    for response in (
        sign_in(outsider).get(reverse(name, args=args)),
        sign_in(outsider).post(reverse(name, args=args), data),
    ):
        assert response.status_code == 404
    assert not stitch.pregnancy.openings.exists() and Cerclage.objects.in_place().count() == 1


def test_the_record_costs_the_same_with_one_stitch_and_with_many(ellen, stitch, provider):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(ellen, "cerclage", stitch.pregnancy_id)
        return len(captured)

    cost()
    before = cost()
    for number in range(20):
        current = Cerclage.objects.standing().get()
        correct_stitch(stitch=current, because="again", by=provider, surgeon=f"S {number}")
    assert cost() == before


def test_the_indications_of_the_form_are_all_of_them(ellen, pregnancy):
    page = page_of(ellen, "cerclage", pregnancy.pk)
    assert all(f'value="{each}"' in page for each in CerclageIndication.values)
