"""What the record says of a pregnancy that ended, of those before it, and of the risk they leave."""

from accounts.models import User
from tracker.clinical.risk import RISKS, EarlierPregnancy, proposed_risks
from tracker.enums import CerclageIndication, PregnancyEnd
from tracker.models import Ending, Pregnancy


def standing_end(pregnancy: Pregnancy) -> Ending | None:
    """Return the row that says how it ended, unless it was undone."""
    return pregnancy.endings.filter(undone_at=None).select_related("recorded_by").first()


def end_of(pregnancy: Pregnancy, user: User) -> dict:
    """Return what the chart shows about the end: the row that stands, those undone, and her other pregnancies."""
    endings = list(pregnancy.endings.select_related("recorded_by", "undone_by"))
    others = list(others_of(pregnancy, user))
    return {
        "ending": next((each for each in endings if each.undone_at is None), None),
        "undone_endings": [each for each in endings if each.undone_at],
        "other_pregnancies": others,
        "another_runs": any(each.ended_on is None for each in others),
    }


def others_of(pregnancy: Pregnancy, user: User):
    """Return her other pregnancies that this person may open, the newest first."""
    hers = Pregnancy.objects.visible_to(user).filter(patient=pregnancy.patient_id)
    return hers.exclude(pk=pregnancy.pk).with_people().order_by("-created_at")


def risk_of(pregnancy: Pregnancy, user: User) -> tuple[frozenset[str], frozenset[str]]:
    """Return the risks that her earlier records carry, and those that their ends add as a proposal."""
    ended = [each for each in [pregnancy, *others_of(pregnancy, user)] if each.ended_on]
    known = frozenset(name for name in RISKS for each in ended if getattr(each, name))
    proposed = frozenset().union(*(proposed_risks(earlier(each)) for each in ended))
    return known, proposed - known


def earlier(pregnancy: Pregnancy) -> EarlierPregnancy:
    """Return what the proposal needs to know of a pregnancy that ended; struck rows do not count."""
    row = standing_end(pregnancy)
    stitches = pregnancy.cerclages.standing().values_list("indication", flat=True)
    return EarlierPregnancy(
        end=PregnancyEnd(row.kind if row else pregnancy.end),
        age=pregnancy.age_at_end,
        short_cervix=pregnancy.short_cervix,
        stitches=frozenset(CerclageIndication(each) for each in stitches),
    )
