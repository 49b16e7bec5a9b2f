"""How hard a text is to read: the Flesch-Kincaid grade of plain words.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59
(Kincaid and others, 1975). Syllables are counted by vowel groups, so a single
word may be off by one; over a page the errors cancel out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|dt|dd)>")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,/%°+-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouysxzcgh]es|[^aeioutd]ed|[^laeiouy]e)$")
_SPLIT_VOWELS = re.compile(r"ia|io(?!u)|(?<!p)eo|uou|rea$|[aeiou]ing|ua(?=[lt])|ier$|ying")
_JOINED = re.compile(r"[tscgx]io|[ts]ia|ques|geo")
# A sentence of more words than this is hard to follow.
LONGEST = 20


@dataclass(frozen=True)
class Reading:
    """Counts of one text. ``grade`` is a US school grade, 0 when there are no words."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        if not self.words:
            return 0.0
        return max(
            0.0,
            0.39 * self.words / max(self.sentences, 1) + 11.8 * self.syllables / self.words - 15.59,
        )


def syllables(word: str) -> int:
    """Return the number of syllables in one English word; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    spoken = _SILENT_END.sub(lambda end: end[0][0], letters)
    groups = len(_VOWELS.findall(spoken))
    groups += len(_SPLIT_VOWELS.findall(letters)) - len(_JOINED.findall(letters))
    return max(groups, 1)


def plain_text(html: str) -> str:
    """Return the words of an HTML fragment, one block to a line."""
    return _TAG.sub("", _BLOCK_END.sub("\n", html))


def sentences(text: str) -> list[str]:
    """Return the sentences of plain text; a line break ends a sentence, as a list item does."""
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def read(text: str) -> Reading:
    """Count sentences, words and syllables of plain text."""
    words = [part for word in _WORD.findall(text) for part in word.split("-") if part]
    return Reading(
        sentences=len(sentences(text)),
        words=len(words),
        syllables=sum(syllables(word) for word in words),
    )


def long_sentences(text: str, most: int = LONGEST) -> list[tuple[str, int]]:
    """Return each sentence of plain text that has more than ``most`` words, with how many it has."""
    counted = [(sentence, len(_WORD.findall(sentence))) for sentence in sentences(text)]
    return [(sentence, words) for sentence, words in counted if words > most]


def hard_words(text: str, plain: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return each hard word of a plain text, the plain words for it, and how often it stands there.

    ``plain`` gives the plain words for each hard one. Only whole words count, and the longest
    first: "abdominal pain" is not "abdominal" once more.
    """
    if not plain:
        return []
    found: dict[str, int] = {}
    for word in _any_of(tuple(plain)).findall(text):
        found[word.lower()] = found.get(word.lower(), 0) + 1
    return [(word, plain[word], times) for word, times in found.items()]


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
