"""Why a text was found: the sentence that says most of what was asked, with those words marked."""

import re
from collections.abc import Collection

from education.search.language import Language, words_of
from education.search.texts import Text

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONGEST, SCRAP = 240, 5
# A stretch of text, and whether it is marked.
Stretches = list[tuple[str, bool]]


def marked(words: str, matched: Collection[str], tongue: Language) -> Stretches:
    """Cut a text into stretches, those with a stem that matched marked."""
    stretches, end = [], 0
    for word in _WORD.finditer(words):
        if any(tongue.stem(part) in matched for part in words_of(word[0])):
            stretches += [(words[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [each for each in [*stretches, (words[end:], False)] if each[0]]


def _says(sentence: str, matched: Collection[str], tongue: Language) -> tuple[int, bool]:
    """Weigh a sentence: by what it says of what was asked, then rather a whole one than a scrap."""
    return len(matched & {*tongue.stems(sentence)}), len(sentence.split()) >= SCRAP


def passage(text: Text, matched: Collection[str], tongue: Language) -> Stretches:
    """Return the sentence that says most of what was asked, marked; without any, how the text begins."""
    sentences = [each.strip() for each in [text.lead, *_SENTENCE_END.split(text.body)]]
    sentences = [each for each in sentences if each]
    best = max(sentences, key=lambda each: _says(each, matched, tongue), default="")
    return marked(best[:LONGEST] + "…" * (len(best) > LONGEST), matched, tongue)
