"""The warning signs as one person should read them: her words, with the level the rules give her."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from education.models import SignGroup, WarningSign
from tracker.advice import Advice, advice_of, answers_for
from tracker.aftermath import BIRTH_SIGNS, is_over, label_for
from tracker.clinical.triage import LAST_WEEK, Answers, assess
from tracker.enums import Symptom, Urgency
from tracker.models import Pregnancy

# Only after a pause or a move: closed until she opens it.
STILL_PREGNANT = "pregnant"
GROUP_LABELS = {**dict(SignGroup.choices), STILL_PREGNANT: _("If you are still pregnant")}
GROUPS = list(GROUP_LABELS)


def labels_of(codes: Iterable[str], pregnancy: Pregnancy | None = None) -> dict[str, str]:
    """Return the patient's words for each code; a code without words shows itself.

    With her record, they are the words that fit after its end.
    """
    wanted = set(codes)
    words = {
        sign.code: label_for(pregnancy, sign.code, sign.label)
        for sign in WarningSign.objects.filter(code__in=wanted).in_language()
    }
    return words | {code: code.replace("_", " ").lower() for code in sorted(wanted - words.keys())}


def signs_on_the_form(pregnancy: Pregnancy | None, *, with_stitch: bool) -> list[WarningSign]:
    """Return the signs she can tick, each in its group and in words that fit after an end.

    Who is no longer pregnant is not asked about the baby. Who paused or moved may still be
    pregnant: those signs wait for her in a group that is closed.
    """
    signs = list(WarningSign.objects.on_the_form(with_stitch=with_stitch))
    if pregnancy is None or not pregnancy.ended_on:
        return signs
    for sign in signs:
        sign.label = label_for(pregnancy, sign.code, sign.label)
        if sign.code in BIRTH_SIGNS:
            sign.group = STILL_PREGNANT
        elif sign.code == Symptom.TISSUE:
            sign.group = SignGroup.FIRST
    return [sign for sign in signs if sign.code not in BIRTH_SIGNS or not is_over(pregnancy)]


@dataclass
class LeveledSign:
    """One sign with its advice, and the advice for someone at high risk where that is stricter."""

    sign: WarningSign
    advice: Advice
    stricter: Advice | None = None


def leveled_signs(pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return every sign under its level: for her week and risk, or for an unknown week and no known risk."""
    return _under_levels(pregnancy, _level)


def lasting_signs(pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return every sign under the strictest level it has from this week on, for paper that hangs for months.

    Without a week it is the strictest of all weeks; without a record, at high risk.
    """
    return _under_levels(pregnancy, _strictest_level)


def _under_levels(
    pregnancy: Pregnancy | None, level: Callable[[WarningSign, Pregnancy | None], LeveledSign]
) -> dict[Urgency, list[LeveledSign]]:
    with_stitch = pregnancy is not None and pregnancy.stitch_in_place
    levels: dict[Urgency, list[LeveledSign]] = {each: [] for each in sorted(Urgency, reverse=True)}
    signs = signs_on_the_form(pregnancy, with_stitch=with_stitch)
    for sign in sorted(signs, key=lambda sign: (GROUPS.index(sign.group), sign.order)):
        leveled = level(sign, pregnancy)
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


def _strictest_level(sign: WarningSign, pregnancy: Pregnancy | None) -> LeveledSign:
    codes = frozenset({sign.code})
    answers = answers_for(pregnancy, codes)
    ahead = [answers]
    if answers.week is not None:
        weeks = range(answers.week, LAST_WEEK + 1)
        ahead = [replace(answers, gestational_days=week * 7) for week in weeks]
    worst = max((assess(each) for each in ahead), key=lambda assessment: assessment.urgency)
    return LeveledSign(sign, advice_of(worst, codes))
