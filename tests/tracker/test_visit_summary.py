"""The summary she takes home: what is stored, in words of grade 6, on one page."""

import datetime
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import ChecklistItem
from education.reading import plain_text, read
from tracker.actions import answer_question
from tracker.enums import NotDone, ReviewOutcome
from tracker.models import Review, ReviewLine

ITEM = "small-signs"


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


@pytest.fixture
def review(stitched, provider):
    """Ellen went over one item with Marisol, and left one."""
    review = stitched.reviews.create(reviewed_by=provider, for_her="Drink water.\nRest at noon.")
    done, left, never = ChecklistItem.objects.filter(practice=None)[:3]
    review.lines.create(item=done, outcome=ReviewOutcome.DONE, taught_back=True)
    review.lines.create(item=left, outcome=ReviewOutcome.NOT_DONE, why=NotDone.NO_TIME)
    review.lines.create(item=never, outcome=ReviewOutcome.NOT_DONE, why=NotDone.NOT_FOR_HER)
    return review


def summary(browser, review) -> str:
    address = reverse("visit_summary", args=[review.pregnancy_id, review.pk])
    return browser.get(address).content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_it_says_who_when_what_was_gone_over_what_was_left_and_what_is_next(ellen, review):
    page = summary(ellen, review)
    done, left, never = (line.item.title for line in review.lines.all())
    over, rest = page.split("Next time we talk about")
    assert "Ellen Park, CNM" in page and "16 weeks, 3 days" in page
    assert done in over and "You told it back to us." in over
    assert left in rest and never not in page
    assert "Drink water.<br>Rest at noon." in page


def test_it_has_her_questions_with_the_answer_or_that_there_is_none(ellen, review, provider):
    item = review.lines.first().item
    one, two = (
        review.pregnancy.questions.create(item=item, text=text)
        for text in ("Can I swim?", "Can I fly?")
    )
    review.pregnancy.questions.update(asked_at=review.reviewed_at - timedelta(hours=1))
    answer_question(question=one, answer="Yes, in a pool.", by=provider)
    page = summary(ellen, review)
    assert "Yes, in a pool." in page and "No answer is written down yet. Ask us again." in page
    two.withdrawn_at = timezone.now()
    two.save()
    assert "Can I fly?" not in summary(ellen, review)


def test_what_an_earlier_visit_answered_is_not_said_again(ellen, review, provider):
    asked = review.pregnancy.questions.create(item=review.lines.first().item, text="Can I swim?")
    review.pregnancy.questions.update(asked_at=review.reviewed_at - timedelta(hours=1))
    answer_question(question=asked, answer="Yes.", by=provider)
    review.pregnancy.questions.update(answered_at=review.reviewed_at)
    later = review.pregnancy.reviews.create(reviewed_by=provider)
    assert "Can I swim?" in summary(ellen, review) and "Can I swim?" not in summary(ellen, later)


def test_it_names_the_day_of_the_stitch_only_when_one_is_stored(ellen, review, stitched):
    assert "No day is set for your stitch to come out." in summary(ellen, review)
    stitched.cerclages.update(planned_removal_on=datetime.date(2027, 4, 9))
    assert "Your stitch comes out on April 9, 2027, as planned now." in summary(ellen, review)


def test_it_says_when_the_next_scan_is_due_at_high_risk(ellen, pregnancy, provider):
    review = pregnancy.reviews.create(reviewed_by=provider)
    assert "next scan" not in summary(ellen, review)
    pregnancy.earlier_loss = True
    pregnancy.save()
    assert "Your next scan is due now." in summary(ellen, review)


def test_the_numbers_and_the_signs_are_on_it(ellen, review, practice):
    page = summary(ellen, review)
    for number in (practice.phone, practice.hospital_phone, practice.emergency_number):
        assert number in page
    assert "Go to the hospital now for:" in page


def test_small_signs_send_her_to_the_hospital_with_a_stitch_and_say_so_to_all(
    ellen, review, pregnancy, provider
):
    assert "For you, any of these means: go to the hospital now." in summary(ellen, review)
    other = pregnancy.reviews.create(reviewed_by=provider)
    assert "Then go to the hospital now for any of these." in summary(ellen, other)


def test_its_own_words_read_at_grade_six(ellen, review, stitched, practice):
    page = summary(ellen, review)
    article = re.search(r"<article.*?</article>", page, re.S)[0]
    article = re.sub(r"<dl.*?</dl>|<svg.*?</svg>", "", article, flags=re.S)
    words = plain_text(article.replace("<br>", "\n"))
    assert read(words).words > 80
    assert read(words).grade <= 6.0, words


def test_what_never_happened_is_not_on_it(ellen, pregnancy, provider):
    page = summary(ellen, pregnancy.reviews.create(reviewed_by=provider))
    for heading in ("We went over", "Next time we talk about", "What you asked", "What to do next"):
        assert heading not in page


def test_she_finds_her_visits_and_no_one_elses(sign_in, review, stitched, elsewhere, provider):
    hers = sign_in(stitched.patient)
    assert "with Ellen Park, CNM" in hers.get(reverse("visits")).content.decode()
    assert "Drink water." in hers.get(reverse("my_visit", args=[review.pk])).content.decode()
    other = sign_in(elsewhere.patient)
    assert other.get(reverse("my_visit", args=[review.pk])).status_code == 404
    assert "Nothing is here yet." in other.get(reverse("visits")).content.decode()
    assert not stitched.openings.exists()


def test_a_review_of_another_record_is_not_found_in_this_one(ellen, review, pregnancy):
    address = reverse("visit_summary", args=[pregnancy.pk, review.pk])
    assert ellen.get(address).status_code == 404


def test_the_chart_leads_to_the_last_one(ellen, review, stitched):
    page = ellen.get(stitched.get_absolute_url()).content.decode()
    assert reverse("visit_summary", args=[stitched.pk, review.pk]) in page


def test_staff_can_read_it_after_the_end(ellen, review, stitched):
    stitched.ended_on, stitched.end = timezone.localdate(), "birth"
    stitched.save()
    assert "What we talked about" in summary(ellen, review)
    assert Review.objects.count() == 1 and ReviewLine.objects.count() == 3
