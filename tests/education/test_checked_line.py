"""Each page says who checked it and when, or that nobody has yet; staff are told when it is overdue."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from education.models import Acceptance, ChecklistItem, Source, Topic, WarningSign, Week
from tests.factories import ChecklistItemFactory, UserFactory, a_reviewer, approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOBODY = "No clinician has checked this page yet."
OVERDUE = "Overdue: should have been looked at again by"


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bleeding")


def said_of(browser, address) -> str:
    """Return a page in one line, without its tags' line breaks."""
    return " ".join(browser.get(address).content.decode().split())


def said_by(approval) -> str:
    day = timezone.localtime(approval.approved_at)
    return (
        f"Checked by Grace Liu, MD, on {day:%b} {day.day}, {day.year}. To be looked at again by"
        f" {approval.review_by:%b} {approval.review_by.day}, {approval.review_by.year}."
    )


def test_a_topic_says_who_checked_it_when_and_until_when(topic, client):
    assert NOBODY in said_of(client, topic.get_absolute_url())
    page = said_of(client, approved(topic).get_absolute_url())
    assert said_by(Topic.objects.get(slug="bleeding").approval) in page and NOBODY not in page


def test_a_week_says_so_too_and_its_neighbor_does_not(client):
    week = approved(Week.objects.get(number=16))
    assert said_by(week.approval) in said_of(client, week.get_absolute_url())
    assert NOBODY in said_of(client, reverse("week", args=[17]))


def test_an_item_of_the_library_and_one_of_the_practice_say_it_alike(patient, practice, sign_in):
    item = approved(ChecklistItem.objects.get(slug="small-signs"))
    own = ChecklistItemFactory(practice=practice)
    for each in (item, own):
        page = said_of(sign_in(patient), reverse("checklist_item", args=[each.slug]))
        assert said_by(each.approval) in page
    assert "Your own care team wrote it." in page


def test_of_several_approvals_only_the_standing_one_is_named(topic, client):
    approved(topic, reviewer=a_reviewer())
    topic.body = "<p>Newer words.</p>"
    second = UserFactory(
        reviewer=True, first_name="Noor", last_name="Haddad", title="MD", practice=None
    )
    second.groups.set(a_reviewer().groups.all())
    approved(topic, reviewer=second)
    page = said_of(client, topic.get_absolute_url())
    assert "Checked by Noor Haddad, MD" in page and "Grace Liu" not in page


def test_words_that_are_not_the_approved_ones_are_not_called_checked(
    topic, client, provider, sign_in
):
    approved(topic)
    Topic.objects.filter(pk=topic.pk).update(body="<p>Slipped in.</p>")
    page = said_of(client, topic.get_absolute_url())
    assert NOBODY in page and "Grace Liu" not in page
    assert "These are not the words that Grace Liu, MD approved on" in said_of(
        sign_in(provider), topic.get_absolute_url()
    )


def test_a_source_that_was_added_since_makes_it_unchecked(topic, client):
    checked = approved(topic)
    other = Source.objects.exclude(pk__in=checked.sources.all()).live().first()
    Topic.sources.through.objects.create(topic_id=checked.pk, source_id=other.pk)
    assert NOBODY in said_of(client, topic.get_absolute_url())


def test_overdue_is_marked_for_staff_and_not_for_patients(
    topic, client, patient, provider, manager, editor, reviewer, sign_in
):
    approved(topic)
    address = topic.get_absolute_url()
    assert OVERDUE not in said_of(sign_in(provider), address)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        for person in (provider, manager, editor, reviewer):
            assert OVERDUE in said_of(sign_in(person), address), person.role
        for browser in (client, sign_in(patient)):
            page = said_of(browser, address)
            assert OVERDUE not in page and "To be looked at again by" in page


def test_the_last_day_is_not_overdue_yet(topic, provider, sign_in):
    until = approved(topic).review_by
    for days, overdue in ((0, False), (1, True)):
        noon = datetime.datetime.combine(until, datetime.time(19), datetime.UTC)
        with time_machine.travel(noon + datetime.timedelta(days=days), tick=False):
            page = said_of(sign_in(provider), topic.get_absolute_url())
            assert (OVERDUE in page) is overdue


def test_an_unreviewed_page_that_a_manager_accepted_names_her_and_the_day(
    topic, settings, patient, practice, sign_in
):
    settings.DEMO = False
    assert sign_in(patient).get(topic.get_absolute_url()).status_code == 404
    boss = UserFactory(manager=True, practice=practice, first_name="Rosa", last_name="Diaz")
    until = practice.today() + datetime.timedelta(days=30)
    Acceptance.objects.create(practice=practice, accepted_by=boss, until=until)
    line = f"Rosa Diaz of Juniper Street Care shows it until {until:%b} {until.day}, {until.year}."
    page = said_of(sign_in(patient), topic.get_absolute_url())
    assert f"{NOBODY} {line}" in page
    approved(topic)
    assert line not in said_of(sign_in(patient), topic.get_absolute_url())


def test_sources_stand_with_title_host_and_weight_and_only_those_that_are_live(topic, client):
    gone, *rest = [each for each in topic.sources.all() if each.address]
    gone.unpublish()
    page = said_of(client, topic.get_absolute_url())
    assert gone.address not in page
    for source in rest:
        assert f'href="{source.address}"' in page and source.host in page
        assert source.get_tier_display() in page


def test_the_page_of_signs_says_how_many_of_its_words_were_checked(client):
    address = reverse("warning_signs")
    assert "No clinician has checked the words of these signs yet." in said_of(client, address)
    one, *others = WarningSign.objects.on_the_form(with_stitch=False)
    approved(one)
    total = len(others) + 1
    assert f"A clinician has checked the words of 1 of these {total} signs." in said_of(
        client, address
    )
    reviewer = a_reviewer()
    for sign in others:
        approved(sign, reviewer=reviewer)
    assert "Checked by Grace Liu, MD, last on" in said_of(client, address)


def test_a_lesson_costs_the_same_queries_checked_or_not(
    topic, client, django_assert_max_num_queries
):
    address = topic.get_absolute_url()
    with django_assert_max_num_queries(2):
        client.get(address)
    approved(topic)
    with django_assert_max_num_queries(2):
        assert "Checked by" in said_of(client, address)
