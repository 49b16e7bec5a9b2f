"""The provider's list: who needs her first, in a glance, whatever the number of patients."""

import datetime
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.models import ChecklistItem
from tests.factories import PregnancyFactory, place_stitch
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import MarkKind, Urgency
from tracker.models import Alert, CervicalLength, ChecklistMark, Pregnancy, WorkerBeat

pytestmark = pytest.mark.django_db
WORKLIST = reverse("worklist")


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def report(pregnancy, urgency, minutes_ago=0, code="BLEED_LIGHT"):
    stored = report_symptoms(
        pregnancy=pregnancy,
        report_id=uuid.uuid4(),
        symptoms=[code],
        assessment=Assessment(urgency, (f"{code}.any.4-42",)),
        by=pregnancy.patient,
    )
    stored.alert.raised_at = timezone.now() - timedelta(minutes=minutes_ago)
    stored.alert.save(update_fields=["raised_at"])
    return stored


def names_in_order(page: str, pregnancies) -> list[str]:
    return sorted(
        (str(each.patient) for each in pregnancies), key=lambda name: page.index(f">{name}</a>")
    )


def test_the_most_urgent_come_first_then_the_longest_wait(ellen, practice):
    calm, today, waited, fresh, hospital = (PregnancyFactory(practice=practice) for _ in range(5))
    report(today, Urgency.CONTACT, 300)
    report(fresh, Urgency.URGENT, 5)
    report(waited, Urgency.URGENT, 40)
    report(hospital, Urgency.EMERGENCY, 1)
    page = ellen.get(WORKLIST).content.decode()
    expected = [str(each.patient) for each in (hospital, waited, fresh, today, calm)]
    assert names_in_order(page, [calm, today, waited, fresh, hospital]) == expected


def test_an_alert_someone_took_moves_below_those_nobody_took(ellen, practice):
    taken, new = PregnancyFactory(practice=practice), PregnancyFactory(practice=practice)
    alert = report(taken, Urgency.EMERGENCY).alert
    report(new, Urgency.CONTACT)
    ellen.post(reverse("acknowledge_alert", args=[alert.pk]))
    page = ellen.get(WORKLIST).content.decode()
    assert names_in_order(page, [taken, new]) == [str(new.patient), str(taken.patient)]
    assert "Acknowledged, still open" in page and "Read by Ellen Park, CNM" in page


def test_a_row_tells_weeks_last_report_stitch_and_checklist(ellen, stitched):
    report(stitched, Urgency.EMERGENCY, code="FLUID_GUSH")
    page = ellen.get(WORKLIST).content.decode()
    assert (
        "16w3d" in page
        and "A gush of fluid" in page
        and "Stitch in since" in page
        and "0 of " in page
    )


def test_another_practices_patients_are_not_on_the_list(ellen, pregnancy, elsewhere):
    page = ellen.get(WORKLIST).content.decode()
    assert str(pregnancy.patient) in page and str(elsewhere.patient) not in page


def test_the_list_costs_the_same_for_10_and_for_200_patients(ellen, practice):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ellen.get(WORKLIST)
        return len(captured)

    for number in range(10):
        report(PregnancyFactory(practice=practice), Urgency.URGENT, number)
    few = queries()
    for number in range(190):
        report(PregnancyFactory(practice=practice), Urgency.URGENT, number)
    assert queries() == few <= 16


def test_the_list_renews_itself_as_a_fragment(ellen, pregnancy):
    fragment = ellen.get(WORKLIST, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="worklist"') and "<html" not in fragment
    assert str(pregnancy.patient) in fragment


def test_a_silent_worker_is_shown_to_providers(ellen):
    assert "The background worker is silent" in ellen.get(WORKLIST).content.decode()
    WorkerBeat.beat()
    assert "The background worker is silent" not in ellen.get(WORKLIST).content.decode()


def test_an_empty_list_says_so(ellen):
    assert "No patients yet." in ellen.get(WORKLIST).content.decode()


def test_an_open_alert_stays_on_the_list_when_the_pregnancy_has_ended(ellen, practice):
    waiting, quiet = PregnancyFactory(practice=practice), PregnancyFactory(practice=practice)
    report(waiting, Urgency.EMERGENCY)
    for pregnancy in (waiting, quiet):
        pregnancy.ended_on = timezone.localdate()
        pregnancy.save()
    page = ellen.get(WORKLIST).content.decode()
    assert str(waiting.patient) in page and str(quiet.patient) not in page


# -- Filters -------------------------------------------------------------------------------


def shown(browser, show: str) -> str:
    return browser.get(WORKLIST, {"show": show}).content.decode()


def counts(page: str) -> dict[str, int]:
    """Return the number each filter shows."""
    found = re.findall(r'id="show-(\w+)"[^>]*>[^<]*<b>(\d+)</b>', page)
    return {name: int(number) for name, number in found}


def scan(pregnancy, by, length_mm=22, days_ago=3, **more) -> CervicalLength:
    day = pregnancy.practice.today() - timedelta(days=days_ago)
    age = pregnancy.age_on(day)
    return CervicalLength.objects.create(
        pregnancy=pregnancy,
        measured_on=day,
        length_mm=length_mm,
        gestational_days=age.total_days,
        recorded_by=by,
        **more,
    )


def tick(pregnancy, *kinds) -> None:
    item = ChecklistItem.objects.live().get(slug="small-signs")
    for kind in kinds:
        ChecklistMark.objects.create(
            pregnancy=pregnancy, item=item, kind=kind, made_by=pregnancy.patient
        )


def test_each_filter_is_a_link_with_its_number_and_the_current_one_is_marked(ellen, pregnancy):
    page = shown(ellen, "watch")
    assert counts(page) == {"act": 0, "watch": 1, "stitch": 0, "teach": 0, "discuss": 0, "all": 1}
    assert re.findall(r'id="show-(\w+)"[^>]* aria-current', page) == ["watch"]
    assert 'href="/worklist/?show=stitch"' in page


def test_an_unknown_filter_shows_everyone(ellen, pregnancy):
    assert str(pregnancy.patient) in shown(ellen, "nobody-knows")


@pytest.mark.parametrize(("age", "is_in"), [((13, 6), 0), ((14, 0), 1), ((20, 6), 1), ((21, 0), 0)])
def test_weeks_14_to_20_end_with_20w6d(ellen, practice, age, is_in):
    PregnancyFactory(practice=practice, age=age)
    assert counts(shown(ellen, "watch"))["watch"] == is_in


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ((35, 6), None),
        ((36, 0), "Stitch out due by"),
        ((38, 0), "Stitch out due by"),
        ((38, 1), "Stitch out overdue since"),
    ],
)
def test_a_stitch_is_due_out_from_36w0d_and_overdue_after_38w0d(
    ellen, practice, provider, age, words
):
    hers = PregnancyFactory(practice=practice, age=age)
    place_stitch(hers, provider, weeks_ago=20)
    page = shown(ellen, "stitch")
    assert (str(hers.patient) in page) is bool(words)
    assert words is None or words in page


def test_a_stitch_that_is_out_is_not_due(ellen, practice, provider):
    hers = PregnancyFactory(practice=practice, age=(37, 0))
    stitch = place_stitch(hers, provider)
    stitch.removed_on = practice.today()
    stitch.save()
    assert "No stitch is due out." in shown(ellen, "stitch")


def test_teach_back_is_due_for_what_she_read_until_someone_confirms_it(ellen, pregnancy):
    tick(pregnancy, MarkKind.READ, MarkKind.REVIEWED)
    assert counts(shown(ellen, "teach"))["teach"] == 1
    tick(pregnancy, MarkKind.TEACH_BACK)
    assert "No item waits for a teach-back." in shown(ellen, "teach")


def test_a_short_length_is_to_discuss_until_someone_talked_it_over(ellen, pregnancy, provider):
    length = scan(pregnancy, provider)
    assert "Discuss: 22 mm at 17w4d" in shown(ellen, "discuss")
    CervicalLength.objects.filter(pk=length.pk).update(
        discussed_at=timezone.now(), discussed_by=provider
    )
    assert "Discuss:" not in shown(ellen, "discuss")


def test_a_length_struck_through_is_not_on_the_list(ellen, pregnancy, provider):
    scan(
        pregnancy,
        provider,
        struck_at=timezone.now(),
        struck_by=provider,
        struck_because="Wrong patient",
    )
    page = ellen.get(WORKLIST).content.decode()
    assert "22 mm" not in page and "No scan" in page


def test_an_overdue_scan_is_to_discuss_at_high_risk_only(ellen, practice):
    PregnancyFactory(practice=practice, age=(18, 0))
    assert "Nothing is marked for discussion" in shown(ellen, "discuss")
    PregnancyFactory(practice=practice, age=(18, 0), earlier_preterm_birth=True)
    assert "Scan overdue since" in shown(ellen, "discuss")
    PregnancyFactory(practice=practice, age=(16, 0), earlier_preterm_birth=True)
    page = ellen.get(WORKLIST).content.decode()
    assert "Scan due today" in page and counts(page)["discuss"] == 1


def test_an_open_question_is_to_discuss(ellen, pregnancy):
    asked = pregnancy.questions.create(text="Can I swim?")
    assert "1 question" in shown(ellen, "discuss")
    asked.withdrawn_at = timezone.now()
    asked.save()
    assert "1 question" not in shown(ellen, "discuss")


def test_to_act_on_holds_every_open_alert_those_nobody_took_first(ellen, practice):
    taken, new, calm = (PregnancyFactory(practice=practice) for _ in range(3))
    alert = report(taken, Urgency.EMERGENCY).alert
    report(new, Urgency.CONTACT)
    ellen.post(reverse("acknowledge_alert", args=[alert.pk]))
    page = shown(ellen, "act")
    assert names_in_order(page, [taken, new]) == [str(new.patient), str(taken.patient)]
    assert str(calm.patient) not in page and "<title>(2 to act on) Worklist" in page


@pytest.mark.parametrize("show", ["watch", "stitch", "teach", "discuss"])
def test_an_alert_that_a_filter_leaves_out_is_announced_above_it(ellen, practice, show):
    for _ in range(2):
        report(PregnancyFactory(practice=practice, age=(10, 0)), Urgency.CONTACT)
    page = shown(ellen, show)
    assert "2 open alerts are not in this view." in page and "Show them." in page
    assert "not in this view" not in shown(ellen, "all") + shown(ellen, "act")


def test_the_end_of_a_pregnancy_leaves_nothing_due_but_its_alert(ellen, practice, provider):
    hers = PregnancyFactory(practice=practice, age=(37, 0))
    place_stitch(hers, provider)
    tick(hers, MarkKind.READ)
    scan(hers, provider, days_ago=130)
    hers.questions.create(text="Why?")
    report(hers, Urgency.URGENT)
    hers.ended_on = practice.today()
    hers.save()
    found = counts(ellen.get(WORKLIST).content.decode())
    assert found == {"act": 1, "watch": 0, "stitch": 0, "teach": 0, "discuss": 0, "all": 1}


# -- Search --------------------------------------------------------------------------------


@pytest.fixture
def rosa(practice):
    return PregnancyFactory(
        practice=practice,
        patient__first_name="Rosa María",
        patient__last_name="Peña-Núñez",
        patient__phone="(505) 555-0109",
        patient__born_on=datetime.date(1992, 11, 20),
    )


@pytest.mark.parametrize(
    "typed",
    [
        "pena", "PEÑA", "rosa nunez", "nunez rosa maria", "1992-11-20", "11/20/1992", "Nov 20 1992",
        "November 20, 1992", "505 555 0109", "505.555.0109", "+1 (505) 555-0109", "0109",
    ],
)  # fmt: skip
def test_a_patient_is_found_by_name_date_of_birth_or_phone(ellen, rosa, pregnancy, typed):
    page = ellen.post(WORKLIST, {"q": typed}).content.decode()
    assert "Peña-Núñez</a>" in page and f">{pregnancy.patient}</a>" not in page


@pytest.mark.parametrize(
    "typed", ["Zoe", "1992-11-31", "11/21/1992", "555-9999", "<b>", "%", "\x00"]
)
def test_nobody_found_is_said_with_a_way_back(ellen, rosa, typed):
    page = ellen.post(WORKLIST, {"q": typed}).content.decode()
    assert "No patient in this view fits" in page and "Show all patients" in page
    assert "<b></b>" not in page.replace("<b>1</b>", "")


def test_a_search_in_an_address_finds_nothing_so_that_no_name_stands_in_one(ellen, rosa, pregnancy):
    page = ellen.get(WORKLIST, {"q": "pena"}).content.decode()
    assert f">{pregnancy.patient}</a>" in page and 'value="pena"' not in page
    assert re.search(r'<form id="find-patient"[^>]* method="post"', page)


def test_a_search_and_a_filter_hold_together(ellen, rosa, practice):
    PregnancyFactory(practice=practice, age=(30, 0), patient__first_name="Rosalind")
    both = ellen.post(WORKLIST, {"q": "rosa", "show": "all"}).content.decode()
    one = ellen.post(WORKLIST, {"q": "rosa", "show": "all", "view": "watch"}).content.decode()
    assert "Rosalind" in both and "Peña" in both
    assert "Rosalind" not in one and "Peña" in one and 'value="rosa"' in one


def test_an_alert_that_a_search_leaves_out_is_announced(ellen, rosa, pregnancy):
    report(pregnancy, Urgency.EMERGENCY)
    page = ellen.post(WORKLIST, {"q": "pena"}).content.decode()
    assert "1 open alert is not in this view." in page


def test_another_practices_patient_is_never_found(ellen, elsewhere):
    page = ellen.post(WORKLIST, {"q": elsewhere.patient.first_name}).content.decode()
    assert "No patients yet." in page


# -- Renewal -------------------------------------------------------------------------------


def again(browser, seen: str, **data):
    headers = {"HX-Request": "true", "Cinta-Seen": seen}
    return browser.post(WORKLIST, data, headers=headers)


def mark_of(answer) -> str:
    return re.search(r'"Cinta-Seen": "(\w+)"', answer.content.decode())[1]


def test_an_unchanged_list_is_not_sent_again_but_says_when_it_was_checked(ellen, pregnancy):
    WorkerBeat.beat()
    answer = again(ellen, mark_of(ellen.get(WORKLIST)))
    assert (answer.status_code, answer.content) == (204, b"")
    assert "2026" not in answer["Cinta-Checked"] and "%3A" in answer["Cinta-Checked"]


def test_another_search_or_filter_is_another_list(ellen, pregnancy):
    seen = mark_of(ellen.get(WORKLIST))
    assert again(ellen, seen, q="hannah").status_code == 200
    assert again(ellen, seen, show="watch").status_code == 200


def change_name(hers, by):
    hers.patient.last_name = "Abel"
    hers.patient.save()


def change_phone(hers, by):
    hers.patient.phone = "(505) 555-0100"
    hers.patient.save()


def change_interpreter(hers, by):
    hers.patient.needs_interpreter = True
    hers.patient.save()


def change_due_date(hers, by):
    hers.due_date += timedelta(days=3)
    hers.save()


def change_risk(hers, by):
    hers.earlier_loss = True
    hers.save()


def change_end(hers, by):
    hers.ended_on = hers.practice.today()
    hers.save()


def change_alert(**fields):
    def changed(hers, by):
        values = {key: by if value == "by" else value for key, value in fields.items()}
        assert Alert.objects.open().filter(pregnancy=hers).update(**values)

    return changed


def change_item(hers, by):
    item = ChecklistItem.objects.live().filter(audience="everyone").first()
    item.live = False
    item.save()


NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)
CHANGES = {
    "name": change_name,
    "phone": change_phone,
    "interpreter": change_interpreter,
    "due date": change_due_date,
    "risk": change_risk,
    "end": change_end,
    "new patient": lambda hers, by: PregnancyFactory(practice=hers.practice),
    "report": lambda hers, by: report(PregnancyFactory(practice=hers.practice), Urgency.URGENT),
    "I feel OK": lambda hers, by: hers.reports.create(feels_ok=True),
    "more urgent": change_alert(urgency=Urgency.EMERGENCY),
    "raised again": change_alert(round=7),
    "told": change_alert(told_at=NOW),
    "seen": change_alert(told_at=NOW, seen_at=NOW, seen_by="by"),
    "taken": change_alert(acknowledged_at=NOW, acknowledged_by="by"),
    "closed": change_alert(resolved_at=NOW, resolved_by="by", outcome="seen"),
    "overdue": change_alert(confirm_by=NOW - timedelta(days=400)),
    "scan": scan,
    "stitch": lambda hers, by: place_stitch(hers, by),
    "read": lambda hers, by: tick(hers, MarkKind.READ),
    "taught back": lambda hers, by: tick(hers, MarkKind.TEACH_BACK),
    "question": lambda hers, by: hers.questions.create(text="Can I swim?"),
    "item gone": change_item,
    "worker": lambda hers, by: WorkerBeat.objects.all().delete(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_shows_up_by_itself(ellen, pregnancy, provider, what):
    WorkerBeat.beat()
    report(pregnancy, Urgency.URGENT, 5)
    before = ellen.get(WORKLIST)
    assert again(ellen, mark_of(before)).status_code == 204
    CHANGES[what](pregnancy, provider)
    assert again(ellen, mark_of(before)).status_code == 200


def test_time_alone_shows_up_too(ellen, pregnancy):
    with time_machine.travel(NOW, tick=False) as clock:
        WorkerBeat.beat()
        alert = report(pregnancy, Urgency.URGENT, 5).alert
        Alert.objects.filter(pk=alert.pk).update(confirm_by=NOW + timedelta(seconds=30))
        seen = mark_of(ellen.get(WORKLIST))
        clock.shift(20)
        assert again(ellen, seen).status_code == 204
        clock.shift(15)  # the promised time is over
        overdue = again(ellen, seen)
        assert "Overdue: nobody has confirmed" in overdue.content.decode()
        clock.shift(30)  # the worker is silent, and a minute more was waited
        later = again(ellen, mark_of(overdue)).content.decode()
        assert "worker is silent" in later and "6\xa0minutes ago" in later
        age = str(Pregnancy.objects.get(pk=pregnancy.pk).age)
        clock.shift(24 * 3600)
        assert age not in again(ellen, seen).content.decode()


def test_a_row_drawn_for_one_language_or_zone_is_not_shown_in_another(ellen, pregnancy, practice):
    report(pregnancy, Urgency.URGENT)
    first = ellen.get(WORKLIST).content.decode()
    practice.time_zone = "Asia/Tokyo"
    practice.save()
    reported = re.compile(r'class="sub">(\w+ \d+, \d+:\d+ [AP]M)<')
    assert reported.search(first)[1] != reported.search(ellen.get(WORKLIST).content.decode())[1]


def test_the_sheet_says_whose_it_is_and_who_printed_it(ellen, pregnancy):
    page = ellen.get(WORKLIST).content.decode()
    assert "Handover sheet of Juniper Street Care, printed by Ellen Park, CNM." in page
