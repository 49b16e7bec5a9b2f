"""The week ribbon in words: every window and every event that is drawn, for who does not see it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.enums import Urgency

LEVELS = {each.code: each.label for each in Urgency}


def words_of(days, tag, placed, stays, events) -> list[str]:
    """Return the ribbon in sentences: where she is, then what happened, then the weeks to come."""
    told = sorted(events, key=lambda event: event["days"])
    if placed is not None:
        told = sorted([*told, {"kind": "stitch", "days": placed}], key=lambda event: event["days"])
    here = [_("%(here)s: %(age)s.") % {"here": tag, "age": age_words(days)}] if tag else []
    return [*here, *filter(None, map(_event, told)), *_weeks(placed, stays, told)]


def age_words(days) -> str:
    """Return a gestational age as people say it: 16 weeks, 3 days."""
    weeks, rest = divmod(int(max(days, 0)), 7)
    return ", ".join(
        [
            ngettext("%(number)s week", "%(number)s weeks", weeks) % {"number": weeks},
            ngettext("%(number)s day", "%(number)s days", rest) % {"number": rest},
        ]
    )


def _event(event) -> str:
    sentences = {
        "stitch": _("Stitch put in at %(age)s."),
        "stitch_out": _("Stitch taken out at %(age)s."),
        "out_planned": _("Stitch planned to come out at %(age)s."),
        "scan": _("Scan at %(age)s."),
        "scan_next": _("Next scan at %(age)s."),
        "report": _("Report at %(age)s: %(level)s."),
        "end": _("Ended at %(age)s."),
    }
    if event["kind"] not in sentences:
        return ""
    level = LEVELS.get(event.get("level"), _("“I feel OK”"))
    return sentences[event["kind"]] % {"age": age_words(event["days"]), "level": level}


def _weeks(placed, stays, events) -> list[str]:
    kinds = {event["kind"] for event in events}
    weeks = [_("Watch weeks: 14 to 20.")]
    if "stitch" not in kinds:
        weeks.append(_("A stitch goes in: weeks 12 to 24."))
    weeks.append(_("Scans: weeks 16 to 24."))
    if not stays and (placed is not None or "stitch_out" not in kinds):
        weeks.append(_("A stitch comes out: weeks 36 to 38."))
    return [*weeks, _("Baby at term: weeks 37 to 42.")]
