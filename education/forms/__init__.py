"""What a practice types in words of its own, checked before anything is stored."""

from education.forms.practice_library import AcceptanceForm, OwnParagraphForm, OwnTopicForm
from education.forms.words import OwnWordsForm, WordsField, newest_words

__all__ = [
    "AcceptanceForm",
    "OwnParagraphForm",
    "OwnTopicForm",
    "OwnWordsForm",
    "WordsField",
    "newest_words",
]
