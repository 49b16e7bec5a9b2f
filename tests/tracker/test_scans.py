"""Cervical lengths: recorded with their week, refused beside the field, corrected in the open."""

import datetime
import re

import pytest
from django.urls import reverse

from tests.factories import PregnancyFactory, place_stitch
from tracker.actions import (
    correct_length,
    discuss_length,
    record_length,
    replace_entry,
    strike_length,
)
from tracker.lengths import lengths_of
from tracker.models import CervicalLength, Pregnancy


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def day(pregnancy, weeks_ago=0, days_ago=0):
    return pregnancy.practice.today() - datetime.timedelta(weeks=weeks_ago, days=days_ago)


def scan(pregnancy, by, mm, **ago) -> CervicalLength:
    return record_length(
        pregnancy=pregnancy, measured_on=day(pregnancy, **ago), length_mm=mm, funneling=False, by=by
    )


def send(browser, pregnancy, **said):
    told = {"measured_on": day(pregnancy).isoformat(), "length_mm": "34"} | said
    return browser.post(reverse("add_length", args=[pregnancy.pk]), told, follow=True)


def fresh(pregnancy) -> Pregnancy:
    return Pregnancy.objects.get(pk=pregnancy.pk)


def test_a_length_is_stored_with_the_week_of_its_day(ellen, pregnancy, provider):
    page = send(ellen, pregnancy, measured_on=day(pregnancy, 1).isoformat(), funneling="on")
    row = pregnancy.cervical_lengths.get()
    assert (row.length_mm, row.gestational_days, row.funneling) == (34, 17 * 7, True)
    assert row.recorded_by == provider
    assert "Saved: 34 mm at 17w0d." in page.content.decode()


def test_the_date_is_today_by_the_clock_of_the_practice(ellen, pregnancy):
    page = ellen.get(reverse("add_length", args=[pregnancy.pk])).content.decode()
    assert f'value="{day(pregnancy).isoformat()}"' in page


@pytest.mark.parametrize(("mm", "is_high"), [(25, True), (26, False)])
def test_25_mm_makes_her_high_risk_and_asks_to_be_discussed(ellen, pregnancy, mm, is_high):
    page = send(ellen, pregnancy, length_mm=str(mm)).content.decode()
    assert fresh(pregnancy).is_high_risk is is_high
    assert pregnancy.cervical_lengths.to_discuss().exists() is is_high
    assert ("Discuss: short cervix, 25 mm" in page) is is_high
    assert ("25 mm, short" in page) is is_high


@pytest.mark.parametrize(("age", "short"), [((23, 6), True), ((24, 0), False)])
def test_from_24_weeks_on_no_length_is_short(practice, provider, age, short):
    late = PregnancyFactory(practice=practice, age=age)
    scan(late, provider, 20)
    assert fresh(late).is_high_risk is short


def test_without_a_due_date_a_short_length_counts(practice, provider):
    undated = PregnancyFactory(practice=practice, due_date=None)
    assert scan(undated, provider, 20).gestational_days is None
    assert fresh(undated).is_high_risk


def test_discuss_stays_until_someone_talked_it_over(ellen, pregnancy, provider, colleague):
    row = scan(pregnancy, provider, 22)
    address = reverse("discuss_length", args=[pregnancy.pk, row.public_id])
    page = ellen.post(address, follow=True).content.decode()
    assert "Talked over by Ellen Park, CNM" in page and "Discuss: short cervix" not in page
    assert not discuss_length(length=row, by=colleague)
    row.refresh_from_db()
    assert row.discussed_by == provider
    assert fresh(pregnancy).is_high_risk


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the length in millimeters, such as 24."),
        ("250", "250 mm is too long."),
        ("81", "81 mm is too long."),
        ("9" * 500, "999999 mm is too long."),
        ("2.4 cm", "Write whole millimeters: 24"),
        ("2,4cm", "Write whole millimeters: 24"),
        ("3 CM", "Write whole millimeters: 30"),
        ("24.5", "without a decimal point"),
        ("-1", "A length cannot be below 0."),
        ("short", "Write whole millimeters, 0 to 80"),
        ("1e1", "Write whole millimeters, 0 to 80"),
        ("900 cm", "Write whole millimeters, 0 to 80"),
    ],
)
def test_a_length_that_is_none_is_refused_beside_the_field(ellen, pregnancy, typed, message):
    page = send(ellen, pregnancy, length_mm=typed).content.decode()
    assert re.search(rf'id="id_length_mm_error">[^<]*{re.escape(message)}', page)
    assert f'value="{typed}"' in page or not typed
    assert "<title>Error:" in page
    assert not pregnancy.cervical_lengths.exists()


@pytest.mark.parametrize("typed", ["0", "80", "24 mm", " 24 "])
def test_whole_millimeters_from_0_to_80_are_stored(ellen, pregnancy, typed):
    send(ellen, pregnancy, length_mm=typed)
    assert pregnancy.cervical_lengths.get().length_mm == int(typed.replace("mm", ""))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the date."),
        ("2026-02-30", "This is not a date of the calendar."),
        ("yesterday", "This is not a date of the calendar."),
        ("0000-00-00", "This is not a date of the calendar."),
    ],
)
def test_a_date_that_is_none_is_refused_beside_the_field(ellen, pregnancy, typed, message):
    page = send(ellen, pregnancy, measured_on=typed).content.decode()
    assert re.search(rf'id="id_measured_on_error">{message}', page)
    assert f'value="{typed}"' in page or not typed
    assert 'value="34"' in page
    assert not pregnancy.cervical_lengths.exists()


@pytest.mark.parametrize(
    ("days_ago", "message"),
    [
        (-1, "This day has not come yet."),
        (18 * 7 + 1, "This is before the pregnancy began."),
        (3000, "This is before the pregnancy began."),
    ],
)
def test_a_day_outside_the_pregnancy_is_refused(ellen, pregnancy, days_ago, message):
    when = day(pregnancy, days_ago=days_ago).isoformat()
    page = send(ellen, pregnancy, measured_on=when).content.decode()
    assert re.search(rf'id="id_measured_on_error">{message}', page)
    assert f'value="{when}"' in page


def test_the_first_day_of_the_pregnancy_is_allowed(ellen, pregnancy):
    send(ellen, pregnancy, measured_on=day(pregnancy, 18).isoformat())
    assert pregnancy.cervical_lengths.get().gestational_days == 0


def test_an_undated_pregnancy_has_a_longest_past(ellen, practice):
    undated = PregnancyFactory(practice=practice, due_date=None)
    page = send(ellen, undated, measured_on=day(undated, 46).isoformat()).content.decode()
    assert "This is before the pregnancy began." in page


def test_a_scan_after_the_end_is_refused_and_one_before_is_stored(ellen, pregnancy):
    Pregnancy.objects.filter(pk=pregnancy.pk).update(ended_on=day(pregnancy, 1), end="miscarriage")
    page = send(ellen, pregnancy).content.decode()
    assert "This is after the pregnancy ended." in page
    send(ellen, pregnancy, measured_on=day(pregnancy, 1).isoformat())
    assert pregnancy.cervical_lengths.count() == 1


def test_a_second_scan_on_one_day_is_refused_beside_the_date(ellen, pregnancy, provider):
    row = scan(pregnancy, provider, 31)
    page = send(ellen, pregnancy, length_mm="30").content.decode()
    assert re.search(r'id="id_measured_on_error">A scan of this day is on record: 31 mm', page)
    assert reverse("correct_length", args=[pregnancy.pk, row.public_id]) in page
    assert "31 mm, by Ellen Park, CNM" in page and 'value="30"' in page
    assert pregnancy.cervical_lengths.get().length_mm == 31


def test_the_same_scan_sent_twice_is_one_scan(ellen, pregnancy):
    send(ellen, pregnancy)
    page = send(ellen, pregnancy).content.decode()
    assert "It was not stored twice." in page and "<title>Error:" not in page
    assert pregnancy.cervical_lengths.count() == 1


def test_the_action_itself_makes_no_second_row_of_one_day(pregnancy, provider, colleague):
    assert scan(pregnancy, provider, 31)
    assert scan(pregnancy, colleague, 22) is None
    assert pregnancy.cervical_lengths.count() == 1


def correct(browser, pregnancy, row, **said):
    told = {
        "measured_on": row.measured_on.isoformat(),
        "length_mm": str(row.length_mm),
        "because": "Read the wrong line.",
    } | said
    address = reverse("correct_length", args=[pregnancy.pk, row.public_id])
    return browser.post(address, told, follow=True)


def test_a_correction_is_a_new_row_and_the_old_one_stays_struck_through(ellen, pregnancy, provider):
    row = scan(pregnancy, provider, 22)
    page = correct(ellen, pregnancy, row, length_mm="32").content.decode()
    row.refresh_from_db()
    right = pregnancy.cervical_lengths.standing().get()
    assert (right.length_mm, right.replaces, row.length_mm) == (32, row, 22)
    assert re.search(r"<s>[^<]*22 mm[^<]*</s>", page)
    assert "Struck through by Ellen Park, CNM" in page and "Read the wrong line." in page
    assert "No risk is on record now. Check her history." in page


def test_a_correction_needs_a_reason_and_a_difference(ellen, pregnancy, provider):
    row = scan(pregnancy, provider, 22)
    page = correct(ellen, pregnancy, row, because="", length_mm="23").content.decode()
    assert "Say why, so that the next reader understands." in page and 'value="23"' in page
    page = correct(ellen, pregnancy, row).content.decode()
    assert "This is what stands already." in page
    assert pregnancy.cervical_lengths.count() == 1


def test_a_corrected_short_length_is_to_be_discussed_anew(ellen, pregnancy, provider):
    row = scan(pregnancy, provider, 24)
    discuss_length(length=row, by=provider)
    correct(ellen, pregnancy, row, length_mm="18")
    assert pregnancy.cervical_lengths.to_discuss().get().length_mm == 18


def test_a_correction_never_reads_a_length_by_a_later_week(pregnancy, provider):
    row = scan(pregnancy, provider, 22, weeks_ago=1)
    CervicalLength.objects.filter(pk=row.pk).update(gestational_days=100)
    right = correct_length(
        length=row, measured_on=day(pregnancy), length_mm=21, funneling=False,
        because="The day after.", by=provider,
    )  # fmt: skip
    assert right.gestational_days == 107


def test_two_corrections_at_once_make_one_row(pregnancy, provider, colleague):
    row = scan(pregnancy, provider, 22)
    right = {"measured_on": row.measured_on, "funneling": False, "because": "Misread."}
    assert correct_length(length=row, length_mm=32, by=provider, **right)
    assert correct_length(length=row, length_mm=28, by=colleague, **right) is None
    assert replace_entry(entry=row, because="Misread.", by=colleague) is None
    assert pregnancy.cervical_lengths.standing().get().length_mm == 32


def test_a_correction_onto_the_day_of_another_scan_is_refused(ellen, pregnancy, provider):
    scan(pregnancy, provider, 30)
    row = scan(pregnancy, provider, 31, weeks_ago=1)
    page = correct(ellen, pregnancy, row, measured_on=day(pregnancy).isoformat()).content.decode()
    assert "A scan of this day is on record: 30 mm" in page
    assert pregnancy.cervical_lengths.standing().count() == 2


def test_a_scan_that_never_was_is_struck_through_with_a_reason(ellen, pregnancy, provider):
    row = scan(pregnancy, provider, 22)
    address = reverse("strike_length", args=[pregnancy.pk, row.public_id])
    assert "Say why" in ellen.post(address, {"because": " "}).content.decode()
    page = ellen.post(address, {"because": "Another patient."}, follow=True).content.decode()
    assert "Another patient." in page and "No scan recorded." in page
    assert not fresh(pregnancy).is_high_risk
    assert not strike_length(length=row, because="Again.", by=provider)
    assert ellen.get(address).status_code == 404


def test_a_scan_of_another_record_is_not_found(ellen, pregnancy, stitched, provider):
    row = scan(stitched, provider, 30)
    for name in ("correct_length", "strike_length"):
        assert ellen.get(reverse(name, args=[pregnancy.pk, row.public_id])).status_code == 404


def test_the_change_a_week_stands_between_neighbors_and_overall(ellen, pregnancy, provider):
    for mm, weeks in ((33, 4), (31, 2), (27, 0)):
        scan(pregnancy, provider, mm, weeks_ago=weeks)
    told = lengths_of(pregnancy)
    assert [each.per_week for each in told["lengths"]] == [None, -1.0, -2.0]
    assert told["overall_per_week"] == -1.5
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "−1.5 mm a week. Between the last two scans: −2.0 mm a week." in page


def test_the_change_skips_what_was_struck_through(pregnancy, provider):
    scan(pregnancy, provider, 33, weeks_ago=4)
    strike_length(length=scan(pregnancy, provider, 5, weeks_ago=2), because="Typo", by=provider)
    scan(pregnancy, provider, 29)
    assert lengths_of(pregnancy)["overall_per_week"] == -1.0


def test_the_next_scan_is_named_with_its_day_and_source(ellen, pregnancy, provider):
    Pregnancy.objects.filter(pk=pregnancy.pk).update(earlier_loss=True)
    scan(pregnancy, provider, 30, weeks_ago=1)
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    due = day(pregnancy, -1)
    assert f"Next scan due at 19w0d, {due:%b} {due.day}, {due.year}" in page
    assert "(fact A-25)" in page


def test_an_overdue_scan_says_since_when(ellen, pregnancy, provider):
    Pregnancy.objects.filter(pk=pregnancy.pk).update(earlier_loss=True)
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert "Scan overdue" in page and "It was due at 16w0d" in page


def test_with_a_stitch_in_place_no_scans_are_planned(ellen, stitched):
    page = ellen.get(stitched.get_absolute_url()).content.decode()
    assert "Cinta plans no scans" in page and "(fact A-28)" in page
    assert "Scan overdue" not in page


def test_the_plot_says_what_it_shows_and_marks_the_stitch(ellen, pregnancy, provider):
    scan(pregnancy, provider, 22, weeks_ago=2)
    place_stitch(pregnancy, provider, weeks_ago=1)
    scan(pregnancy, provider, 27)
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    said = "Cervical length: 22 mm at 16w0d, 27 mm at 18w0d. Cerclage 17w0d."
    assert f'<desc id="length-plot-values">{said}</desc>' in page
    assert 'role="img"' in page and "Short: 25 mm or less, before 24w0d" in page
    assert page.count('class="pt pt-low"') == 1
