"""Which text answers best: one order, decided here and not by a database."""

from collections.abc import Collection
from dataclasses import dataclass
from math import log

from education.models import Audience
from education.search.asked import Asked, Part
from education.search.language import Stems
from education.search.texts import Text

# Between two texts that answer as well: a warning sign first, a whole week last.
PRIOR = {"sign": 0.14, "topic": 0.05, "word": 0.04, "item": 0.02, "week": -0.15}
OTHER_WORDS = 0.95  # The library's word for it, instead of the word itself.
OTHER_WAYS = 0.15  # It says it in other ways too.
TOGETHER, APART = 1.25, 0.6  # Do the words of one saying stand side by side?
ITS_NAME = 0.4  # The very name of it was asked for.
WHOLE_TITLE = 0.2  # All words of the title were asked for.
DEFINED = 0.3  # "What does ... mean": the glossary.
NO_STITCH = 0.3  # A sign of a stitch, and nobody said that there is one.
FOR_HER = 0.03  # Written for readers like her.
WEEK_ALONE, WEEK_TOO = 2.0, 0.7
# From here on a part of the question is answered by title or lead.
ANSWERED = 0.6
# From here on a saying means what the title of a sign says, word by word; or so much of it was said.
SAID, MOST_OF_TITLE = 1.1, 0.5
# A text that answers less than this of what was asked is no hit, nor one so far behind the best.
LEAST, BEHIND = 0.2, 0.3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A text with how well it answers, from 0 up, the stems that matched and the parts it answers.

    ``is_named``: a sign whose title the question says, or means ("want to die").
    """

    text: Text
    score: float
    matched: frozenset[str]
    parts: frozenset[int]
    is_named: bool = False


class Weights:
    """How much a stem says: the fewer texts have it, the more."""

    def __init__(self, texts: Collection[Text], asked: Asked):
        stems = {stem for part in asked.parts for way in part.ways for stem in way}
        count = dict.fromkeys(stems, 0)
        for text in texts:
            for stem in stems & text.weights.keys():
                count[stem] += 1
        self.all = {stem: log(1 + len(texts) / (1 + held)) for stem, held in count.items()}
        self.stems = frozenset(stems)
        self.known = {stem for stem, held in count.items() if held}

    def touches(self, text: Text) -> bool:
        """Tell whether a text has any word that was asked for."""
        return not self.stems.isdisjoint(text.weights)

    def of(self, part: Part) -> float:
        """Return how much of the question a part is; nothing when no text knows any word for it."""
        ways = [way for way in part.ways if self.known.issuperset(way)]
        return max((sum(self.all[stem] for stem in way) / len(way) for way in ways), default=0.0)


def rank(texts: Collection[Text], asked: Asked, audiences: Collection[str] = ()) -> list[Ranked]:
    """Return the texts that answer, the best first; equal ones in the order of their names."""
    weights = Weights(texts, asked)
    worth = [weights.of(part) * len(part.said) ** 0.5 for part in asked.parts]
    near = [text for text in texts if text.kind == "week" or weights.touches(text)]
    scored = (_score(text, asked, weights, worth, audiences) for text in near)
    found = sorted(
        (each for each in scored if each is not None),
        key=lambda each: (-round(each.score, 6), each.text.name),
    )
    return [each for each in found if each.is_named or each.score >= BEHIND * found[0].score]


def _score(text: Text, asked: Asked, weights: Weights, worth, audiences) -> Ranked | None:
    ways = [_best_way(text, part, weights) for part in asked.parts]
    score = sum(best * each for (best, _), each in zip(ways, worth, strict=True)) / (
        sum(worth) or 1
    )
    if asked.week is not None and text.kind == "week" and text.key == str(asked.week):
        score += WEEK_TOO if asked.parts else WEEK_ALONE
    matched = frozenset(stem for _, stems in ways for stem in stems)
    parts = frozenset(number for number, (best, _) in enumerate(ways) if best >= ANSWERED)
    is_named = text.kind == "sign" and _is_named(text, asked, ways, matched)
    if score < LEAST and not is_named:
        return None
    return Ranked(text, score + _bonus(text, asked, matched, audiences), matched, parts, is_named)


def _is_named(text: Text, asked: Asked, ways, matched: frozenset[str]) -> bool:
    """Tell whether a saying means what the title of a sign says, or most of the title was said."""
    said = any(
        part.meant and best >= SAID for part, (best, _) in zip(asked.parts, ways, strict=True)
    )
    return said or len(text.head & matched) >= MOST_OF_TITLE * max(len(text.head), 1)


def _bonus(text: Text, asked: Asked, matched: frozenset[str], audiences: Collection[str]) -> float:
    """Return what puts one text before another that answers as well."""
    bonus = PRIOR[text.kind] + FOR_HER * (text.audience in audiences)
    if text.kind != "week":  # What a week is called says little of what is in it.
        bonus += WHOLE_TITLE * len(text.head & matched) / max(len(text.head), 1)
        bonus += ITS_NAME * (asked.said in text.names and not asked.is_saying)
    if text.kind == "sign" and text.audience == Audience.CERCLAGE and not asked.names_stitch:
        bonus -= NO_STITCH
    return bonus + DEFINED * (asked.defines and text.kind == "word")


def _best_way(text: Text, part: Part, weights: Weights) -> tuple[float, set[str]]:
    """Return how well a text says one part, above all in the way it says it best, and what matched."""
    worths, matched = [], set()
    for way in dict.fromkeys(part.ways):
        found = {stem for stem in way if stem in text.weights}
        if found:
            worths.append(
                _way(text, way, found, weights) * (1 if way == part.said else OTHER_WORDS)
            )
            matched |= found
    best, *others = sorted(worths, reverse=True) or [0.0]
    return max(best, min(best + OTHER_WAYS * sum(others), TOGETHER)), matched


def _way(text: Text, way: Stems, found: set[str], weights: Weights) -> float:
    whole = sum(weights.all[stem] for stem in way)
    held = sum(weights.all[stem] * text.weights[stem] for stem in found)
    share = len(found) / len(set(way))
    if len(way) == 1:
        return held / whole
    if len(found) < len(set(way)):
        return held / whole * share * APART
    run = f" {' '.join(way)} "
    together = max((weight for weight, stems in text.runs if run in stems), default=0.0)
    return max(together * TOGETHER, held / whole * share * APART)
