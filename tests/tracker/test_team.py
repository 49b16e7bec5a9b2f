"""Who knows a patient, and who is on call."""

import pytest
from django.urls import reverse

from tests.factories import put_on_call
from tracker.actions import join_team, leave_team


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def test_a_provider_joins_and_leaves_and_both_stay_on_record(ellen, pregnancy, provider):
    page = ellen.post(reverse("join_team", args=[pregnancy.pk]), follow=True).content.decode()
    assert "You are on her team." in page and "Leave her team" in page
    page = ellen.post(reverse("leave_team", args=[pregnancy.pk]), follow=True).content.decode()
    assert "Join her team" in page and "Who was on it before" in page
    assert pregnancy.team.get().left_at is not None


def test_two_taps_at_once_join_once(pregnancy, provider):
    assert join_team(pregnancy=pregnancy, by=provider) == join_team(
        pregnancy=pregnancy, by=provider
    )
    assert pregnancy.team.count() == 1
    assert leave_team(pregnancy=pregnancy, by=provider)
    assert not leave_team(pregnancy=pregnancy, by=provider)


def test_who_comes_back_has_a_row_of_her_own(pregnancy, provider):
    join_team(pregnancy=pregnancy, by=provider)
    leave_team(pregnancy=pregnancy, by=provider)
    join_team(pregnancy=pregnancy, by=provider)
    assert pregnancy.team.count() == 2 and pregnancy.team.present().count() == 1


def test_the_chart_names_who_is_on_call_in_order(ellen, pregnancy, practice, provider, colleague):
    put_on_call(practice, colleague, provider)
    page = ellen.get(pregnancy.get_absolute_url()).content.decode()
    assert page.index("1. Kofi Osei, MD") < page.index("2. Ellen Park, CNM")
    colleague.is_active = False
    colleague.save()
    assert "1. Ellen Park, CNM" in ellen.get(pregnancy.get_absolute_url()).content.decode()
