"""What would happen to an alert raised now, in words: whom each step tells, and when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Practice, User
from tracker.enums import Urgency
from tracker.escalation import AGAIN, Step, people_for, plan_for


@dataclass(frozen=True, slots=True)
class Line:
    """One step: when, whom by place, who that is today, and the moment it would come."""

    when: str
    place: str
    people: list[User]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """All steps for one urgency."""

    urgency: Urgency
    lines: list[Line]
    is_own: bool


def outlooks(practice: Practice, now: datetime) -> list[Outlook]:
    """Return for each urgency, the gravest first, what would happen from now on."""
    own = set(practice.escalation_steps.values_list("urgency", flat=True))
    return [
        Outlook(urgency, lines_of(practice, urgency, now), urgency in own)
        for urgency in sorted(Urgency, reverse=True)
    ]


def lines_of(practice: Practice, urgency: Urgency, now: datetime) -> list[Line]:
    """Return each step of the plan, and what comes after the last."""
    lines = [
        Line(when(step), step.tells.label, people_for(practice, step.tells), due)
        for due, step in plan_for(practice, urgency, now).steps
    ]
    again = AGAIN[urgency]
    words = _("Then every %(time)s, until someone reads it") % {"time": lasts(again)}
    return [*lines, Line(words, again.tells.label, people_for(practice, again.tells))]


def when(step: Step) -> str:
    """Return when a step comes, in words."""
    if step.after.total_seconds():
        return _("After %(time)s") % {"time": lasts(step)}
    return _("When the clinic is open") if step.in_opening_hours else _("At once")


def lasts(step: Step) -> str:
    """Return how long a step waits: 5 minutes, 4 opening hours."""
    minutes = int(step.after.total_seconds() // 60)
    if minutes % 60 == 0 and minutes:
        hours = minutes // 60
        if step.in_opening_hours:
            return ngettext("%d opening hour", "%d opening hours", hours) % hours
        return ngettext("%d hour", "%d hours", hours) % hours
    if step.in_opening_hours:
        return (
            ngettext("%d minute of opening time", "%d minutes of opening time", minutes) % minutes
        )
    return ngettext("%d minute", "%d minutes", minutes) % minutes
