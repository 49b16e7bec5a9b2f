"""One pregnancy on the ribbon: where she is, her stitch, her scans, and the dates of each window."""

import datetime

from tracker.clinical.milestones import WINDOWS, Milestone
from tracker.enums import CerclageIndication
from tracker.lengths import ScanPlan
from tracker.models import Cerclage, Pregnancy, SymptomReport


def ribbon_of(pregnancy: Pregnancy) -> dict:
    """Return what the ribbon draws: today, her stitch and her scans. No reports: it is her own page too."""
    stitches = list(pregnancy.cerclages.standing())
    stitch = next((each for each in stitches if each.removed_on is None), None)
    placed = pregnancy.age_on(stitch.placed_on) if stitch else None
    return {
        "stitch": stitch,
        "stitch_placed": placed,
        "stitch_stays": bool(stitch and stitch.indication == CerclageIndication.ABDOMINAL),
        "now_days": pregnancy.age.total_days if pregnancy.age else None,
        "stitch_days": placed.total_days if placed else None,
        "events": [*_stitches(pregnancy, stitches), *_scans(pregnancy)],
    }


def chart_events(
    pregnancy: Pregnancy, events: list[dict], reports: list[SymptomReport], plan: ScanPlan
) -> dict:
    """Return the events of her ribbon for staff: also the next scan, each report with its level, and the end.

    A report keeps the week she had when she made it.
    """
    told = [
        {
            "kind": "report",
            "days": each.gestational_days,
            "level": each.level.code if each.level else "",
        }
        for each in reports
        if each.gestational_days is not None
    ]
    end = pregnancy.age_at_end
    ended = [{"kind": "end", "days": end.total_days, "on": pregnancy.ended_on}] if end else []
    due = plan.age
    ahead = [{"kind": "scan_next", "days": due.total_days, "on": plan.day}] if due else []
    return {"events": [*events, *ahead, *told, *ended], "end_age": end}


def _stitches(pregnancy: Pregnancy, stitches: list[Cerclage]) -> list[dict]:
    """Return where stitches that came out were placed, where they came out, and when one is to."""
    out = [each for each in stitches if each.removed_on]
    days = [("stitch", each.placed_on) for each in out]
    days += [("stitch_out", each.removed_on) for each in out if each.removed_on]
    days += [
        ("out_planned", each.planned_removal_on)
        for each in stitches
        if each.planned_removal_on and not each.removed_on
    ]
    return _on_ribbon(pregnancy, days)


def _scans(pregnancy: Pregnancy) -> list[dict]:
    days = pregnancy.cervical_lengths.standing().values_list("measured_on", flat=True)
    return _on_ribbon(pregnancy, [("scan", day) for day in days])


def _on_ribbon(pregnancy: Pregnancy, days: list[tuple[str, datetime.date]]) -> list[dict]:
    """Return the events that have a place on the ribbon: not those of an unknown week."""
    aged = [(kind, day, pregnancy.age_on(day)) for kind, day in days]
    return [{"kind": kind, "days": age.total_days, "on": day} for kind, day, age in aged if age]


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
