"""Who is told next when nobody has read an alert, and when. Reads the practice, changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Practice, Role, User
from tracker.enums import Tells, Urgency


@dataclass(frozen=True, slots=True)
class Step:
    """Tell someone once so much time has passed since the report, on the clock or in opening hours."""

    after: timedelta
    tells: Tells
    in_opening_hours: bool = False


def minutes(number: int, tells: Tells) -> Step:
    return Step(timedelta(minutes=number), tells)


def opening_hours(number: int, tells: Tells) -> Step:
    return Step(timedelta(hours=number), tells, in_opening_hours=True)


# What holds for a practice that has set no steps of its own.
LADDERS: dict[Urgency, tuple[Step, ...]] = {
    Urgency.EMERGENCY: (
        minutes(0, Tells.FIRST),
        minutes(5, Tells.SECOND),
        minutes(15, Tells.THIRD),
    ),
    Urgency.URGENT: (
        minutes(0, Tells.FIRST),
        minutes(15, Tells.SECOND),
        minutes(30, Tells.THIRD),
        minutes(60, Tells.LEAD),
    ),
    Urgency.CONTACT: (
        opening_hours(0, Tells.FIRST),
        opening_hours(4, Tells.SECOND),
        opening_hours(8, Tells.LEAD),
    ),
}
# After the last step everyone is told, again and again, until someone has read it.
AGAIN: dict[Urgency, Step] = {
    Urgency.EMERGENCY: minutes(15, Tells.EVERYONE),
    Urgency.URGENT: minutes(30, Tells.EVERYONE),
    Urgency.CONTACT: opening_hours(8, Tells.EVERYONE),
}
# An alert that someone took and that is still open after this long begins anew.
QUIET: dict[Urgency, Step] = {
    Urgency.EMERGENCY: minutes(30, Tells.FIRST),
    Urgency.URGENT: minutes(120, Tells.FIRST),
    Urgency.CONTACT: opening_hours(8, Tells.FIRST),
}
PLACES = {Tells.FIRST: 0, Tells.SECOND: 1, Tells.THIRD: 2}


def ladder_of(practice: Practice, urgency: Urgency) -> tuple[Step, ...]:
    """Return the practice's own steps for this urgency, or Cinta's."""
    own = practice.escalation_steps.filter(urgency=urgency).order_by("after_minutes", "pk")
    return (
        tuple(
            Step(timedelta(minutes=step.after_minutes), Tells(step.tells), step.in_opening_hours)
            for step in own
        )
        or LADDERS[urgency]
    )


def moment_of(practice: Practice, step: Step, since: datetime) -> datetime:
    """Return when a step is due. Real time passes on a clock-change night, whatever the clock shows."""
    if step.in_opening_hours:
        return practice.after_opening(since, step.after)
    return since + step.after


@dataclass(frozen=True, slots=True)
class Plan:
    """One round of telling: each step with the moment it is due, in order of time.

    A step counted in opening hours may be due later than one counted on the clock, and never delays it.
    """

    practice: Practice
    again: Step
    steps: tuple[tuple[datetime, Step], ...]

    def step(self, number: int) -> Step:
        """Return a step, counted from 0; after the last one, everyone again and again."""
        return self.steps[number][1] if number < len(self.steps) else self.again

    def due_at(self, number: int, now: datetime) -> datetime:
        """Return when a step is due; those after the last one count from now."""
        if number < len(self.steps):
            return self.steps[number][0]
        return moment_of(self.practice, self.again, now)

    @property
    def confirm_by(self) -> datetime:
        """Return by when someone should have read the alert: when the next after the first are told."""
        first = self.steps[0][0]
        return next((moment for moment, _ in self.steps if moment > first), None) or moment_of(
            self.practice, self.again, first
        )


def plan_for(practice: Practice, urgency: Urgency, since: datetime) -> Plan:
    """Return the plan of a round of telling that began at a moment."""
    timed = [(moment_of(practice, step, since), step) for step in ladder_of(practice, urgency)]
    timed.sort(key=lambda pair: pair[0])
    return Plan(practice, AGAIN[urgency], tuple(timed))


def people_for(practice: Practice, tells: Tells) -> list[User]:
    """Return whom a step tells.

    Where the place on call is empty, the lead; where there is no lead either, every provider.
    Empty only when the practice has nobody at all.
    """
    order = practice.on_call_order()
    place = PLACES.get(tells)
    if place is not None and place < len(order):
        return [order[place]]
    lead = practice.present_lead()
    if tells != Tells.EVERYONE and lead and lead not in order[:place]:
        return [lead]
    return list(dict.fromkeys([*order, *_providers(practice), *([lead] if lead else [])]))


def _providers(practice: Practice) -> list[User]:
    return list(practice.people.filter(role=Role.PROVIDER, is_active=True).order_by("pk"))
