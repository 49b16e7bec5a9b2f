"""Outside a demonstration a practice shows what a clinician approved, or what a manager answers for by name."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.actions import accept_unreviewed, end_acceptance
from education.models import Acceptance, Topic, WarningSign, Week
from tests.factories import UserFactory, approved

PAGE = "/practice/library/"
WAITS = "Lessons are not open yet"
# The lesson of her week, and one that is for everyone.
WEEK, TOPIC = 18, "bleeding"


@pytest.fixture(autouse=True)
def real_use(settings):
    """Not a demonstration."""
    settings.DEMO = False


@pytest.fixture
def boss(sign_in, manager):
    manager.first_name, manager.last_name = "Ana", "Ruiz"
    manager.save()
    return sign_in(manager)


@pytest.fixture
def hers(sign_in, patient):
    return sign_in(patient)


def accept(browser, **changed):
    return browser.post(PAGE, {"days": 30, "understood": "on"} | changed, follow=True)


def reads(browser) -> bool:
    """Tell whether she reads the lessons of the library, and check that all pages agree."""
    answers = {
        "topic": browser.get(reverse("topic", args=[TOPIC])).status_code == 200,
        "week": browser.get(reverse("week", args=[WEEK])).status_code == 200,
        "library": "Bleeding" in text(browser, "library"),
        "today": WAITS not in text(browser, "today"),
        "checklist": WAITS not in text(browser, "checklist"),
        "item": browser.get(reverse("checklist_item", args=["small-signs"])).status_code == 200,
    }
    assert len(set(answers.values())) == 1, answers
    return answers["topic"]


def text(browser, name: str, *args) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


# -- Without anyone who answers -----------------------------------------------------------


def test_without_approval_and_acceptance_she_reads_no_lesson_but_finds_the_numbers(hers, practice):
    assert not reads(hers)
    for name in ("today", "checklist", "library"):
        page = text(hers, name)
        assert WAITS in page and practice.phone in page and "0 of 0" not in page
    for name, argument in (("topic", TOPIC), ("week", WEEK)):
        answer = hers.get(reverse(name, args=[argument]))
        page = answer.content.decode()
        assert answer.status_code == 404 and "This lesson is not open yet" in page
        assert practice.phone in page
    assert not_a_word_of(Topic.objects.get(slug=TOPIC).body, hers)


def not_a_word_of(body: str, browser) -> bool:
    return all(body[:60] not in text(browser, name) for name in ("today", "library", "checklist"))


def test_the_signs_and_the_form_always_list_every_sign_with_its_level_and_the_numbers(
    hers, client, practice, sign_in, stitched
):
    assert not WarningSign.objects.filter(approval__isnull=False).exists()
    everyones = {each.label for each in WarningSign.objects.exclude(group="stitch")}
    assert len(WarningSign.objects.all()) > 60
    for browser in (hers, client):
        answer = browser.get(reverse("warning_signs"))
        listed = {
            each.label for each in answer.context["signs"] if each.label in answer.content.decode()
        }
        assert everyones <= listed
        assert all(urgency in answer.content.decode() for urgency in ("emergency", "urgent"))
    assert practice.phone in text(hers, "warning_signs")
    form = text(sign_in(stitched.patient), "report_symptoms")
    for sign in WarningSign.objects.all():
        assert f'value="{sign.code.lower()}"' in form and "data-level" in form


def test_a_report_is_answered_with_its_advice(hers):
    sent = {"symptoms": ["bleed_heavy"], "report_id": "0b5cbe0c-6b0c-4a53-9d3c-9d2f4f2f6f11"}
    page = hers.post(reverse("report_symptoms"), sent).content.decode()
    assert 'data-report-urgency="emergency"' in page and "911" in page


def test_staff_pages_work_with_an_empty_checklist(sign_in, provider, pregnancy, boss):
    browser = sign_in(provider)
    for name, args in (("worklist", []), ("chart", [pregnancy.pk]), ("review_checklist", [pregnancy.pk]), ("practice_checklist", [])):  # fmt: skip
        assert browser.get(reverse(name, args=args)).status_code == 200, name
    assert boss.get(reverse("figures")).status_code == 200


def test_what_a_clinician_approved_is_read_and_nothing_else(hers):
    approved(Topic.objects.get(slug=TOPIC))
    assert "Checked by Grace Liu, MD" in text(hers, "topic", TOPIC)
    assert hers.get(reverse("topic", args=["early-labor"])).status_code == 404
    assert hers.get(reverse("week", args=[WEEK])).status_code == 404
    assert WAITS not in text(hers, "today") and "Bleeding" in text(hers, "today")
    approved(Week.objects.get(number=WEEK))
    assert "Checked by Grace Liu, MD" in text(hers, "week", WEEK)


# -- A manager answers ------------------------------------------------------------------------


def test_a_manager_accepts_by_name_and_each_page_says_so(boss, hers, manager, practice):
    page = accept(boss).content.decode()
    row = practice.acceptances.get()
    assert row.accepted_by == manager
    assert row.until == practice.today() + datetime.timedelta(days=30)
    day = f"{row.until:%b} {row.until.day}, {row.until:%Y}"
    assert "Ana Ruiz" in page and day in page
    assert reads(hers)
    says = f"Ana Ruiz of {practice.name} shows it until {day}."
    for name, argument in (("topic", TOPIC), ("week", WEEK), ("checklist_item", "small-signs")):
        lesson = text(hers, name, argument)
        assert "No clinician has checked this page yet." in lesson and says in lesson


def test_no_other_practice_and_no_stranger_reads_them(boss, sign_in, elsewhere, client):
    accept(boss)
    assert not reads(sign_in(elsewhere.patient))
    assert client.get(reverse("topic", args=[TOPIC])).status_code == 404


def test_ended_they_are_closed_at_once(boss, hers, manager, practice):
    accept(boss)
    page = boss.post(PAGE, {"end": "on"}, follow=True).content.decode()
    assert "Ended." in page and "Ended by Ana Ruiz" in page
    assert not reads(hers)
    row = practice.acceptances.get()
    assert row.ended_by == manager and row.ended_at
    assert "Nothing was changed." in boss.post(PAGE, {"end": "on"}, follow=True).content.decode()


@pytest.mark.parametrize("zone", ["America/Denver", "Pacific/Auckland"])
def test_it_stops_by_itself_after_midnight_of_the_last_day_at_the_practice(
    zone, practice, manager, patient, sign_in
):
    practice.time_zone = zone
    practice.save()
    # The cached zone of the objects at hand is that of before.
    manager, patient = type(manager).objects.get(pk=manager.pk), type(patient).objects.get(pk=patient.pk)  # fmt: skip
    zone = manager.practice.zone
    with time_machine.travel(datetime.datetime(2026, 3, 2, 12, tzinfo=zone), tick=False):
        row = accept_unreviewed(days=30, by=manager)
        assert row.until == datetime.date(2026, 4, 1)
    late = datetime.datetime(2026, 4, 1, 23, 59, tzinfo=zone)
    with time_machine.travel(late, tick=False):
        assert sign_in(patient).get(reverse("topic", args=[TOPIC])).status_code == 200
    with time_machine.travel(late + datetime.timedelta(minutes=1), tick=False):
        assert sign_in(patient).get(reverse("topic", args=[TOPIC])).status_code == 404
        page = sign_in(manager).get(PAGE).content.decode()
        assert "It ran out." in page and "Nobody answers for them." in page
    row.refresh_from_db()
    assert row.ended_at is None, "A row is only ever ended by a person."


@pytest.mark.parametrize(("left", "warned"), [(15, False), (14, True), (0, True)])
def test_the_manager_sees_14_days_before_that_it_ends(left, warned, boss, manager, practice):
    until = practice.today() + datetime.timedelta(days=left)
    Acceptance.objects.create(practice=practice, accepted_by=manager, until=until)
    for address in (PAGE, reverse("practice")):
        assert ("Ends after" in boss.get(address).content.decode()) is warned, address


def test_a_second_one_replaces_the_first_and_the_first_row_stays_as_it_was(boss, practice):
    accept(boss)
    first = practice.acceptances.get()
    accept(boss, days=60)
    second = practice.acceptances.open_on(practice.today()).get()
    again = Acceptance.objects.get(pk=first.pk)
    assert again.ended_at and (again.until, again.accepted_at) == (first.until, first.accepted_at)
    assert second.until == practice.today() + datetime.timedelta(days=60)


def test_sent_twice_it_is_one_and_two_managers_do_not_both_answer(boss, practice, sign_in):
    accept(boss)
    accept(boss)
    assert practice.acceptances.count() == 1
    other = UserFactory(manager=True, practice=practice, first_name="Joan")
    accept(sign_in(other))
    assert practice.acceptances.open_on(practice.today()).get().accepted_by == other


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"days": 365}, "Choose 30, 60 or 90 days."),
        ({"days": ""}, "Choose 30, 60 or 90 days."),
        ({"understood": ""}, "Tick the sentence"),
    ],
)
def test_bad_input_is_refused_and_nothing_opens(boss, hers, practice, changed, message):
    page = accept(boss, **changed).content.decode()
    assert "<title>Error:" in page and message in page
    assert not practice.acceptances.exists() and not reads(hers)


def test_only_the_managers_of_the_practice_accept(sign_in, provider, patient, practice):
    for person in (provider, patient):
        assert accept(sign_in(person)).status_code == 403
    assert not end_acceptance(by=provider) and not practice.acceptances.exists()


def test_the_page_counts_what_is_approved_and_says_when_it_is_a_demonstration(boss, settings):
    approved(Topic.objects.get(slug=TOPIC))
    page = boss.get(PAGE)
    assert page.context["approved"] == 1 and page.context["unapproved"] > 100
    assert "<b>1</b> text is approved" in page.content.decode()
    assert "This is a demonstration" not in page.content.decode()
    settings.DEMO = True
    assert "everyone sees all texts" in boss.get(PAGE).content.decode()


def test_the_lessons_cost_few_queries_more_with_an_acceptance(hers, manager):
    accept_unreviewed(days=30, by=manager)
    with CaptureQueriesContext(connection) as captured:
        text(hers, "topic", TOPIC)
    assert len(captured) <= 16, [query["sql"][:90] for query in captured]
