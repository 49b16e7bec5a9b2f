"""The warning signs as one person should read them: her words, with the level the rules give her."""

from collections.abc import Iterable
from dataclasses import dataclass

from education.models import SignGroup, WarningSign
from tracker.advice import Advice, advice_of, answers_for
from tracker.clinical.triage import Answers, assess
from tracker.enums import Urgency
from tracker.models import Pregnancy

GROUPS = SignGroup.values


def labels_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the patient's words for each code; a code without words shows itself."""
    wanted = set(codes)
    words = {sign.code: sign.label for sign in WarningSign.objects.filter(code__in=wanted)}
    return words | {code: code.replace("_", " ").lower() for code in sorted(wanted - words.keys())}


@dataclass
class LeveledSign:
    """One sign with its advice, and the advice for someone at high risk where that is stricter."""

    sign: WarningSign
    advice: Advice
    stricter: Advice | None = None


def leveled_signs(pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return every sign under its level: for her week and risk, or for an unknown week and no known risk."""
    with_stitch = pregnancy is not None and pregnancy.stitch_in_place
    levels: dict[Urgency, list[LeveledSign]] = {
        level: [] for level in sorted(Urgency, reverse=True)
    }
    signs = WarningSign.objects.on_the_form(with_stitch=with_stitch)
    for sign in sorted(signs, key=lambda sign: (GROUPS.index(sign.group), sign.order)):
        leveled = _level(sign, pregnancy)
        levels[leveled.advice.urgency].append(leveled)
    return levels


def _level(sign: WarningSign, pregnancy: Pregnancy | None) -> LeveledSign:
    codes = frozenset({sign.code})
    if pregnancy is not None:
        return LeveledSign(sign, advice_of(assess(answers_for(pregnancy, codes)), codes))
    plain, high = (
        advice_of(assess(Answers(codes, None, high_risk=risk)), codes) for risk in (False, True)
    )
    return LeveledSign(sign, plain, high if high.urgency > plain.urgency else None)
