"""What the chart shows of questions and reviews, without the chart asking for it."""

from django import template

from tracker.checklists import questions_of as asked
from tracker.reviews import reviews_of as reviewed

register = template.Library()


@register.simple_tag
def questions_of(pregnancy):
    """Return what she asked and did not take back: what is open first, then the newest answer."""
    questions = asked(pregnancy)
    return {
        "open": [each for each in questions if each.answered_at is None],
        "answered": [each for each in reversed(questions) if each.answered_at],
    }


@register.simple_tag
def last_review_of(pregnancy):
    """Return the last review of her checklist, or None."""
    return reviewed(pregnancy).first()
