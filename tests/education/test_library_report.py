"""The reviewers' lists: nothing is forgotten, and each reviewer hears of a text in time, once."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.actions import submit_for_review
from education.models import ReviewReminder, Topic, WarningSign, Week
from education.report import report_on
from tests.factories import ChecklistItemFactory, UserFactory, approved
from tracker.actions import remind_reviewers
from tracker.outbox import deliver_due

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def topic(reviewer):
    """A lesson that was checked today, to be looked at again in 365 days."""
    return approved(Topic.objects.get(slug="bleeding"), reviewer=reviewer)


def named(lines) -> set[str]:
    return {str(line.text) for line in lines}


@pytest.mark.parametrize(
    ("days_before", "soon", "overdue"),
    [(61, False, False), (60, True, False), (0, True, False), (-1, False, True)],
)
def test_a_text_is_listed_60_days_before_its_day_and_overdue_after_it(
    topic, days_before, soon, overdue
):
    report = report_on(topic.review_by - days_before * DAY, "en")
    assert (str(topic) in named(report.due_soon)) is soon
    assert (str(topic) in named(report.overdue)) is overdue


def test_the_report_says_what_nobody_checked(topic):
    report = report_on(TODAY, "en")
    assert str(topic) not in named(report.never_checked)
    assert "Your cervix" not in named(report.never_checked)
    kinds = {kind: (live, checked) for kind, live, checked in report.kinds}
    assert kinds["topic"][1] == 1 and kinds["week"] == (39, 0)


def test_the_report_counts_lessons_by_week_and_audience():
    row = next(row for row in report_on(TODAY, "en").coverage if row.week == 16)
    whole = Topic.objects.filter(week_from__lte=16, week_to__gte=16, audience="everyone").count()
    assert row.has_page and row.topics["everyone"] == whole > 0
    Week.objects.filter(number=16).update(live=False)
    assert not next(row for row in report_on(TODAY, "en").coverage if row.week == 16).has_page


def test_the_report_names_texts_without_a_source_and_words_that_nobody_approved(topic):
    sign = WarningSign.objects.first()
    sign.sources.clear()
    sign.save()
    Topic.objects.filter(pk=topic.pk).update(body="<p>By hand in the database.</p>")
    report = report_on(TODAY, "en")
    assert str(sign) in named(report.unsourced)
    assert named(report.nobody_answers) == {str(topic)}


def test_the_report_names_facts_no_lesson_teaches():
    taught = set(Topic.objects.get(slug="bleeding").facts)
    assert not taught & {name for name, _words in report_on(TODAY, "en").untaught}
    Topic.objects.update(live=False)
    assert report_on(TODAY, "en").untaught


def test_editors_and_reviewers_read_the_report_and_nobody_else(
    sign_in, editor, reviewer, provider, topic
):
    address = reverse("library_report")
    for person in (editor, reviewer):
        page = sign_in(person).get(address).content.decode()
        assert "Never checked: " in page and "The mean is " in page
    assert sign_in(provider).get(address).status_code in (302, 403)


def test_the_report_is_about_one_language(sign_in, editor, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    assert not report_on(TODAY, "es").coverage[0].has_page
    page = sign_in(editor).get(reverse("library_report") + "?language=es").content.decode()
    assert "<b>Español</b>" in page and "missing" in page


@pytest.mark.parametrize("number", [10, 200])
def test_the_report_costs_the_same_however_long_the_library_is(sign_in, reviewer, practice, number):
    for _ in range(number):
        ChecklistItemFactory(practice=practice, reviewed=False)
    type(Topic.objects.first()).objects.count()
    ChecklistItemFactory._meta.model.objects.filter(practice=practice).update(
        live=True, shipped=True
    )
    browser = sign_in(reviewer)
    browser.get(reverse("library_report"))
    with CaptureQueriesContext(connection) as captured:
        browser.get(reverse("library_report"))
    assert len(captured) <= 30, len(captured)


def test_a_reviewer_opens_a_review_of_the_words_as_they_stand(sign_in, reviewer):
    week = Week.objects.get(number=16)
    browser = sign_in(reviewer)
    answer = browser.post(reverse("open_review", args=["week", week.pk]), follow=True)
    assert "Nothing: these are the words that are live." in answer.content.decode()
    form = answer.context["form"]
    decision = {
        "digest": form["digest"].value(),
        "review_by": f"{TODAY + 200 * DAY}",
        "approve": "yes",
    }
    browser.post(answer.redirect_chain[-1][0], decision)
    assert Week.objects.get(number=16).is_checked


def test_an_editor_cannot_open_a_review_of_her_own(sign_in, editor):
    address = reverse("open_review", args=["week", Week.objects.get(number=16).pk])
    assert sign_in(editor).post(address).status_code == 302
    assert not Week.objects.get(number=16).workflow_in_progress


def test_a_reviewer_is_mailed_once_60_days_before_and_no_sooner(topic, reviewer):
    mail.outbox.clear()
    with time_machine.travel(topic.review_by - 61 * DAY):
        remind_reviewers()
        assert not ReviewReminder.objects.exists()
    with time_machine.travel(topic.review_by - 60 * DAY):
        remind_reviewers()
        remind_reviewers()
        deliver_due()
    (hers,) = [message for message in mail.outbox if message.to == [reviewer.email]]
    assert reverse("waiting") in hers.body


def test_a_text_checked_anew_is_announced_again_before_its_next_day(topic, reviewer):
    with time_machine.travel(topic.review_by - 60 * DAY):
        remind_reviewers()
        again = approved(topic)
    with time_machine.travel(again.review_by - 60 * DAY):
        remind_reviewers()
    assert ReviewReminder.objects.filter(reviewer=reviewer).count() == 2


def test_a_reviewer_of_another_practice_is_not_mailed_about_its_own_texts(practice, reviewer):
    own = ChecklistItemFactory(practice=practice)
    stranger = UserFactory(reviewer=True, practice=UserFactory().practice)
    stranger.groups.set(reviewer.groups.all())
    with time_machine.travel(own.review_by):
        remind_reviewers()
    assert not ReviewReminder.objects.filter(reviewer=stranger).exists()
    assert ReviewReminder.objects.filter(reviewer=reviewer).exists()


@pytest.mark.parametrize("number", [2, 40])
def test_the_list_of_what_waits_costs_the_same_however_long_it_is(
    sign_in, editor, reviewer, number
):
    for topic in Week.objects.all()[:number]:
        topic.save_revision(user=editor)
        submit_for_review(text=topic, by=editor)
    browser = sign_in(reviewer)
    browser.get(reverse("waiting"))
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(reverse("waiting")).content.decode()
    assert page.count(">week<") == min(number, 39) and len(captured) <= 24, len(captured)
