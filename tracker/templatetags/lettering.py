"""How wide words are on a drawing, and where they find room: in em of its letters.

A server does not know how wide a screen is. So each text is placed once for each band of widths,
for the narrowest drawing of that band, and CSS shows the one that fits (css/components/ribbon.css).
Widths leave room for readers who space letters out: .12 em after a letter, .16 em after a word.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SPACING, WORD_SPACING = 0.12, 0.16
# Widths of our font at its boldest, measured and rounded up; what is not named is as wide as an o.
LETTERS = {
    " ": 0.25,
    **dict.fromkeys("ijlíI.,:;'’|!·", 0.29),
    **dict.fromkeys("rtf()-“”", 0.42),
    **dict.fromkeys("acekszxáé–", 0.55),
    **dict.fromkeys("mwM", 0.88),
    "W": 1.0,
}
CAPITAL, OTHER, FULL = 0.76, 0.6, 1.0
DIGIT = 0.65
# Between a word and what is drawn beside it.
GAP = 0.9
# Between a word and the marker that passes it.
AIR = 0.3


@dataclass(frozen=True, slots=True)
class Band:
    """A range of widths: its CSS class, and how many em the narrowest drawing in it is wide."""

    css: str
    width: float


@dataclass(frozen=True, slots=True)
class Spot:
    """One place for a text: beside a share of the width, on its right or left."""

    share: float
    on_the_right: bool
    gap: float = GAP

    def extent(self, room: Band, width: float) -> tuple[float, float]:
        """Return where a text of that width would begin and end, in em."""
        at = self.share * room.width
        if self.on_the_right:
            return at + self.gap, at + self.gap + width
        return at - self.gap - width, at - self.gap


def width_of(text: str) -> float:
    """Return how wide a text can get, in em: with its letters spaced out."""
    return usual_width_of(text) + len(text) * SPACING + text.count(" ") * WORD_SPACING


@lru_cache(maxsize=2048)
def usual_width_of(text: str) -> float:
    """Return how wide a text is for most readers, in em."""
    return sum(_letter(each) for each in text)


def _letter(letter: str) -> float:
    if letter in LETTERS:
        return LETTERS[letter]
    if letter.isdigit():
        return DIGIT
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    return CAPITAL if letter.isupper() else OTHER


def place(
    band: Band, texts: list[str], spots: list[Spot], line: float | None, base: float
) -> dict | None:
    """Return the first text, the longest first, that fits beside a spot and is not crossed by a line.

    If each that fits is crossed, the longest is; its halo then covers the line. None if none fits.
    """
    fitting = [
        (text, spot)
        for text in texts
        for spot in spots
        if _fits(band, spot.extent(band, width_of(text)))
    ]
    # Of letters spaced out the first may reach the line, under their halo.
    clear = [
        (text, spot)
        for text, spot in fitting
        if not _crossed(band, spot.extent(band, usual_width_of(text)), line)
    ]
    for text, spot in [*clear, *fitting]:
        return {
            "text": text,
            "x": percent(spot.share),
            "y": em(base),
            "dx": em(spot.gap if spot.on_the_right else -spot.gap),
            "anchor": "start" if spot.on_the_right else "end",
        }
    return None


def _fits(band: Band, extent: tuple[float, float]) -> bool:
    return extent[0] >= 0 and extent[1] <= band.width


def _crossed(band: Band, extent: tuple[float, float], line: float | None) -> bool:
    if line is None:
        return False
    return extent[0] - AIR < line * band.width < extent[1] + AIR


def clamped(band: Band, share: float, width: float) -> float:
    """Return where a box over a share of the width begins, seen from there, so that it stays inside."""
    at = share * band.width
    return min(max(at - width / 2, 0), max(band.width - width, 0)) - at


def percent(share: float) -> str:
    """Return a share of the width such as 39.12%: here no locale can put a comma in it."""
    return f"{share * 100:.2f}%"


def em(number: float) -> str:
    return f"{number:.2f}em"


# Plots are drawn for these two; plot.css names the same widths in rem.
PLOT_BANDS = (Band("pl-n", 15.2), Band("pl-w", 34))


@dataclass(frozen=True, slots=True)
class Box:
    """What a text or a mark covers, in em."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def box_of(text: str, left: float, base: float) -> Box:
    """Return the box of a text that begins at ``left`` on a base line, with a little air around it."""
    return Box(left - 0.15, left + width_of(text) + 0.15, base - 0.9, base + 0.25)


def ticks(band: Band, labels: list[tuple[float, str]]) -> list[dict]:
    """Return every first, second, third ... label, so many that each has room; the first and the last marked."""
    wide = max((width_of(text) for _share, text in labels), default=0)
    apart = (labels[1][0] - labels[0][0]) * band.width if labels[1:] else band.width
    step = max(1, -(-wide // apart)) if apart else 1
    kept = labels[:: int(step)]
    return [
        {"x": percent(share), "text": text, "end": number in (0, len(kept) - 1)}
        for number, (share, text) in enumerate(kept)
    ]
