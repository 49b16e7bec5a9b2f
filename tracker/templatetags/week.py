"""What the lesson of a week says to whoever reads it: the signs of that week, her own dates, the lessons for her."""

from django import template
from django.utils import timezone

from education.models.lesson import Audience
from tracker.advice import Advice
from tracker.clinical.dating import GestationalAge, date_of
from tracker.clinical.milestones import Milestone, window
from tracker.clinical.triage import RULES_VERSION
from tracker.signs import signs_in_week

register = template.Library()

LESSONS = 6


@register.inclusion_tag("tracker/signs_of_week.html", takes_context=True)
def signs_of_week(context, week):
    """Show the signs of a week, strictest first: by her record, or for anyone; nothing after an end."""
    pregnancy = _record(context)
    if pregnancy and pregnancy.ended_on:
        return {}
    levels = signs_in_week(week, pregnancy)
    return {
        "levels": [
            (Advice(urgency, frozenset()), signs) for urgency, signs in levels.items() if signs
        ],
        "pregnancy": pregnancy,
        "rules_version": RULES_VERSION,
    }


@register.inclusion_tag("tracker/this_week.html", takes_context=True)
def this_week(context, week):
    """Show what is on record of her for a week: its days, where she is, her stitch."""
    pregnancy = _record(context)
    if not pregnancy or pregnancy.ended_on or not pregnancy.due_date:
        return {}
    due = pregnancy.due_date
    stitch = pregnancy.cerclages.in_place().first()
    return {
        "week": week,
        "age": pregnancy.age,
        "first": date_of(due, GestationalAge.of(week)),
        "last": date_of(due, GestationalAge.of(week, 6)),
        "stitch": stitch,
        "removal": window(Milestone.REMOVAL).dates(due),
        "today": timezone.localdate(),
    }


@register.simple_tag(takes_context=True)
def closest_lessons(context, topics):
    """Return the few of a week's lessons that are for this reader, in their usual order.

    What her practice wrote itself comes in first, then what is for few other weeks.
    """
    pregnancy = _record(context)
    audiences = pregnancy.audiences if pregnancy else [Audience.EVERYONE]
    hers = [each for each in topics if each.audience in audiences]
    closest = sorted(hers, key=lambda each: (not each.practice_id, each.week_to - each.week_from))[
        :LESSONS
    ]
    return [each for each in hers if each in closest]


def _record(context):
    """Return the record of the patient who reads, or None."""
    return context.get("own_record") or None
