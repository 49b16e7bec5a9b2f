"""Measure search with 5,000 texts more: processor milliseconds a query, beside a plain LIKE over the same texts.

Run by hand against a database of its own, with the library in it:
python manage.py shell -c "import tests.bench.search".
"""

import random
import sys
import time

from django.db.models import Q

from education.models import Topic
from education.search.finding import find

TEXTS, ROUNDS = 5_000, 5
QUERIES = ["pink spots", "stich out", "cramps and back hurts", "bleding alot", "xyzzy"]


def fill() -> None:
    """Add topics made of the sentences of the library: its words, its lengths."""
    parts = [part for topic in Topic.objects.live() for part in topic.body.split("\n")]
    like, chance = Topic.objects.live().first(), random.Random(5)
    Topic.objects.bulk_create(
        Topic(
            locale=like.locale,
            slug=f"bench-{number}",
            title=f"Lesson {number}",
            summary=like.summary,
            body="\n".join(chance.choices(parts, k=12)),
            live=True,
            shipped=True,
        )
        for number in range(TEXTS)
    )


def milliseconds(ask) -> float:
    """Return the middle of the processor times of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        ask()
        times.append((time.process_time() - began) * 1000)
    return sorted(times)[ROUNDS // 2]


def ours(query: str):
    return find(query, practice=None, country="US", code="en").hits


def like(query: str):
    """Ask for the texts that hold every word, as a plain search would."""
    wanted = Q()
    for word in query.split():
        wanted &= Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word)
    return list(Topic.objects.live().filter(wanted)[:20])


if not Topic.objects.filter(slug="bench-0").exists():
    fill()
began = time.process_time()
ours("first")
sys.stdout.write(f"first search of a process: {time.process_time() - began:.1f} s\n")
for query in QUERIES:
    search, plain = milliseconds(lambda: ours(query)), milliseconds(lambda: like(query))  # noqa: B023
    sys.stdout.write(
        f"{query}: {search:.0f} ms, LIKE {plain:.0f} ms, {search / plain:.1f} times it\n"
    )
