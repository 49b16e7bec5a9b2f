"""Everything that changes who may read what, in one transaction each."""

from education.actions.acceptance import accept_unreviewed, end_acceptance
from education.actions.practice_words import (
    ChangedMeanwhile,
    add_topic,
    free_slug,
    hide_topic,
    keep_paragraph,
    lock_practice,
    replace_paragraph,
    show_topic,
    submit_words,
    take_back,
    withdraw,
)
from education.actions.review import (
    HARDEST,
    CannotReview,
    approve,
    send_back,
    submit_for_review,
)

__all__ = [
    "HARDEST",
    "CannotReview",
    "ChangedMeanwhile",
    "accept_unreviewed",
    "add_topic",
    "approve",
    "end_acceptance",
    "free_slug",
    "hide_topic",
    "keep_paragraph",
    "lock_practice",
    "replace_paragraph",
    "send_back",
    "show_topic",
    "submit_for_review",
    "submit_words",
    "take_back",
    "withdraw",
]
