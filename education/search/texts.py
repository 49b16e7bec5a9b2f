"""The texts a reader may find, with their words cut to stems; each version of a text is read once."""

from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.db.models import QuerySet

from accounts.models import Practice
from education.models import Audience, ChecklistItem, SignGroup, Term, Topic, WarningSign, Week
from education.reading import plain_text
from education.search.language import Language, Stems, language, words_of
from education.shown import shown_to

# How much a word weighs where it stands: title, lead (summary or hint), text.
TITLE, LEAD, BODY = 1.0, 0.7, 0.35
# Versions kept in memory before all are forgotten.
KEPT = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One version of a text, ready to be searched. ``key`` is its code, slug or week number.

    ``weights`` says for each stem where it stands best; ``runs`` holds the stems of each part
    in order, for sayings; ``head`` has those of the title, ``names`` those of all its names.
    """

    kind: str
    key: str
    title: str
    lead: str
    body: str
    audience: str
    words: frozenset[str]
    weights: dict[str, float]
    head: frozenset[str]
    names: frozenset[Stems]
    runs: tuple[tuple[float, str], ...]

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.key}"


def readable(practice: Practice | None, country: str) -> dict[str, QuerySet]:
    """Return by kind what a reader may find. A warning sign is found whatever waits for a clinician."""
    return {
        "sign": WarningSign.objects.live().in_language(),
        "topic": shown_to(practice, Topic.objects.of_practice(practice)).in_country(country),
        "item": shown_to(practice, ChecklistItem.objects.of_practice(practice)),
        "week": shown_to(practice, Week.objects),
        "word": shown_to(practice, Term.objects),
    }


# By kind, row and version: its language, who answers for the words, and since when they are live.
VERSION = ("pk", "locale__language_code", "approval_id", "imported_digest", "last_published_at")
_versions: dict[tuple, Text] = {}


def texts_for(practice: Practice | None, country: str) -> tuple[Text, ...]:
    """Return every text a reader may find, as the database has it now."""
    found: list[Text] = []
    for kind, lessons in readable(practice, country).items():
        keys = [(kind, *row) for row in lessons.order_by().values_list(*VERSION)]
        _read(lessons, [key for key in keys if key not in _versions])
        found += [_versions[key] for key in keys if key in _versions]
    return tuple(found)


def _read(lessons: QuerySet, missing: list[tuple]) -> None:
    """Read the versions that are not in memory yet."""
    if not missing:
        return
    if len(_versions) > KEPT:
        _versions.clear()
    keys = {key[1]: key for key in missing}
    for lesson in lessons.filter(pk__in=keys):
        kind, _pk, code, *_version = keys[lesson.pk]
        _versions[keys[lesson.pk]] = read_text(kind, lesson, language(code))


def read_text(kind: str, lesson, tongue: Language) -> Text:
    """Return a text with its words counted."""
    key, title, lead, names, body = PARTS[kind](lesson)
    body = unescape("\n".join(plain_text(each) for each in body))
    parts = {BODY: body, LEAD: lead, TITLE: " . ".join([title, *names])}
    stems = {weight: tongue.stems(part) for weight, part in parts.items()}
    weights = {stem: weight for weight, found in stems.items() for stem in found}
    return Text(
        kind=kind,
        key=str(key),
        title=title,
        lead=lead or ", ".join(names),
        body=body,
        audience=audience_of(lesson),
        words=frozenset(word for part in parts.values() for word in words_of(part)),
        weights=weights,
        head=frozenset(stem for stem in tongue.stems(title) if stem.isalpha() and len(stem) > 1),
        names=frozenset(tuple(tongue.stems(name)) for name in [title, *names]),
        runs=tuple((weight, f" {' '.join(found)} ") for weight, found in stems.items()),
    )


def audience_of(lesson) -> str:
    """Return whom a text is for: signs of a stitch are for those who have one."""
    if getattr(lesson, "group", "") == SignGroup.STITCH:
        return Audience.CERCLAGE
    return getattr(lesson, "audience", Audience.EVERYONE)


# Key, title, lead, other names and rich texts of each kind.
PARTS = {
    "sign": lambda sign: (sign.code, sign.label, sign.hint, [], [sign.text]),
    "topic": lambda topic: (topic.slug, topic.title, topic.summary, [], [topic.body]),
    "item": lambda item: (item.slug, item.title, "", [], [item.text]),
    "week": lambda week: (week.number, week.title, week.summary, [], week.texts),
    "word": lambda term: (term.slug, term.word, "", term.also, [term.text]),
}


@lru_cache(maxsize=32)
def vocabulary(texts: tuple[Text, ...]) -> frozenset[str]:
    """Return every word that stands in some of these very texts; kept for the next search in them."""
    return frozenset().union(*(text.words for text in texts))
