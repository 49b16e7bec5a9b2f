"""One pregnancy on the ribbon: where she is, her stitch, her scans, and the dates of each window."""

from tracker.clinical.milestones import WINDOWS, Milestone
from tracker.models import Pregnancy


def ribbon_of(pregnancy: Pregnancy) -> dict:
    """Return what the ribbon draws: today, her stitch and her scans."""
    stitch = pregnancy.cerclages.in_place().first()
    placed = pregnancy.age_on(stitch.placed_on) if stitch else None
    return {
        "stitch": stitch,
        "stitch_placed": placed,
        "now_days": pregnancy.age.total_days if pregnancy.age else None,
        "stitch_days": placed.total_days if placed else None,
    }


def milestones_of(pregnancy: Pregnancy) -> list[dict]:
    """Return the windows that concern her, with dates and whether each is past, now or ahead."""
    if pregnancy.due_date is None:
        return []
    hidden = (
        {Milestone.STITCH_HISTORY, Milestone.STITCH_FOUND}
        if pregnancy.stitch_in_place
        else {Milestone.REMOVAL}
    )
    return [milestone(pregnancy, each) for each in WINDOWS if each.name not in hidden]


def milestone(pregnancy: Pregnancy, each) -> dict:
    first, last = each.dates(pregnancy.due_date)
    age = pregnancy.age
    when = "ahead" if age is None or age < each.first else "past" if each.is_past(age) else "now"
    return {
        "name": each.name.value,
        "first": first,
        "last": last,
        "from": each.first,
        "to": each.last,
        "when": when,
    }
