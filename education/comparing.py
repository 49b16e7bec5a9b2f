"""What changed between two versions of a text, word by word."""

import difflib
import re
from dataclasses import dataclass

from education.models import ReviewedText
from education.reading import plain_text

# A word keeps the space behind it, so that a run of changed words reads as one.
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed ("equal"), came ("insert") or went ("delete")."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """What happened to one field of a text."""

    name: str
    pieces: list[Piece]


def changes_between(before: ReviewedText, after: ReviewedText) -> list[Change]:
    """Return the fields whose words differ between what is live and what is proposed.

    Against a text that was never live every word is new.
    """
    old = before.words() if before.live else {}
    changes = []
    for name, words in after.words().items():
        said, says = plain(old.get(name, "")), plain(words)
        if said != says:
            changes.append(Change(name.replace("_", " "), pieces_between(said, says)))
    return changes


def plain(value) -> str:
    """Return a field as a reader sees it, without markup."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(plain(each) for each in value)
    return plain_text(str(value)).strip()


def pieces_between(before: str, after: str) -> list[Piece]:
    """Return two texts as one run of pieces."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("equal", "".join(old[a:b])))
        if kind in ("delete", "replace"):
            pieces.append(Piece("delete", "".join(old[a:b])))
        if kind in ("insert", "replace"):
            pieces.append(Piece("insert", "".join(new[c:d])))
    return pieces
