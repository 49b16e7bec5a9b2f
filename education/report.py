"""The state of the library: what is checked, overdue, hard to read, without a source, or not taught."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from education.facts import register
from education.models import Audience, ChecklistItem, ReviewedText, Source, Topic, Week
from education.models.weeks import FIRST_WEEK, LAST_WEEK
from education.permissions import REVIEWED

SOON = datetime.timedelta(days=60)
EASY, HARD = 6.0, 8.0


@dataclass
class Line:
    """One text that patients read, with what its keepers must know."""

    text: ReviewedText
    day: datetime.date
    grade: float
    sources: int | None

    @property
    def kind(self) -> str:
        return str(self.text._meta.verbose_name)

    @property
    def is_checked(self) -> bool:
        return self.text.is_checked

    @property
    def is_overdue(self) -> bool:
        """Tell whether the day to look at it again has passed; only what was checked can be overdue."""
        return self.is_checked and self.text.review_by < self.day

    @property
    def is_due_soon(self) -> bool:
        return self.is_checked and self.day <= self.text.review_by <= self.day + SOON

    @property
    def nobody_answers(self) -> bool:
        """Tell whether words are live that were neither approved nor shipped as they stand."""
        return not self.is_checked and not self.text.shipped


@dataclass
class Coverage:
    """How many topics and checklist items one week has for each audience, and whether it has a page."""

    week: int
    has_page: bool
    topics: Counter = field(default_factory=Counter)
    items: Counter = field(default_factory=Counter)

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """Return audience, topics and items, in the order of the audiences."""
        return [(label, self.topics[name], self.items[name]) for name, label in Audience.choices]


@dataclass
class Report:
    """Everything a reviewer or editor asks of the library on one day, for one language."""

    lines: list[Line]
    coverage: list[Coverage]
    untaught: list[tuple[str, str]]

    def having(self, name: str) -> list[Line]:
        """Return the lines for which a property of that name holds, the earliest day first."""
        found = [line for line in self.lines if getattr(line, name)]
        return sorted(found, key=lambda line: (line.text.review_by, str(line.text)))

    @property
    def overdue(self) -> list[Line]:
        return self.having("is_overdue")

    @property
    def due_soon(self) -> list[Line]:
        return self.having("is_due_soon")

    @property
    def nobody_answers(self) -> list[Line]:
        return self.having("nobody_answers")

    @property
    def never_checked(self) -> list[Line]:
        return [line for line in self.lines if not line.is_checked and line.text.shipped]

    @property
    def unsourced(self) -> list[Line]:
        return [line for line in self.lines if line.sources == 0]

    @property
    def hard(self) -> list[Line]:
        """Return what reads above grade 6, the hardest first."""
        above = [line for line in self.lines if line.grade > EASY]
        return sorted(above, key=lambda line: -line.grade)

    @property
    def mean_grade(self) -> float:
        graded = [line.grade for line in self.lines if line.text.texts]
        return sum(graded) / len(graded) if graded else 0.0

    @property
    def kinds(self) -> list[tuple[str, int, int]]:
        """Return each kind of text with how many are live and how many of them are checked."""
        live = Counter(line.kind for line in self.lines)
        checked = Counter(line.kind for line in self.lines if line.is_checked)
        return [(kind, number, checked[kind]) for kind, number in live.items()]


def report_on(day: datetime.date, language: str) -> Report:
    """Return the report of a day for one language; the number of queries does not grow with the library."""
    lines = [line for model in REVIEWED for line in lines_of(model, day, language)]
    texts = [line.text for line in lines]
    return Report(lines, coverage_of(texts), untaught_facts(texts))


def texts_due(day: datetime.date) -> list[ReviewedText]:
    """Return every checked text that is to be looked at again within 60 days of a date, or was due before."""
    due = []
    for model in REVIEWED:
        checked = model._default_manager.filter(live=True, approval__isnull=False)
        due += checked.filter(review_by__lte=day + SOON).order_by("review_by")
    return due


def lines_of(model: type[Model], day: datetime.date, language: str) -> Iterator[Line]:
    """Yield a line for each live text of one kind."""
    names = {each.name for each in model._meta.get_fields()}
    live: QuerySet = model._default_manager.filter(live=True).select_related("approval__reviewer")
    if "locale" in names:
        live = live.filter(locale__language_code=language)
    for children in ("sources", "questions", "visits_by_country"):
        if children in names:
            live = live.prefetch_related(children)
    if model is ChecklistItem:
        live = live.select_related("topic")
    for text in live:
        sources = len(text.sources.all()) if "sources" in names else None
        yield Line(text, day, 0.0 if model is Source else text.grade, sources)


def coverage_of(texts: list[ReviewedText]) -> list[Coverage]:
    """Return what the library alone has for each week; a practice's own texts are not counted."""
    pages = {text.number for text in texts if isinstance(text, Week)}
    rows = {week: Coverage(week, week in pages) for week in range(FIRST_WEEK, LAST_WEEK + 1)}
    for text in texts:
        if isinstance(text, Topic | ChecklistItem) and text.practice_id is None:
            for week in range(max(text.week_from, FIRST_WEEK), min(text.week_to, LAST_WEEK) + 1):
                counter = rows[week].topics if isinstance(text, Topic) else rows[week].items
                counter[text.audience] += 1
    return list(rows.values())


def untaught_facts(texts: list[ReviewedText]) -> list[tuple[str, str]]:
    """Return id and words of each fact that may be taught and that no live text names."""
    taught = {fact for text in texts for fact in getattr(text, "facts", [])}
    usable = {name: fact for name, fact in register().items() if fact.usable}
    return [(name, fact.text) for name, fact in usable.items() if name not in taught]
