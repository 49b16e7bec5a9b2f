"""From what somebody typed to what she may read about it."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Practice
from education.search.asked import Asked, read_query
from education.search.language import language
from education.search.ranking import Ranked, rank
from education.search.texts import texts_for, vocabulary

MOST_HITS = 15


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, the best first, and what was looked for."""

    asked: Asked
    hits: list[Ranked]


def find(
    query: str,
    *,
    practice: Practice | None,
    country: str,
    code: str,
    audiences: Collection[str] = (),
    correct: bool = True,
) -> Found:
    """Look for a query in what a reader of a practice, or of none, may read in one language.

    ``audiences`` are those she belongs to: they do not hide anything, they only come first. With
    ``correct`` off the words are taken as typed.
    """
    texts = texts_for(practice, country)
    asked = read_query(query, language(code), vocabulary(texts), correct=correct)
    hits = [] if asked.is_empty else rank(texts, asked, audiences)
    return Found(asked, hits[:MOST_HITS] + [each for each in hits[MOST_HITS:] if each.is_named])
