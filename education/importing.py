"""From the Markdown files of the repository to the library, without ever overwriting an editor.

A text that came from a file keeps the fingerprint it came with. While the text in
the library still has that fingerprint, nobody has touched it and a newer file
replaces it; otherwise the editor's text stays and the difference is reported.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.models import Locale

from education.facts import CONTENT, read_csv, source_keys
from education.files import READERS
from education.models import (
    ChecklistItem,
    Lesson,
    Source,
    TeachBackQuestion,
    Topic,
    WeekVisit,
)
from education.models.reviewed import fingerprint
from education.reading import plain_text

# What a patient sees of a teach-back question before she answers.
SHOWN = ("ask", "right", "other", "third")


@dataclass
class LoadReport:
    """What one load did, by kind of outcome, with the difference of each text that was kept."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, outcome: str) -> None:
        self.counts[outcome] = self.counts.get(outcome, 0) + 1


@transaction.atomic
def load_library(language: str = "en") -> LoadReport:
    """Load sources and every content file of one language; safe to run again."""
    load_sources()
    report = LoadReport()
    folder = CONTENT / language
    locale = Locale.objects.get(language_code=language)
    for kind, read in READERS.items():
        for path in sorted((folder / kind).glob("*.md")):
            model, key, content = read(path)
            report_one(report, path.stem, model, key | {"locale": locale}, content)
    return report


def load_sources() -> None:
    """Store the source register. An entry that an editor or a reviewer has touched stays as it is."""
    known = {source.key: source for source in Source.objects.all()}
    rows = [Source(**row, shipped=True) for row in read_csv("sources.csv")]
    for row in rows:
        row.imported_digest = row.digest()
    Source.objects.bulk_create([row for row in rows if row.key not in known])
    changed = [row for row in rows if is_newer(row, known.get(row.key))]
    for row in changed:
        row.pk = known[row.key].pk
    Source.objects.bulk_update(changed, [*Source.content_fields, "imported_digest", "shipped"])


def is_newer(row: Source, known: Source | None) -> bool:
    """Tell whether the register's words should replace the known ones, which nobody has touched."""
    if known is None or known.approval_id or known.has_unpublished_changes:
        return False
    untouched = known.imported_digest in ("", known.digest())
    return untouched and known.imported_digest != row.imported_digest


def report_one(
    report: LoadReport, name: str, model: type[Lesson], key: dict, content: dict
) -> None:
    """Create, update or keep one text, and say which in the report."""
    lesson = model.objects.filter(**key).first()
    if lesson is None:
        store(model(**key), content)
        return report.add("new")
    if lesson.digest() == fingerprint(content):
        settle(lesson, content)
        return report.add("unchanged")
    untouched = lesson.digest() == lesson.imported_digest and not lesson.has_unpublished_changes
    if not untouched:
        report.add("kept: changed by an editor")
        report.kept.append((name, list(difference(lesson.content(), content))))
    elif lesson.approval_id:
        fill(lesson, content)
        lesson.save_revision(clean=False)
        report.add("new words wait for a clinician")
    else:
        store(lesson, content)
        report.add("updated")


def settle(lesson: Lesson, content: dict) -> None:
    """Note that the live words are those of the file, and who answers for them."""
    standing = lesson.shipped or lesson.approval_id
    if lesson.live and (not standing or lesson.imported_digest != fingerprint(content)):
        lesson.imported_digest = fingerprint(content)
        lesson.save()


def store(lesson: Lesson, content: dict) -> None:
    """Let the content of a file live, which nobody has checked, as a revision of its own."""
    fill(lesson, content)
    lesson.imported_digest = fingerprint(content)
    lesson.save()
    lesson.save_revision(clean=False).publish()


def fill(lesson: Lesson, content: dict) -> None:
    """Write the content of a file into a lesson, without saving."""
    values = dict(content)
    local_visits = values.pop("local_visits", None)
    questions = values.pop("questions_content", [])
    if isinstance(lesson, ChecklistItem):
        lesson.questions = [
            question_with(words, order, lesson) for order, words in enumerate(questions)
        ]
    if "topic_slug" in values:
        values["topic"] = Topic.objects.filter(slug=values.pop("topic_slug")).first()
    for name, value in values.items():
        setattr(lesson, name, value)
    if local_visits is not None:
        lesson.visits_by_country = [
            WeekVisit(country=country, text=text) for country, text in local_visits.items()
        ]
    lesson.sources.set(Source.objects.filter(key__in=source_keys(lesson.facts)))


def question_with(words: dict[str, str], order: int, item: ChecklistItem) -> TeachBackQuestion:
    """Return the item's question that asks and offers the same, else a new one.

    Answers point at a question: it stays the same row while a patient would not see another question.
    """
    shown = [words[name] for name in SHOWN]
    same = (
        each for each in item.questions.all() if [getattr(each, name) for name in SHOWN] == shown
    )
    question = next(same, None) or TeachBackQuestion(**words)
    question.sort_order, question.feedback = order, words["feedback"]
    return question


def difference(ours: dict, theirs: dict) -> Iterator[str]:
    """Yield the lines that differ between the library (-) and the file (+)."""
    for name in [*ours, *(theirs.keys() - ours.keys())]:
        before, after = (
            plain_text(str(side.get(name, ""))).splitlines() for side in (ours, theirs)
        )
        if before != after:
            yield from difflib.unified_diff(
                before, after, f"library {name}", f"file {name}", lineterm="", n=0
            )
