"""Her own page: who cares for her, what is kept of her, and who read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.models import AccessLog, Consent
from tracker.openings import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


def page_of(browser, name, query="") -> str:
    return browser.get(reverse(name) + query).content.decode()


def test_her_page_says_who_she_is_and_who_cares_for_her(
    hannah, pregnancy, patient, provider, practice
):
    patient.phone, patient.language = "(505) 555-0186", "es"
    patient.save()
    pregnancy.team.create(person=provider)
    page = page_of(hannah, "me")
    for words in ("Ellen Park, CNM", practice.name, practice.phone, "(505) 555-0186", "Spanish"):
        assert words in page
    assert "Is something here wrong? Call us" in page
    assert reverse("end_pregnancy") in page and reverse("my_access") in page


def test_what_was_not_agreed_to_is_not_shown_as_agreed(hannah, patient, practice):
    assert "No consent is stored here." in page_of(hannah, "me")
    Consent.objects.create(patient=patient, practice=practice, version="1", words="I <b>agree</b>.")
    page = page_of(hannah, "me")
    assert "I &lt;b&gt;agree&lt;/b&gt;." in page and "No consent is stored" not in page


def test_a_provider_who_left_is_not_named_as_her_team(hannah, pregnancy, provider, colleague):
    pregnancy.team.create(person=provider)
    provider.is_active = False
    provider.save()
    assert "Ellen Park" not in page_of(hannah, "me")


def test_she_reads_who_opened_her_record_when_and_which_page(hannah, sign_in, provider, pregnancy):
    assert "Nobody has opened your record yet." in page_of(hannah, "my_access")
    sign_in(provider).get(reverse("chart", args=[pregnancy.pk]))
    page = page_of(hannah, "my_access")
    assert "<strong>Ellen Park, CNM</strong> opened your record" in page
    assert f"{AccessLog.objects.get().opened_at:%Y}" in page


def test_a_page_nobody_put_into_words_is_still_listed(hannah, pregnancy, provider):
    AccessLog.objects.create(pregnancy=pregnancy, opened_by=provider, page="something_new")
    assert "opened a part of your record" in page_of(hannah, "my_access")
    assert "something_new" not in PAGES


def test_she_reads_nobody_elses_openings(hannah, stitched, provider):
    AccessLog.objects.create(pregnancy=stitched, opened_by=provider, page="chart")
    assert "Nobody has opened your record yet." in page_of(hannah, "my_access")


def test_the_list_has_pages_and_costs_the_same_for_10_and_for_200(hannah, pregnancy, provider):
    costs = []
    for count in (10, 190):
        for _ in range(count):
            AccessLog.objects.create(pregnancy=pregnancy, opened_by=provider, page="chart")
        with CaptureQueriesContext(connection) as captured:
            page = page_of(hannah, "my_access")
        costs.append(len(captured))
    assert costs[0] == costs[1] and "Page 1 of 4" in page
    assert "Page 4 of 4" in page_of(hannah, "my_access", "?page=999")
    assert "Page 1 of 4" in page_of(hannah, "my_access", "?page=banana")
