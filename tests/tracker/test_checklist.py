"""The education checklist: read by the patient, gone over with her, taught back."""

import pytest
from django.urls import reverse

from education.models import ChecklistItem
from tracker.checklists import progress_of
from tracker.enums import MarkKind

ITEM = "small-signs"


@pytest.fixture
def hannah(sign_in, patient):
    return sign_in(patient)


@pytest.fixture
def item(db):
    return ChecklistItem.objects.get(slug=ITEM)


def test_a_tick_counts_and_is_shown_with_its_date(hannah, pregnancy):
    hannah.post(reverse("checklist_item", args=[ITEM]))
    page = hannah.get(reverse("checklist")).content.decode()
    assert "You read this on" in page
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


@pytest.fixture
def review(sign_in, provider, pregnancy):
    browser = sign_in(provider)
    return lambda **boxes: browser.post(
        reverse("review_checklist", args=[pregnancy.pk]), boxes, follow=True
    )


def test_a_review_keeps_who_went_over_what(review, pregnancy, provider, item):
    page = review(reviewed=[item.pk], teach_back=[item.pk]).content.decode()
    marks = {mark.kind: mark.made_by for mark in pregnancy.marks.all()}
    assert marks == {MarkKind.REVIEWED: provider, MarkKind.TEACH_BACK: provider}
    assert "The review is saved." in page and "Ellen Park, CNM" in page


def test_saving_a_review_again_makes_no_second_row(review, pregnancy, item):
    review(reviewed=[item.pk])
    review(reviewed=[item.pk])
    assert pregnancy.marks.count() == 1


def test_an_unticked_box_takes_the_mark_back_and_leaves_reading_alone(
    review, pregnancy, item, hannah
):
    hannah.post(reverse("checklist_item", args=[ITEM]))
    review(reviewed=[item.pk])
    review()
    task = next(task for task in progress_of(pregnancy).tasks if task.item == item)
    assert task.reviewed is None and task.read is not None
    assert pregnancy.marks.get(kind=MarkKind.REVIEWED).withdrawn_at


def test_the_patient_sees_who_went_over_it_with_her(review, hannah, item):
    hannah.post(reverse("checklist_item", args=[ITEM]))
    review(reviewed=[item.pk])
    assert "Gone over with Ellen Park, CNM" in hannah.get(reverse("checklist")).content.decode()


def test_the_review_shows_what_to_ask(sign_in, provider, pregnancy, item):
    page = sign_in(provider).get(reverse("review_checklist", args=[pregnancy.pk])).content.decode()
    assert item.teach_back in page


@pytest.mark.parametrize("sent", ["999999", "abc", "<script>"])
def test_an_item_that_does_not_exist_changes_nothing(review, pregnancy, sent):
    assert review(reviewed=[sent]).status_code == 200
    assert not pregnancy.marks.exists()
