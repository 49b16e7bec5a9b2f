"""The word of the library, or of what people say, that a misspelled one was meant to be."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter words are never corrected: too many others are one letter away.
SHORTEST = 4


def most_edits(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, doubled or swapped with the next."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest in spelling, or None when none is near enough.

    Among the equally near, one with the same first letter, then the longest common start, then the
    longer word, then the alphabet: never the order they came in.
    """
    most = most_edits(word)
    if not most or word.isdigit():
        return None
    near = process.extract(
        word,
        [
            other
            for other in known
            if abs(len(other) - len(word)) <= most and len(other) >= SHORTEST
        ],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=None,
    )
    near = [each for each in near if _is_near(word, each[0], each[1])]
    return min(near, key=lambda each: _nearness(word, each[0], each[1]), default=(None,))[0]


def _is_near(word: str, other: str, edits: float) -> bool:
    """Tell whether a candidate may be what was meant: the shorter the word, the more of it must stand."""
    if len(word) > 7:
        return True
    return word[0] == other[0] and (edits < 2 or _common(word, other) * 2 >= len(word))


def _nearness(word: str, other: str, edits: float) -> tuple:
    """Return the order of candidates, the nearest first."""
    return edits, word[0] != other[0], -_common(word, other), -len(other), other


def _common(word: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (place for place, pair in enumerate(zip(word, other, strict=False)) if len(set(pair)) > 1),
        min(len(word), len(other)),
    )


def is_spelling_of(word: str, other: str) -> bool:
    """Tell whether two words are one, spelled differently."""
    return 0 < OSA.distance(word, other) <= most_edits(word)
