"""Everything that changes who may read what, in one transaction each."""

from education.actions.review import (
    HARDEST,
    CannotReview,
    approve,
    send_back,
    submit_for_review,
)

__all__ = ["HARDEST", "CannotReview", "approve", "send_back", "submit_for_review"]
