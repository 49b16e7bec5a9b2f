"""From what an editor typed or pasted to the few forms of text our pages know."""

import re

import nh3
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from education.models.reviewed import TEXT_FEATURES

FORMS = {"h2", "h3", "p", "ul", "ol", "li", "b", "i"}
SAME = {"strong": "b", "em": "i"}
_SAME = re.compile(r"(</?)(strong|em)>")
_BREAK = re.compile(r"<br\s*/?>")
_BETWEEN_BLOCKS = re.compile(
    r"\s+(?=</?(?:h2|h3|p|ul|ol|li)>)|(?<=[>])\s+(?=<(?:h2|h3|p|ul|ol|li)>)"
)


def clean_words(html: str) -> str:
    """Return a text in the forms our pages know. Other markup goes, its words stay; scripts go whole."""
    kept = nh3.clean(_BREAK.sub(" ", html), tags=FORMS | set(SAME), attributes={})
    return _SAME.sub(lambda tag: f"{tag[1]}{SAME[tag[2]]}>", kept).strip()


def same_markup(one: str, other: str) -> bool:
    """Tell whether two texts are one, but for what the editor does to the space between blocks."""
    return _bare(one) == _bare(other)


def _bare(html: str) -> str:
    return _BETWEEN_BLOCKS.sub("", clean_words(html))


def from_editor(value: str) -> str:
    """Return clean HTML from what Wagtail's editor posts; plain HTML from a browser without it."""
    try:
        html = ContentstateConverter(features=TEXT_FEATURES).to_database_format(value)
    except (ValueError, KeyError, TypeError):
        html = value
    return clean_words(html)


class WordsArea(DraftailRichTextArea):
    """Wagtail's editor, which takes in what was pasted from anywhere and loses no word of it."""

    def value_from_datadict(self, data, files, name):
        value = data.get(name)
        return None if value is None else from_editor(value)
