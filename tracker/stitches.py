"""The stitches of one record as staff read them: ages beside dates, and when one is due out."""

import copy
import datetime
from dataclasses import dataclass
from datetime import timedelta

from tracker.clinical.cerclage import UNPLANNED, removal_state
from tracker.clinical.dating import GestationalAge
from tracker.clinical.milestones import Milestone, window
from tracker.enums import CerclageIndication
from tracker.models import Cerclage, Pregnancy

# So long after an unplanned removal the page still says what to do next.
FRESH = timedelta(days=7)


@dataclass
class Stitch:
    """One stitch with the ages of its dates. ``usual`` are the dates of 36+0 and 38+0."""

    row: Cerclage
    placed_at: GestationalAge | None
    planned_at: GestationalAge | None
    removed_at: GestationalAge | None
    state: str
    usual: tuple[datetime.date, datetime.date] | None

    @property
    def due_from(self) -> datetime.date | None:
        """Return the day from which it is due out: as planned, else the first usual day."""
        return self.row.planned_removal_on or (self.usual[0] if self.usual else None)

    @property
    def due_by(self) -> datetime.date | None:
        """Return the last day before it is overdue: as planned, never after the last usual day."""
        last = self.usual[1] if self.usual else None
        days = [day for day in (self.row.planned_removal_on, last) if day]
        return min(days, default=None)


def stitches_of(pregnancy: Pregnancy) -> dict:
    """Return her stitches, the newest first, and apart from them what was struck through."""
    rows = pregnancy.cerclages.select_related(
        "recorded_by", "removal_recorded_by", "struck_by"
    ).order_by("-placed_on", "-recorded_at")
    stitches = [stitch_of(pregnancy, row) for row in rows]
    return {
        "stitches": [each for each in stitches if each.row.struck_at is None],
        "struck_stitches": [each for each in stitches if each.row.struck_at is not None],
    }


def stitch_of(pregnancy: Pregnancy, row: Cerclage) -> Stitch:
    planned = pregnancy.age_on(row.planned_removal_on) if row.planned_removal_on else None
    indication = CerclageIndication(row.indication)
    in_place = row.removed_on is None and row.struck_at is None
    state = removal_state(indication, pregnancy.age, planned) if in_place else None
    return Stitch(
        row,
        placed_at=pregnancy.age_on(row.placed_on),
        planned_at=planned,
        removed_at=pregnancy.age_on(row.removed_on) if row.removed_on else None,
        state=state or "",
        usual=usual_removal(pregnancy) if indication != CerclageIndication.ABDOMINAL else None,
    )


def usual_removal(pregnancy: Pregnancy) -> tuple[datetime.date, datetime.date] | None:
    """Return the dates of 36+0 and 38+0; None without a due date."""
    return window(Milestone.REMOVAL).dates(pregnancy.due_date) if pregnancy.due_date else None


def needs_a_call(pregnancy: Pregnancy, stitches: list[Stitch]) -> Cerclage | None:
    """Return a stitch that came out unplanned in the last days, while the pregnancy goes on."""
    if pregnancy.ended_on or not stitches:
        return None
    last = stitches[0].row
    recent = last.removed_on and pregnancy.practice.today() - last.removed_on <= FRESH
    return last if recent and last.removed_because in UNPLANNED else None


def risks_without_stitch(pregnancy: Pregnancy) -> list[str]:
    """Return what is left of her risk once the stitch is out."""
    then = copy.copy(pregnancy)
    then.stitch_in_place = False
    return then.risk_reasons
