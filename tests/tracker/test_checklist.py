"""Her checklist: what is for her, and what she ticks."""

import pytest
from django.urls import reverse

from tests.factories import ChecklistItemFactory
from tracker.checklists import progress_of

ITEM = "small-signs"


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


def test_a_tick_counts_and_is_shown_with_its_date(hannah, pregnancy):
    hannah.post(reverse("checklist_item", args=[ITEM]))
    page = hannah.get(reverse("checklist")).content.decode()
    assert "You ticked “I understand” on" in page
    assert f"<b>1 of {progress_of(pregnancy).total} done</b>" in page


def test_a_tick_twice_is_one_tick(hannah, pregnancy):
    for _ in range(2):
        hannah.post(reverse("checklist_item", args=[ITEM]))
    assert pregnancy.marks.count() == 1


def test_a_tick_taken_back_stays_as_a_row(hannah, pregnancy, patient):
    hannah.post(reverse("checklist_item", args=[ITEM]))
    hannah.post(reverse("checklist_item", args=[ITEM]), {"undo": "on"})
    assert progress_of(pregnancy).read == 0
    assert pregnancy.marks.get().withdrawn_by == patient


def test_stitch_items_are_only_for_someone_with_a_stitch(hannah, sign_in, stitched):
    assert "Your stitch" not in hannah.get(reverse("checklist")).content.decode()
    assert "Your stitch" in sign_in(stitched.patient).get(reverse("checklist")).content.decode()
    assert hannah.get(reverse("checklist_item", args=["when-it-comes-out"])).status_code == 404


def test_an_unknown_item_is_not_found(hannah):
    assert hannah.get(reverse("checklist_item", args=["no-such-item"])).status_code == 404


def test_an_item_of_another_practice_is_neither_listed_nor_opened(hannah):
    other = ChecklistItemFactory(title="I know the other door")
    assert "the other door" not in hannah.get(reverse("checklist")).content.decode()
    assert hannah.get(reverse("checklist_item", args=[other.slug])).status_code == 404


def test_an_item_of_her_practice_says_where_it_comes_from(hannah, practice):
    own = ChecklistItemFactory(practice=practice, title="I know our door")
    assert "I know our door" in hannah.get(reverse("checklist")).content.decode()
    page = hannah.get(reverse("checklist_item", args=[own.slug])).content.decode()
    assert "From your practice" in page
