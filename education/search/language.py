"""How one language is searched: its stems, its stop words, and the other words people use."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer
from django.conf import settings

from education.facts import CONTENT

LISTS = ("stop", "idle", "week", "along", "define", "general", "stitch")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
Stems = tuple[str, ...]


def fold(text: str) -> str:
    """Return a text in small letters without accents and apostrophes: "Can’t" is "cant"."""
    if text.isascii():
        return text.replace("'", "").lower()
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def words_of(text: str) -> list[str]:
    """Return the folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))


@dataclass(eq=False)
class Language:
    """The data of one language, from ``search.toml`` and ``synonyms.csv`` of its content.

    ``same`` leads from one word to the one word it stands for, ``phrases`` from the stems of what
    people say, in any order (sorted), to the stems of what the library calls it.
    """

    code: str
    stemmer: str
    stop: frozenset[str]
    idle: frozenset[str]
    week: frozenset[str]
    along: frozenset[str]
    define: frozenset[str]
    general: frozenset[str]
    stitch: frozenset[str]
    same: dict[str, str] = field(default_factory=dict)
    phrases: dict[Stems, list[Stems]] = field(default_factory=dict)
    # Every word in what people say, their stems, and how many stems the longest of it has.
    words: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    longest: int = 1
    _stems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self._stem = snowballstemmer.stemmer(self.stemmer).stemWord

    def stem(self, word: str) -> str:
        """Return what a word has in common with its other forms; kept once found."""
        if word not in self._stems:
            self._stems[word] = self._stem(word)
        return self._stems[word]

    def stems(self, text: str) -> list[str]:
        """Return the stems of a text without its stop words, in order."""
        return [self.stem(word) for word in words_of(text) if word not in self.stop]


@lru_cache
def language(code: str) -> Language:
    """Return how a language is searched; one without data of its own, like the first language."""
    if not (CONTENT / code / "search.toml").exists():
        return language(settings.LANGUAGE_CODE)
    told = tomllib.loads((CONTENT / code / "search.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(words_of(told[name])) for name in LISTS}
    made = Language(code, told["stemmer"], **lists)
    rows = list(_rows(code))
    for said, means in rows:
        if len(words_of(said)) == 1 and len(means) == 1 and len(words_of(means[0])) == 1:
            made.same.setdefault(words_of(said)[0], words_of(means[0])[0])
    for said, means in rows:
        known = made.phrases.setdefault(tuple(sorted(made.stems(said))), [])
        known += [stems for each in means if (stems := tuple(made.stems(each))) not in known]
    made.phrases.pop((), None)
    made.words = {word for said, _ in rows for word in words_of(said)}
    made.said = {stem for said in made.phrases for stem in said}
    made.longest = max(map(len, made.phrases), default=1)
    return made


def _rows(code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each thing people say, with what the library calls it."""
    path = CONTENT / code / "synonyms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for said in row["words"].split("|"):
                yield said, row["means"].split("|")
