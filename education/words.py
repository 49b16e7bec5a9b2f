"""Which words of the glossary a text uses, so that they can be explained beside it."""

import re
from collections.abc import Iterable

from education.models import Term
from education.reading import plain_text

MOST = 5


def words_used(html: str, terms: Iterable[Term], most: int = MOST) -> list[Term]:
    """Return the first words of the glossary that a text uses, in the order in which it uses them."""
    text = plain_text(html).casefold()
    places = [(place, term) for term in terms if (place := _place(text, term)) is not None]
    return [term for _place_, term in sorted(places, key=lambda found: found[0])[:most]]


def _place(text: str, term: Term) -> int | None:
    """Return where a text first says a word, under any of its names; None if it does not."""
    names = [name.casefold() for name in (term.word, *term.also)]
    spoken = [name for name in names if name in text]  # quick, and most are not there
    if not spoken:
        return None
    found = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, spoken))})(?!\w)", text)
    return found.start() if found else None
