"""The warning signs as one person should read them: her words, with the level the rules give her."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial

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
# What everyone looks at first; every other group opens at a tap.
OPEN_GROUPS = [SignGroup.FIRST, SignGroup.CHANGES]


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


@dataclass
class LevelCard:
    """One level as a card: its advice and its signs. At the hospital's, where to go stands between the two lists."""

    advice: Advice
    first: list[LeveledSign]
    changes: list[LeveledSign]


def cards_of(levels: dict[Urgency, list[LeveledSign]]) -> list[LevelCard]:
    """Return a card for each level that has a sign of the open groups; the hospital always has one."""
    shown = {
        urgency: [each for each in signs if each.sign.group in OPEN_GROUPS]
        for urgency, signs in levels.items()
    }
    return [
        _card(level, signs) for level, signs in shown.items() if signs or level == Urgency.EMERGENCY
    ]


def _card(urgency: Urgency, signs: list[LeveledSign]) -> LevelCard:
    if urgency != Urgency.EMERGENCY:
        return LevelCard(Advice(urgency, frozenset()), first=signs, changes=[])
    first = [each for each in signs if each.sign.group == SignGroup.FIRST]
    changes = [each for each in signs if each.sign.group == SignGroup.CHANGES]
    return LevelCard(Advice(urgency, frozenset()), first, changes)


def closed_groups_of(levels: dict[Urgency, list[LeveledSign]]) -> list[dict]:
    """Return the groups that open at a tap, with the strictest signs first in each."""
    groups: dict[str, list[LeveledSign]] = {name: [] for name in GROUPS if name not in OPEN_GROUPS}
    for signs in levels.values():
        for each in signs:
            if each.sign.group in groups:
                groups[each.sign.group].append(each)
    return [
        {"label": GROUP_LABELS[name], "signs": signs} for name, signs in groups.items() if signs
    ]


def leveled_signs(pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return every sign under its level: for her week and risk, or for an unknown week and no known risk."""
    return _under_levels(pregnancy, _level)


def signs_in_week(week: int, pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return the signs everyone looks at first under the level they have in a week.

    For her it is never milder than the level of today, whichever week she reads about; and what
    means the hospital because of her stitch is there too, since the lesson may speak of it.
    """
    groups = [*OPEN_GROUPS, SignGroup.STITCH]
    levels = _under_levels(pregnancy, partial(_level_in_week, week=week), only=groups)
    return {
        level: [
            each
            for each in signs
            if level == Urgency.EMERGENCY or each.sign.group != SignGroup.STITCH
        ]
        for level, signs in levels.items()
    }


def lasting_signs(pregnancy: Pregnancy | None) -> dict[Urgency, list[LeveledSign]]:
    """Return every sign under the strictest level it has from this week on, for paper that hangs for months.

    Without a week it is the strictest of all weeks; without a record, at high risk.
    """
    return _under_levels(pregnancy, _strictest_level)


def _under_levels(
    pregnancy: Pregnancy | None,
    level: Callable[[WarningSign, Pregnancy | None], LeveledSign],
    *,
    only: Collection[str] = GROUPS,
) -> dict[Urgency, list[LeveledSign]]:
    with_stitch = pregnancy is not None and pregnancy.stitch_in_place
    levels: dict[Urgency, list[LeveledSign]] = {each: [] for each in sorted(Urgency, reverse=True)}
    signs = signs_on_the_form(pregnancy, with_stitch=with_stitch)
    signs = [sign for sign in signs if sign.group in only]
    for sign in sorted(signs, key=lambda sign: (GROUPS.index(sign.group), sign.order)):
        leveled = level(sign, pregnancy)
        levels[leveled.advice.urgency].append(leveled)
    return levels


def _level(sign: WarningSign, pregnancy: Pregnancy | None) -> LeveledSign:
    codes = frozenset({sign.code})
    if pregnancy is not None:
        return LeveledSign(sign, advice_of(assess(answers_for(pregnancy, codes)), codes))
    return _level_for_anyone(sign, None)


def _level_in_week(sign: WarningSign, pregnancy: Pregnancy | None, *, week: int) -> LeveledSign:
    codes, days = frozenset({sign.code}), week * 7
    if pregnancy is None:
        return _level_for_anyone(sign, days)
    today = answers_for(pregnancy, codes)
    both = [assess(today), assess(replace(today, gestational_days=days))]
    worst = max(both, key=lambda assessment: assessment.urgency)
    return LeveledSign(sign, advice_of(worst, codes))


def _level_for_anyone(sign: WarningSign, days: int | None) -> LeveledSign:
    """Return the advice without a known risk, and the one at high risk where that is stricter."""
    codes = frozenset({sign.code})
    plain, high = (
        advice_of(assess(Answers(codes, days, high_risk=risk)), codes) for risk in (False, True)
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
