"""What somebody looked for, with the advice of the signs she named. Nothing is stored."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from education.models import WarningSign
from education.search.asked import Asked
from education.search.finding import find
from education.search.language import language
from education.search.marking import Stretches, marked, passage
from education.search.ranking import Ranked
from tracker.advice import Advice, advice_of, assess_for
from tracker.enums import Symptom
from tracker.models import Pregnancy
from tracker.signs import signs_on_the_form

KINDS = {
    "sign": _("Warning sign"),
    "topic": _("Lesson"),
    "item": _("Checklist"),
    "word": _("Word"),
}
# Many of these stand on one page.
LISTED = {"sign": "warning_signs", "word": "glossary"}
# Another sign is named too when it answers about as well, and something the first one leaves open.
ALSO_NAMED = 0.7
# Whoever writes of harming herself sees the crisis line, whatever else she writes of.
ALWAYS_NAMED = Symptom.SELF_HARM.value


@dataclass(frozen=True)
class Hit:
    """One result as a page shows it; a sign carries its code and its own advice."""

    kind: str
    title: Stretches
    why: Stretches
    address: str
    code: str = ""
    advice: Advice | None = None


@dataclass
class Search:
    """The answer to one query. ``named`` are the signs she named, ``advice`` is for all of them together."""

    query: str
    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    named: list[WarningSign] = field(default_factory=list)
    advice: Advice | None = None

    @cached_property
    def count(self) -> int:
        return len(self.named) + len(self.hits)


def search_for(
    query: str,
    *,
    pregnancy: Pregnancy | None,
    practice: Practice | None,
    correct: bool = True,
) -> Search:
    """Look for a query in what this person may read; without her record, with the strictest advice."""
    found = find(
        query,
        practice=practice,
        country=practice.country if practice else settings.PUBLIC_COUNTRY,
        code=get_language() or settings.LANGUAGE_CODE,
        audiences=pregnancy.audiences if pregnancy else (),
        correct=correct,
    )
    with_stitch = found.asked.names_stitch or bool(pregnancy and pregnancy.stitch_in_place)
    signs = {sign.code: sign for sign in signs_on_the_form(pregnancy, with_stitch=with_stitch)}
    open_to_her = _open_items(pregnancy)
    ranked = [
        each
        for each in found.hits
        if (each.text.kind != "sign" or each.text.key in signs)
        and (each.text.kind != "item" or each.text.audience in open_to_her)
    ]
    codes = [] if found.asked.is_general else named_in(ranked)
    return Search(
        query=query,
        asked=found.asked,
        hits=[
            hit_of(each, pregnancy, signs)
            for each in ranked
            if each.text.kind != "sign" or each.text.key not in codes
        ],
        named=[signs[code] for code in codes],
        advice=advice_of(assess_for(pregnancy, codes), codes) if codes else None,
    )


def _open_items(pregnancy: Pregnancy | None) -> list[str]:
    """Return the audiences whose checklist items this person can open: her own, while it goes on."""
    return pregnancy.audiences if pregnancy and pregnancy.ended_on is None else []


def named_in(ranked: list[Ranked]) -> list[str]:
    """Return the codes of the signs that were named, the best first; none when a lesson answers better."""
    signs = [each for each in ranked if each.text.kind == "sign"]
    named: list[Ranked] = []
    if ranked and ranked[0].text.kind == "sign":
        answered: frozenset[int] = frozenset()
        for sign in signs:
            as_good = sign.is_named or sign.score >= ALSO_NAMED * ranked[0].score
            if as_good and sign.parts - answered:
                named.append(sign)
                answered |= sign.parts
    codes = [each.text.key for each in named]
    if any(each.text.key == ALWAYS_NAMED and each.is_named for each in signs):
        codes = list(dict.fromkeys([ALWAYS_NAMED, *codes]))
    return codes


def hit_of(ranked: Ranked, pregnancy: Pregnancy | None, signs: dict[str, WarningSign]) -> Hit:
    """Return a result with the words that were looked for marked."""
    text = ranked.text
    tongue = language(get_language() or settings.LANGUAGE_CODE)
    sign = signs[text.key] if text.kind == "sign" else None
    kind = _("Week %s") % text.key if text.kind == "week" else KINDS[text.kind]
    return Hit(
        kind=str(kind),
        title=marked(sign.label if sign else text.title, ranked.matched, tongue),
        why=passage(text, ranked.matched, tongue),
        address=address_of(text.kind, text.key),
        code=text.key if sign else "",
        advice=advice_of(assess_for(pregnancy, [text.key]), [text.key]) if sign else None,
    )


def address_of(kind: str, key: str) -> str:
    """Return where a text is read in full."""
    if kind in LISTED:
        return f"{reverse(LISTED[kind])}#{key.lower()}"
    return reverse("checklist_item" if kind == "item" else kind, args=[key])
