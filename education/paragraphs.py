"""The paragraphs of a lesson one by one: which a practice may replace, and what its patients then read.

A paragraph is a ``<p>`` or ``<li>`` that holds words and no other paragraph. Two paragraphs are the
same when their words are: bold print, attributes and line ends do not count.
"""

import difflib
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import Practice
from education.models import OwnParagraph, Topic, Week
from education.reading import plain_text

# A practice may say in its own words how it is reached and when she comes.
ABOUT = ("visit", "visits", "appointment", "appointments", "call", "calls", "phone", "phones", "our number", "clinic", "office", "reach us", "come in")  # fmt: skip
# Never what sends her somewhere or makes her hurry: those are the library's words for everyone.
NEVER = ("hospital", "emergency", "er", "ambulance", "crisis", "labor and delivery", "go in", "right away", "at once", "straight away", "without delay", "call now", "call us now", "call today", "same day", "911", "988", "999", "112", "111", "000")  # fmt: skip
# Below this share of common words, a paragraph is not the other one changed.
ALIKE = 0.4


def words_of(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return " ".join(unescape(plain_text(html)).split())


def same_words(one: str, other: str) -> bool:
    """Tell whether two pieces of HTML read the same."""
    return words_of(one) == words_of(other)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text, with where it stands: the whole element and what is inside."""

    html: str
    outer: tuple[int, int]
    inner: tuple[int, int]

    @property
    def words(self) -> str:
        return words_of(self.html)

    @property
    def key(self) -> str:
        """Return a short name for these words, which another text never has."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:16]


class _Splitter(HTMLParser):
    """Notes where each <p> and <li> without a paragraph inside it begins and ends."""

    BLOCKS = {"p", "li"}
    INSIDE = BLOCKS | {"ul", "ol"}

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.html, self.open, self.found = html, [], []
        self.lines = [0, *(end.end() for end in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def _at(self) -> int:
        row, column = self.getpos()
        return self.lines[row - 1] + column

    def handle_starttag(self, tag, attrs):
        if tag in self.INSIDE:
            self.open = [(each, start, inside, False) for each, start, inside, _leaf in self.open]
        if tag in self.BLOCKS:
            start = self._at()
            self.open.append((tag, start, start + len(self.get_starttag_text()), True))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            return
        _tag, start, inside, is_leaf = self.open.pop()
        if is_leaf:
            end = self._at()
            after = self.html.index(">", end) + 1
            text = f"<p>{self.html[inside:end].strip()}</p>"
            self.found.append(Paragraph(text, (start, after), (inside, end)))


def paragraphs(html: str) -> list[Paragraph]:
    """Return the paragraphs of a text in reading order."""
    return [each for each in _Splitter(html).found if each.words]


def mentions(words: str, phrases: Iterable[str]) -> bool:
    """Tell whether a text has one of some words or phrases, whole and in any case."""
    choice = "|".join(re.escape(each.lower()) for each in phrases if each)
    return bool(choice) and bool(re.search(rf"(?<!\w)(?:{choice})(?!\w)", words.lower()))


def may_replace(words: str, practice: Practice) -> bool:
    """Tell whether a paragraph is about visits and calls, and sends nobody to help."""
    numbers = (practice.emergency_number, practice.crisis_number, practice.mood_number)
    return mentions(words, ABOUT) and not mentions(words, (*NEVER, *numbers))


def replaceable(html: str, practice: Practice) -> list[Paragraph]:
    """Return the paragraphs a practice may replace, each once."""
    unique = {each.key: each for each in paragraphs(html) if may_replace(each.words, practice)}
    return list(unique.values())


def text_of(lesson: Topic | Week, country: str) -> str:
    """Return the part of a lesson where a practice may replace paragraphs: of a week, only the visits."""
    if isinstance(lesson, Topic):
        return lesson.body
    local = [each.text for each in lesson.visits_by_country.all() if each.country == country]
    return "\n".join([lesson.visits, *local])


def find(html: str, original: str) -> Paragraph | None:
    """Return the paragraph of a text that still reads as it did."""
    return next((each for each in paragraphs(html) if same_words(each.html, original)), None)


def in_place_of(html: str, original: str) -> Paragraph | None:
    """Return the paragraph that took the place of one that is gone: the most alike, if any is."""
    before = words_of(original).lower().split()
    rated = [
        (difflib.SequenceMatcher(None, before, each.words.lower().split()).ratio(), each)
        for each in paragraphs(html)
    ]
    best = max(rated, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= ALIKE else None


def with_ours(
    html: str, ours: Iterable[OwnParagraph], practice: Practice, clean: Callable
) -> SafeString:
    """Return a lesson with the practice's paragraphs in it, each with whose words they are.

    ``clean`` makes HTML safe. Where the library's paragraph changed, its own new words stay.
    """
    html = str(clean(html))
    own = {words_of(each.original): each for each in ours}
    for each in sorted(paragraphs(html), key=lambda each: each.outer, reverse=True):
        mine = own.get(each.words)
        if mine and may_replace(each.words, practice):
            start, end = each.inner if html[each.outer[0] :].startswith("<li") else each.outer
            html = html[:start] + _signed(clean(mine.text), practice) + html[end:]
    return mark_safe(html)


def _signed(text: SafeString, practice: Practice) -> str:
    words = _("From %(practice)s") % {"practice": practice.name}
    return format_html(
        '<div class="from-practice">{}<p class="from-practice__who">{}</p></div>', text, words
    )
