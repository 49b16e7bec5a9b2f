"""The content files: Markdown with front matter, one to a text, and what each kind must hold."""

from collections.abc import Iterator
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt

from education.facts import source_keys
from education.models import ChecklistItem, TeachBackQuestion, Term, Topic, WarningSign, Week

SECTIONS = {
    "Your baby": "baby",
    "Your body": "body",
    "Your cervix": "cervix",
    "To do this week": "todo",
    "Visits and tests": "visits",
}


class BadFile(Exception):
    """A content file that cannot be read; the message names the file and what to do."""


def to_html(markdown: str) -> str:
    """Render Markdown without raw HTML."""
    return MarkdownIt("commonmark", {"html": False}).render(markdown).strip()


def read_file(path: Path) -> tuple[dict, str]:
    """Return front matter and text. Raise BadFile when the facts are missing or unknown."""
    post = frontmatter.load(str(path))
    meta = dict(post.metadata)
    meta["facts"] = [str(fact_id) for fact_id in meta.get("facts", [])]
    try:
        source_keys(meta["facts"])
    except KeyError as unknown:
        raise BadFile(
            f"{path}: fact {unknown} is not in facts.csv. Correct the id in `facts:`."
        ) from None
    return meta, post.content


def pick(meta: dict, *names: str) -> dict:
    return {name: meta[name] for name in names}


def read_week(path: Path):
    meta, text = read_file(path)
    content = pick(meta, "title", "summary", "facts") | {"local_visits": {}}
    for heading, body in sections(text):
        name, _, country = heading.partition(": ")
        if name not in SECTIONS:
            raise BadFile(f"{path}: the section “{heading}” is not one of {', '.join(SECTIONS)}.")
        if country:
            content["local_visits"][country] = to_html(body)
        else:
            content[SECTIONS[name]] = to_html(body)
    missing = [heading for heading, name in SECTIONS.items() if not content.get(name)]
    if missing:
        raise BadFile(f"{path}: the section “{missing[0]}” is missing. Add it.")
    return Week, {"number": meta["week"]}, content


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each second-level section."""
    for part in ("\n" + text).split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        yield heading.strip(), body.strip()


def read_topic(path: Path):
    meta, text = read_file(path)
    names = (
        "title",
        "summary",
        "audience",
        "week_from",
        "week_to",
        "order",
        "art",
        "country",
        "facts",
    )
    return Topic, {"slug": path.stem}, pick(meta, *names) | {"body": to_html(text)}


def read_sign(path: Path):
    meta, text = read_file(path)
    content = pick(meta, "label", "hint", "group", "icon", "order", "facts") | {
        "text": to_html(text)
    }
    return WarningSign, {"code": meta["code"]}, content


def read_item(path: Path):
    meta, text = read_file(path)
    content = pick(
        meta, "title", "audience", "week_from", "week_to", "order", "teach_back", "facts"
    )
    content |= {"text": to_html(text), "topic_slug": meta.get("topic", "")}
    if meta.get("questions"):
        content["questions_content"] = [read_question(path, each) for each in meta["questions"]]
    return ChecklistItem, {"slug": path.stem, "practice": None}, content


def read_question(path: Path, words: dict) -> dict[str, str]:
    """Return the words of one teach-back question; only the third answer may be missing."""
    unknown = words.keys() - set(TeachBackQuestion.WORDS)
    missing = set(TeachBackQuestion.WORDS) - words.keys() - {"third"}
    if unknown or missing:
        named = ", ".join(sorted(unknown | missing))
        raise BadFile(
            f"{path}: a question needs {', '.join(TeachBackQuestion.WORDS)}. See: {named}."
        )
    return {name: str(words.get(name, "")) for name in TeachBackQuestion.WORDS}


def read_term(path: Path):
    meta, text = read_file(path)
    content = pick(meta, "word", "also", "facts") | {"text": to_html(text)}
    return Term, {"slug": path.stem}, content


# Topics before checklist items, which point at them.
READERS = {
    "weeks": read_week,
    "topics": read_topic,
    "signs": read_sign,
    "checklist": read_item,
    "glossary": read_term,
}
