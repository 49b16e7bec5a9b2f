"""How a due date was found, what is proposed instead, and every one that stood before."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tracker.clinical.dating import GestationalAge, Redating, gestational_age, propose_redating
from tracker.enums import DatingMethod
from tracker.models import DueDate, Pregnancy

# ACOG: without a scan before this age a pregnancy is suboptimally dated (fact E-14).
WELL_DATED_BEFORE = GestationalAge.of(22)


@dataclass
class Proposal:
    """A due date from what was entered, beside the one that stands. Stores nothing.

    ``redating`` is the rule for a scan against the standing date; None where nothing is compared.
    """

    entered: datetime.date
    method: DatingMethod
    basis: dict[str, Any]
    standing: datetime.date | None
    standing_method: str
    today: datetime.date
    redating: Redating | None = None

    @property
    def due_date(self) -> datetime.date:
        """Return what the rule says to use; without a rule, what was entered."""
        return self.redating.due_date if self.redating else self.entered

    @property
    def age(self) -> GestationalAge | None:
        """Return the age today by what was entered; None before the pregnancy began."""
        return age_by(self.entered, self.today)

    @property
    def standing_age(self) -> GestationalAge | None:
        return age_by(self.standing, self.today) if self.standing else None

    @property
    def shift(self) -> str:
        """Return in words how far the two dates lie apart; empty without a standing one."""
        return shift_words(self.standing, self.entered) if self.standing else ""

    @property
    def rule(self) -> str:
        """Return the arithmetic in words; empty where nothing is compared."""
        compared = self.redating
        if compared is None:
            return ""
        return rule_words(compared.difference, compared.threshold, self.standing_method)

    @property
    def leaves_ivf(self) -> bool:
        """Tell whether it would replace a due date from IVF by one that is not (fact E-24)."""
        ivf = DatingMethod.IVF
        return bool(self.standing) and self.standing_method == ivf and self.method != ivf

    @property
    def replaces_a_scan(self) -> bool:
        """Tell whether a scan is compared with an earlier scan: changes are then rare (fact E-13)."""
        return self.redating is not None and self.standing_method == DatingMethod.ULTRASOUND

    @property
    def is_suboptimal(self) -> bool:
        """Tell whether it is the first dating, by a scan at 22+0 or later (fact E-14)."""
        late = self.basis.get("age_days", 0) >= WELL_DATED_BEFORE.total_days
        return self.standing is None and self.method == DatingMethod.ULTRASOUND and late


def propose(
    pregnancy: Pregnancy, method: DatingMethod, entered: datetime.date, basis: dict[str, Any]
) -> Proposal:
    """Return the proposal for what was entered; a scan is compared with the date that stands."""
    redating = None
    if pregnancy.due_date and method == DatingMethod.ULTRASOUND:
        redating = propose_redating(
            pregnancy.due_date,
            datetime.date.fromisoformat(basis["scanned_on"]),
            GestationalAge(basis["age_days"]),
            by_ivf=pregnancy.dating_method == DatingMethod.IVF,
        )
    return Proposal(
        entered,
        method,
        basis,
        standing=pregnancy.due_date,
        standing_method=pregnancy.dating_method if pregnancy.due_date else "",
        today=pregnancy.practice.today(),
        redating=redating,
    )


def was_just_accepted(pregnancy: Pregnancy, proposal: Proposal, by: User) -> bool:
    """Tell whether the newest row is this very entry of hers: the button was pressed twice."""
    newest = pregnancy.due_dates.first()
    return newest is not None and (newest.accepted_by_id, newest.method, newest.basis) == (
        by.pk,
        proposal.method,
        proposal.basis,
    )


def age_by(due_date: datetime.date, day: datetime.date) -> GestationalAge | None:
    try:
        return gestational_age(due_date, day)
    except ValueError:
        return None


@dataclass
class Line:
    """One due date of the history. ``newer`` is the row that replaced it, None while it counts."""

    row: DueDate
    counts: bool
    newer: DueDate | None = None

    @property
    def kept(self) -> bool:
        """Tell whether a scan was compared and the standing date stayed."""
        return bool(self.row.basis.get("kept"))

    @property
    def found(self) -> str:
        return basis_words(self.row.basis)

    @property
    def rule(self) -> str:
        if self.row.difference is None:
            return ""
        return rule_words(self.row.difference, self.row.threshold, self.row.replaced_method)

    @property
    def against_rule(self) -> bool:
        """Tell whether a person decided against what the rule said."""
        row, ivf = self.row, DatingMethod.IVF
        if row.difference is None:
            return row.replaced_method == ivf and row.method != ivf
        says_scan = row.threshold is not None and row.difference > row.threshold
        return says_scan == self.kept


def due_dates_of(pregnancy: Pregnancy) -> dict:
    """Return the history, newest first, what stood before it, and how the one that counts was found."""
    rows = list(pregnancy.due_dates.select_related("accepted_by"))
    lines: list[Line] = []
    for row, newer in zip(rows, [None, *rows], strict=False):
        lines.append(line_of(pregnancy, row, newer, lines[-1] if lines else None))
    first = rows[-1] if rows else None
    return {
        "due_dates": lines,
        "before_first": first if first and first.replaced_due_date else None,
        "found_by": next((each.found for each in lines if each.counts and not each.kept), ""),
    }


def line_of(pregnancy: Pregnancy, row: DueDate, newer: DueDate | None, above: Line | None) -> Line:
    """Return one line. A newer row that kept the same date did not replace it: the line shares its fate."""
    if newer is None or above is None:
        stands = (row.due_date, row.method) == (pregnancy.due_date, pregnancy.dating_method)
        return Line(row, counts=stands)
    if newer.basis.get("kept"):
        return Line(row, counts=above.counts, newer=above.newer)
    return Line(row, counts=False, newer=newer)


def basis_words(basis: dict[str, Any]) -> str:
    """Return what a due date was computed from; empty when nobody kept it."""
    if "last_period" in basis:
        return _("Last period %(date)s, cycle of %(days)s days") % {
            "date": day_words(basis["last_period"]),
            "days": basis.get("cycle_days"),
        }
    if "conceived_on" in basis:
        return _("Conceived on %(date)s") % {"date": day_words(basis["conceived_on"])}
    if "transferred_on" in basis:
        return ngettext(
            "Transfer on %(date)s, embryo of %(days)s day",
            "Transfer on %(date)s, embryo of %(days)s days",
            basis.get("embryo_days", 0),
        ) % {"date": day_words(basis["transferred_on"]), "days": basis.get("embryo_days")}
    if "scanned_on" in basis:
        return _("Scan of %(date)s: %(age)s that day") % {
            "date": day_words(basis["scanned_on"]),
            "age": GestationalAge(basis["age_days"]),
        }
    return _("As stated, computed from nothing here") if "due_date" in basis else ""


def day_words(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "M j, Y")


def rule_words(difference: int, threshold: int | None, standing_method: str) -> str:
    """Return the arithmetic of the redating rule: "8 days, more than 7: use the scan"."""
    words = {"days": difference, "limit": threshold, "keep": keep_words(standing_method)}
    if threshold is None:
        return (
            ngettext(
                "%(days)s day apart. A due date from IVF is kept whatever a scan says.",
                "%(days)s days apart. A due date from IVF is kept whatever a scan says.",
                difference,
            )
            % words
        )
    if difference > threshold:
        return (
            ngettext(
                "%(days)s day, more than %(limit)s: use the scan",
                "%(days)s days, more than %(limit)s: use the scan",
                difference,
            )
            % words
        )
    return (
        ngettext(
            "%(days)s day, not more than %(limit)s: %(keep)s",
            "%(days)s days, not more than %(limit)s: %(keep)s",
            difference,
        )
        % words
    )


def keep_words(method: str) -> str:
    return {
        "lmp": _("keep the last period"),
        "conception": _("keep the conception date"),
        "ivf": _("keep the IVF date"),
        "ultrasound": _("keep the earlier scan"),
    }.get(method, _("keep the due date as stated"))


def shift_words(standing: datetime.date, entered: datetime.date) -> str:
    days = (entered - standing).days
    if days == 0:
        return _("the same day as the one that stands")
    later = ngettext("%(days)s day later", "%(days)s days later", abs(days))
    earlier = ngettext("%(days)s day earlier", "%(days)s days earlier", abs(days))
    return (later if days > 0 else earlier) % {"days": abs(days)}
