"""What somebody asked, read into parts: each part with all the ways the library may say it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from education.models.weeks import FIRST_WEEK, LAST_WEEK
from education.search.language import Language, Stems, words_of
from education.search.spelling import is_spelling_of, nearest

# Enough for a long sentence; what stands beyond is not looked at.
MOST_LETTERS, MOST_WORDS = 200, 24
WEEKS = {str(number) for number in range(FIRST_WEEK, LAST_WEEK + 1)}
_JOINED = re.compile(r"(\d{1,2})([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was asked: the stems as said, and what else they may be called."""

    said: Stems
    meant: tuple[Stems, ...] = ()

    @property
    def ways(self) -> tuple[Stems, ...]:
        return (self.said, *self.meant)


@dataclass(slots=True)
class Asked:
    """A query as it was read. ``shown`` are its words with the spelling corrected, if any was."""

    parts: list[Part] = field(default_factory=list)
    week: int | None = None
    shown: str = ""
    defines: bool = False
    names_stitch: bool = False
    is_general: bool = False

    @property
    def said(self) -> Stems:
        """Return the stems as they were said, in order."""
        return tuple(stem for part in self.parts for stem in part.said)

    @property
    def is_saying(self) -> bool:
        """Tell whether all of it is one thing that people say, which has its own name here."""
        return len(self.parts) == 1 and bool(self.parts[0].meant)

    @property
    def is_empty(self) -> bool:
        return not self.parts and self.week is None


def read_query(
    query: str, tongue: Language, known: Iterable[str], *, correct: bool = True
) -> Asked:
    """Read what somebody typed. ``known`` are the words of the texts she may read."""
    words = words_of(query[:MOST_LETTERS])[:MOST_WORDS]
    asked = Asked()
    words = _take_week(words, asked, tongue)
    asked.defines = any(word in tongue.define for word in words)
    skipped = tongue.stop | tongue.idle | tongue.define
    words = [word for word in words if word not in skipped]
    right = [_right(word, tongue, known) if correct else word for word in words]
    if right != words:
        asked.shown = _corrected(query, dict(zip(words, right, strict=True)))
    asked.parts = _parts(right, tongue)
    asked.is_general = tongue.general.issuperset(right)
    asked.names_stitch = any(tongue.same.get(word, word) in tongue.stitch for word in right)
    return asked


def _take_week(words: list[str], asked: Asked, tongue: Language) -> list[str]:
    """Take the week of pregnancy out of the words: "week 18", "18 weeks and 3 days", "18w3d"."""
    split = [part for word in words for part in _split(word, tongue)]
    for place, word in enumerate(split):
        beside = {*split[max(place - 1, 0) : place], *split[place + 1 : place + 2]}
        if beside & tongue.week and word in WEEKS:
            asked.week = int(word)
            rest = split[:place] + split[place + 1 :]
            return [each for each in rest if each not in tongue.along and not _is_days(each)]
    return words


def _split(word: str, tongue: Language) -> list[str]:
    """Return number and unit of a word like "18w", else the word."""
    found = _JOINED.findall(word)
    together = "".join(number + unit for number, unit in found) == word
    if found and together and all(unit in tongue.week | tongue.along for _, unit in found):
        return [each for pair in found for each in pair]
    return [word]


def _is_days(word: str) -> bool:
    return word.isdecimal() and len(word) == 1


def _right(word: str, tongue: Language, known: Iterable[str]) -> str:
    """Return a word as it should be spelled; a word that the library or people use stays."""
    meant = tongue.same.get(word, "")
    if word in known or tongue.stem(word) in tongue.said:
        return meant if word not in known and is_spelling_of(word, meant) else word
    return nearest(word, {*known, *tongue.words}) or word


def _corrected(query: str, right: dict[str, str]) -> str:
    """Return the query with the misspelled words replaced, folded like all that was looked for."""
    return " ".join(right.get(word, word) for word in words_of(query[:MOST_LETTERS])[:MOST_WORDS])


def _parts(words: list[str], tongue: Language) -> list[Part]:
    """Cut the words into parts: the longest thing that people say first, from left to right."""
    said = [tongue.stem(word) for word in words]
    usual = [tongue.stem(tongue.same.get(word, word)) for word in words]
    parts, place = [], 0
    while place < len(said):
        length, meant = _longest(said, usual, place, tongue)
        parts.append(Part(tuple(said[place : place + length]), meant))
        place += length
    return _without_repeats(parts)


def _without_repeats(parts: list[Part]) -> list[Part]:
    """Leave out what another part means anyway: after "LEEP" (surgery on the cervix), "surgery"."""
    parts = list(dict.fromkeys(parts))
    meant = {stem for part in parts if part.meant for stem in part.meant[0]}
    return [part for part in parts if part.meant or not meant.issuperset(part.said)]


def _longest(said, usual, place: int, tongue: Language) -> tuple[int, tuple[Stems, ...]]:
    """Return how many words from here are one thing that people say, and what it is called."""
    for length in range(min(tongue.longest, len(said) - place), 0, -1):
        here = slice(place, place + length)
        meant = [
            *tongue.phrases.get(tuple(sorted(said[here])), ()),
            *tongue.phrases.get(tuple(sorted(usual[here])), ()),
        ]
        if meant:
            return length, tuple(dict.fromkeys(meant))
    return 1, ()
