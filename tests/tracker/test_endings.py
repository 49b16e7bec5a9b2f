"""The end of a pregnancy: everything to her stops in one step, what remains is kind, and nothing is lost."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import PregnancyFactory, UserFactory, put_on_call
from tracker import actions
from tracker.clinical.triage import Assessment
from tracker.enums import Channel, PregnancyEnd, Urgency
from tracker.models import Alert, Ending, Message, PatientQuestion, Pregnancy, SymptomReport
from tracker.outbox import deliver_due, enqueue

pytestmark = pytest.mark.django_db
HERS = [
    "today",
    "timeline",
    "checklist",
    "me",
    "my_access",
    "symptoms",
    "report_symptoms",
    "warning_signs",
]
LOSSES = [PregnancyEnd.MISCARRIAGE, PregnancyEnd.STILLBIRTH, PregnancyEnd.TERMINATION]


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def page_of(browser, name, *arguments) -> str:
    return browser.get(reverse(name, args=arguments), follow=True).content.decode()


def text_of(page: str) -> str:
    """Return what stands on a page to be read, with the words of its links and labels."""
    return re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", " ", page, flags=re.S)


def end(browser, kind=PregnancyEnd.MISCARRIAGE, **fields):
    return browser.post(reverse("end_pregnancy"), {"kind": kind, **fields})


def report(pregnancy, code="BLEED_LIGHT", urgency=Urgency.URGENT):
    return actions.report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    )


@pytest.mark.parametrize("kind", PregnancyEnd)
def test_two_taps_from_any_page_end_it(hannah, patient, pregnancy, kind):
    """The link in the footer, then one button: today, by her own hand, without a question back."""
    for name in HERS:
        assert f'<a href="{reverse("end_pregnancy")}">Has something changed?' in page_of(
            hannah, name
        )
    form = page_of(hannah, "end_pregnancy")
    assert f'type="submit" name="kind" value="{kind}"' in form and kind.for_her in form
    assert end(hannah, kind).url == reverse("today")
    pregnancy.refresh_from_db()
    assert (pregnancy.end, pregnancy.ended_on) == (kind, pregnancy.practice.today())
    ending = pregnancy.endings.get()
    assert (ending.kind, ending.recorded_by, ending.gestational_days) == (kind, patient, 126)


@pytest.mark.parametrize("kind", PregnancyEnd)
def test_after_the_end_no_page_of_hers_shows_a_week_a_ribbon_or_a_lesson(hannah, pregnancy, kind):
    end(hannah, kind)
    for name in HERS:
        page = page_of(hannah, name)
        text = text_of(page)
        assert not re.search(r"\bweek \d|\d+ weeks?\b|weeks \d|baby due|due date", text, re.I), name
        assert "rb-base" not in page and "/learn/" not in page, name
        assert "Has something changed" not in text, name
        assert reverse("checklist") not in page and reverse("timeline") not in page, name


@pytest.mark.parametrize("kind", LOSSES)
def test_after_a_loss_no_page_of_hers_names_a_baby_or_asks_for_a_feeling(
    hannah, stitched, sign_in, kind
):
    for browser in (hannah, sign_in(stitched.patient)):
        end(browser, kind)
        for name in HERS:
            assert not re.search(r"\bbab(y|ies)\b", text_of(page_of(browser, name)), re.I), name
            assert "How do you feel" not in page_of(browser, name)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("birth", "We hope you are both getting rest"),
        ("miscarriage", "This is not your fault."),
        ("stillbirth", "We are so sorry"),
        ("termination", "However you feel, it is all right to feel it."),
        ("moved", "We wish you well at your new clinic"),
        ("paused", "Cinta is paused"),
    ],
)
def test_what_remains_has_words_of_its_own_and_someone_to_call(hannah, practice, kind, words):
    end(hannah, kind)
    page = page_of(hannah, "today")
    assert words in page and "ongratulations" not in page
    for number in (practice.phone, practice.mood_number, practice.crisis_number):
        assert number in page
    assert f'href="{reverse("report_symptoms")}"' in page


@pytest.mark.parametrize("kind", ["birth", "miscarriage", "stillbirth", "termination"])
def test_who_was_pregnant_reads_when_to_get_care_and_where_that_comes_from(hannah, kind):
    end(hannah, kind)
    page = page_of(hannah, "today")
    assert "Heavy bleeding, or fluid that smells bad" in page
    assert (
        "https://www.cdc.gov/hearher/resources/news-media/recognizing-urgent-warning-signs.html"
        in page
    )
    assert "https://mchb.hrsa.gov/national-maternal-mental-health-hotline/faq" in page


def test_every_message_that_waited_stops_and_none_comes_later(hannah, pregnancy, provider, mailbox):
    """A reminder that waits, an answer that waits, and every reminder of the days to come."""
    report(pregnancy)
    first = pregnancy.follow_ups.first()
    enqueue(key="waits", to=pregnancy.patient, channel=Channel.EMAIL, follow_up=first)
    question = PatientQuestion.objects.create(
        pregnancy=pregnancy,
        text="?",
        answer="Yes.",
        answered_at=timezone.now(),
        answered_by=provider,
    )
    enqueue(key="answer", to=pregnancy.patient, channel=Channel.EMAIL, question=question)
    Message.objects.filter(alert__isnull=False).delete()
    end(hannah)
    hers = Message.objects.filter(to=pregnancy.patient)
    assert {each.state for each in hers} == {"withdrawn"} and hers.count() == 2
    assert not pregnancy.follow_ups.open().exists()
    assert {each.answer for each in pregnancy.follow_ups.all()} == {"ended"}
    for days in range(6):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
            Alert.objects.update(escalate_at=None)
            actions.remind_due()
            deliver_due()
    assert mailbox.arrived == []


def test_the_same_messages_do_arrive_while_it_goes_on(pregnancy, mailbox):
    """The proof that the test above can fail."""
    report(pregnancy)
    enqueue(
        key="waits",
        to=pregnancy.patient,
        channel=Channel.EMAIL,
        follow_up=pregnancy.follow_ups.first(),
    )
    deliver_due()
    assert [mail["To"] for mail in mailbox.arrived] == [pregnancy.patient.email]


def test_an_open_alert_stays_open_for_staff_and_for_her(
    hannah, pregnancy, provider, mailbox, practice
):
    put_on_call(practice, provider)
    report(pregnancy, "MOVE_STOP", Urgency.EMERGENCY)
    end(hannah)
    alert = Alert.objects.get()
    assert alert.resolved_at is None and alert.escalate_at is not None
    page = page_of(hannah, "today")
    assert 'data-urgency="emergency"' in page and "Go to the hospital now" in page
    assert "baby" not in text_of(page).lower()
    assert 'data-urgency="emergency"' in page_of(hannah, "me")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        actions.escalate_due()
        deliver_due()
    assert provider.email in {mail["To"] for mail in mailbox.arrived}


def test_a_second_tap_changes_nothing(hannah, pregnancy):
    end(hannah, PregnancyEnd.MISCARRIAGE)
    again = end(hannah, PregnancyEnd.BIRTH)
    assert again.url == reverse("today")
    pregnancy.refresh_from_db()
    assert pregnancy.end == "miscarriage" and Ending.objects.count() == 1


def test_two_at_once_write_one_end(pregnancy, patient, provider):
    stale = Pregnancy.objects.get(pk=pregnancy.pk)
    today = pregnancy.practice.today()
    first = actions.end_pregnancy(
        pregnancy=pregnancy, kind=PregnancyEnd.BIRTH, ended_on=today, by=patient
    )
    second = actions.end_pregnancy(
        pregnancy=stale, kind=PregnancyEnd.PAUSED, ended_on=today, by=provider
    )
    assert first and second is None
    assert Ending.objects.get().kind == "birth"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-02-30", "This is not a date of the calendar."),
        ("yesterday", "This is not a date of the calendar."),
        ("2999-01-01", "This day has not come yet."),
        ("1999-01-01", "This is before the pregnancy began."),
    ],
)
def test_an_impossible_day_is_refused_beside_the_date_and_kept(
    hannah, ellen, pregnancy, typed, words
):
    for browser, address in (
        (hannah, reverse("end_pregnancy")),
        (ellen, reverse("record_end", args=[pregnancy.pk])),
    ):
        answer = browser.post(address, {"kind": "birth", "ended_on": typed})
        page = answer.content.decode()
        assert answer.status_code == 200 and "<title>Error: " in page
        assert words in page.split('id="id_ended_on_error"')[1] and f'value="{typed}"' in page
    pregnancy.refresh_from_db()
    assert pregnancy.ended_on is None and not Ending.objects.exists()


def test_the_day_after_the_practices_today_has_not_come_yet_whatever_utc_says(sign_in, practice):
    """At 23:30 in Denver it is tomorrow in London: her today is the practice's."""
    with time_machine.travel("2026-11-21T06:30:00Z", tick=False):
        pregnancy = PregnancyFactory(practice=practice, age=(20, 0))
        browser = sign_in(pregnancy.patient)
        assert 'value="2026-11-20"' in page_of(browser, "end_pregnancy")
        assert "has not come yet" in end(browser, ended_on="2026-11-21").content.decode()
        end(browser)
    pregnancy.refresh_from_db()
    assert pregnancy.ended_on == datetime.date(2026, 11, 20)


def test_a_day_within_an_undated_pregnancy_is_taken_and_one_before_is_not(sign_in, practice):
    undated = PregnancyFactory(practice=practice, due_date=None)
    browser = sign_in(undated.patient)
    long_ago = practice.today() - datetime.timedelta(weeks=46)
    assert "before the pregnancy began" in end(browser, ended_on=long_ago).content.decode()
    assert end(browser, ended_on=practice.today() - datetime.timedelta(weeks=10)).status_code == 302
    assert Ending.objects.get().gestational_days is None


@pytest.mark.parametrize("kind", ["", "banana"])
def test_an_unknown_kind_is_refused_with_a_way_on(hannah, pregnancy, kind):
    page = end(hannah, kind).content.decode()
    assert "<title>Error: " in page and "Tap" in page.split('id="id_kind"')[1]
    assert not Ending.objects.exists()


def test_the_undo_brings_everything_back_but_asks_nothing_of_before(hannah, pregnancy, patient):
    report(pregnancy)
    end(hannah)
    assert hannah.post(reverse("undo_end")).url == reverse("today")
    pregnancy.refresh_from_db()
    assert (pregnancy.ended_on, pregnancy.end) == (None, "")
    assert "18 weeks, 0 days" in page_of(hannah, "today")
    row = Ending.objects.get()
    assert row.undone_by == patient and row.undone_at
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        actions.remind_due()
        assert "Is it still there" not in page_of(hannah, "today")
    assert not Message.objects.filter(follow_up__isnull=False).exists()
    assert hannah.post(reverse("undo_end")).url == reverse("today"), "a second tap changes nothing"


def test_it_can_be_undone_for_7_days_and_not_a_minute_longer(
    hannah, ellen, pregnancy, patient, sign_in, provider
):
    ended = datetime.datetime(2026, 11, 3, 12, 0, tzinfo=datetime.UTC)
    with time_machine.travel(ended, tick=False):
        actions.end_pregnancy(
            pregnancy=pregnancy, kind=PregnancyEnd.PAUSED, ended_on=ended.date(), by=patient
        )
    with time_machine.travel(ended + datetime.timedelta(days=7, minutes=1), tick=False):
        browser, staff = sign_in(patient), sign_in(provider)
        assert reverse("undo_end") not in page_of(browser, "today")
        assert (
            "7 days to undo this are over"
            in browser.post(reverse("undo_end"), follow=True).content.decode()
        )
        address = reverse("undo_recorded_end", args=[pregnancy.pk])
        assert address not in page_of(staff, "chart", pregnancy.pk)
        assert "7 days to undo this are over" in staff.post(address, follow=True).content.decode()
    assert Ending.objects.get().undone_at is None
    with time_machine.travel(ended + datetime.timedelta(days=7, minutes=-1), tick=False):
        browser = sign_in(patient)
        assert "You can undo it until November 10" in page_of(browser, "today")
        browser.post(reverse("undo_end"))
    assert Ending.objects.get().undone_at


def test_once_a_new_pregnancy_runs_the_old_end_stays(hannah, ellen, pregnancy, provider):
    end(hannah)
    actions.start_pregnancy(earlier=Pregnancy.objects.get(), risks=[], by=provider)
    answer = ellen.post(reverse("undo_recorded_end", args=[pregnancy.pk]), follow=True)
    assert "A new pregnancy has begun since" in answer.content.decode()
    assert Ending.objects.get().undone_at is None


def test_staff_record_an_end_and_the_chart_says_so_on_top_with_who_and_when(
    ellen, hannah, pregnancy, provider
):
    day = pregnancy.practice.today() - datetime.timedelta(days=2)
    address = reverse("record_end", args=[pregnancy.pk])
    assert "18w0d" in ellen.get(address).content.decode()
    assert ellen.post(address, {"kind": "stillbirth", "ended_on": day}).status_code == 302
    page = page_of(ellen, "chart", pregnancy.pk)
    top = page.split("chart-top")[1].split("pro-pad")[0]
    assert f"Stillbirth, {day:%b} {day.day}, {day.year}" in top and "17w5d" in top
    assert "Recorded by Ellen Park, CNM" in page
    assert "We are so sorry" in page_of(hannah, "today")
    ellen.post(reverse("undo_recorded_end", args=[pregnancy.pk]))
    page = page_of(ellen, "chart", pregnancy.pk)
    assert "<s>Stillbirth" in page and "Undone by Ellen Park, CNM" in page
    assert "18 weeks, 0 days" in page_of(hannah, "today")


def test_an_end_on_record_is_not_recorded_twice(ellen, hannah, pregnancy):
    end(hannah)
    answer = ellen.post(reverse("record_end", args=[pregnancy.pk]), {"kind": "birth"}, follow=True)
    assert "The end is on record already." in answer.content.decode()
    assert Ending.objects.count() == 1


@pytest.mark.parametrize("kind", PregnancyEnd)
def test_a_report_after_the_end_is_stored_raises_an_alert_and_is_never_asked_about(
    hannah, pregnancy, provider, practice, mailbox, kind
):
    put_on_call(practice, provider)
    end(hannah, kind)
    answer = hannah.post(reverse("report_symptoms"), {"symptoms": ["bleed_heavy"], "note": "pads"})
    assert answer["Report-Stored"] != "no"
    stored = SymptomReport.objects.get()
    assert (stored.pregnancy, stored.gestational_days) == (pregnancy, None)
    assert stored.alert.urgency == Urgency.EMERGENCY
    assert not pregnancy.follow_ups.exists()
    deliver_due()
    assert [mail["To"] for mail in mailbox.arrived] == [provider.email]
    page = answer.content.decode()
    assert 'data-report-urgency="emergency"' in page and "baby" not in text_of(page).lower()
    assert "18 weeks" not in page


def test_after_the_end_the_week_is_unknown_and_the_strictest_row_counts(hannah, pregnancy):
    """At 18 weeks a small leak of mucus is for today; where no week is known, the strictest week counts."""
    for code in ("discharge_mucus", "urine_often", "back_pain"):
        before = hannah.post(reverse("report_symptoms"), {"symptoms": [code]})
        assert before.status_code == 200
    levels = {each.symptoms[0]: each.urgency for each in SymptomReport.objects.all()}
    end(hannah)
    for code in levels:
        hannah.post(reverse("report_symptoms"), {"symptoms": [code.lower()]})
        after = SymptomReport.objects.filter(symptoms=[code]).order_by("reported_at").last()
        assert after.gestational_days is None and after.urgency >= levels[code]


def test_what_her_phone_kept_from_before_the_end_arrives_and_is_stored(hannah, pregnancy):
    """Said without a network two hours before she paused, sent afterwards."""
    end(hannah, PregnancyEnd.PAUSED)
    now = timezone.now()
    answer = hannah.post(
        reverse("report_symptoms"),
        {
            "symptoms": ["move_stop"],
            "report_id": str(uuid.uuid4()),
            "device_made_at": (now - datetime.timedelta(hours=2)).isoformat(),
            "device_sent_at": now.isoformat(),
        },
    )
    stored = SymptomReport.objects.get()
    assert answer["Report-Stored"] == str(stored.pk) and stored.came_late
    assert stored.gestational_days is None and stored.alert.urgency == Urgency.EMERGENCY


def test_still_there_from_a_page_that_was_open_before_the_end_is_a_report(hannah, pregnancy):
    report(pregnancy)
    question = pregnancy.follow_ups.first()
    end(hannah)
    address = reverse("answer_follow_up", args=[question.pk])
    assert "data-report-urgency" in hannah.post(address, {"answer": "still"}).content.decode()
    assert pregnancy.reports.count() == 2 and not pregnancy.follow_ups.open().exists()
    assert hannah.post(address, {"answer": "gone"}).url == reverse("today")


def test_the_form_after_a_loss_asks_about_her_and_never_about_movements(hannah, pregnancy):
    end(hannah)
    page = page_of(hannah, "report_symptoms")
    for kept in ("bleed_heavy", "fever_38", "abdo_severe", "self_harm", "low_mood", "tissue"):
        assert f'value="{kept}"' in page
    for gone in ("move_stop", "move_less", "move_never", "cord", "fluid_gush", "contract_reg"):
        assert f'value="{gone}"' not in page
    assert "None of these. I feel OK" not in page and 'data-due-date=""' in page


def test_who_paused_may_still_be_pregnant_and_finds_those_signs_behind_one_tap(hannah):
    end(hannah, PregnancyEnd.PAUSED)
    page = page_of(hannah, "report_symptoms")
    before, closed = page.split("If you are still pregnant", 1)
    closed = closed.split("</details>")[0]
    assert before.endswith('<details class="say more"><summary><span>')
    assert 'value="move_stop"' in closed and 'value="fluid_gush"' in closed
    assert "movements" not in page.lower()


def test_the_phone_keeps_no_week_no_due_date_and_no_sign_of_the_baby(hannah, pregnancy):
    end(hannah)
    page = page_of(hannah, "offline")
    assert 'data-due-date=""' in page and 'data-lesson=""' in page
    assert 'value="move_stop"' not in page and "/learn/" not in page
    assert "Labor" in page or "hospital" in page
    assert "data-renew" in page_of(hannah, "today"), "the next page makes the phone fetch this one"


def test_a_tap_on_the_checklist_from_an_old_page_leads_to_what_remains(hannah, pregnancy):
    end(hannah)
    answer = hannah.post(reverse("checklist_item", args=["small-signs"]))
    assert answer.url == reverse("today") and not pregnancy.marks.exists()


def test_she_cannot_end_or_undo_for_anyone_else(hannah, elsewhere, sign_in):
    actions.end_pregnancy(
        pregnancy=elsewhere,
        kind=PregnancyEnd.PAUSED,
        ended_on=elsewhere.practice.today(),
        by=elsewhere.patient,
    )
    hannah.post(reverse("undo_end"))
    assert Ending.objects.get().undone_at is None


@pytest.mark.parametrize("name", ["record_end", "undo_recorded_end", "start_pregnancy"])
def test_another_practice_finds_nothing_and_changes_nothing(
    sign_in, outsider, hannah, pregnancy, name
):
    if name != "record_end":
        end(hannah)
    answer = sign_in(outsider).post(reverse(name, args=[pregnancy.pk]), {"kind": "birth"})
    assert answer.status_code == 404 and not pregnancy.openings.exists()
    assert not Ending.objects.filter(kind="birth").exists()
    assert not Ending.objects.exclude(undone_at=None).exists()
    assert Pregnancy.objects.count() == 1


def test_who_never_had_a_pregnancy_here_still_gets_the_numbers(sign_in, practice):
    browser = sign_in(UserFactory(practice=practice))
    assert "We do not have your pregnancy here yet" in page_of(browser, "end_pregnancy")
    assert practice.phone in page_of(browser, "me")
    assert browser.post(reverse("undo_end")).url == reverse("today")
