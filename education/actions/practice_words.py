"""What a practice changes for its own patients: topics it hides, topics and paragraphs it writes.

Own words go through the same clinical review as the library's. Each version stays as a revision.
"""

import uuid
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import WorkflowState

from accounts.models import Practice, User
from education.actions.review import CannotReview, submit_for_review
from education.models import HiddenTopic, OwnParagraph, ReviewedText, Topic, Week
from education.paragraphs import same_words


class ChangedMeanwhile(Exception):
    """Someone saved other words after these were opened. ``newest`` is the version that is stored now."""

    def __init__(self, message: str, newest: int):
        super().__init__(message)
        self.newest = newest


# -- Topics of the library -----------------------------------------------------------


def hide_topic(*, topic: Topic, by: User) -> None:
    """Leave a topic of the library out for one's own patients; other practices keep it."""
    HiddenTopic.objects.get_or_create(practice=by.practice, topic=topic, defaults={"hidden_by": by})


def show_topic(*, topic: Topic, by: User) -> None:
    """Put a topic back."""
    HiddenTopic.objects.filter(practice=by.practice, topic=topic).delete()


# -- Own words, of whatever kind ---------------------------------------------------------


def free_slug(title: str) -> str:
    """Return an address that no file of the library and no other practice will ever have."""
    return f"{slugify(title)[:40] or 'item'}-{uuid.uuid4().hex[:12]}"


@transaction.atomic
def submit_words(*, own: ReviewedText, by: User, seen: int | None = None, **words: Any) -> None:
    """Write new words of one's own and submit them for review; what patients read now stays.

    Words that still wait are taken back. ``seen`` is the version the writer had before her: raise
    ChangedMeanwhile when another is stored by now.
    """
    own = _locked(own)
    _refuse_stale(own, seen)
    waiting = own.current_workflow_state
    if waiting:
        waiting.cancel(user=by)
    draft = own.get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    if not own.live:
        draft.save()
    draft.save_revision(user=by, clean=False)
    submit_for_review(text=own, by=by)


def _refuse_stale(text: ReviewedText, seen: int | None) -> None:
    if seen is None or seen == text.latest_revision_id:
        return
    raise ChangedMeanwhile(
        _(
            "%(who)s saved other words after you opened this page. Yours are still below. Compare, then save again to put yours in their place."
        )
        % {"who": text.latest_revision.user or _("Someone")},
        text.latest_revision_id,
    )


@transaction.atomic
def take_back(*, text: ReviewedText, by: User) -> bool:
    """Take words back that wait for a clinician. Return False when the review was over already."""
    text = _locked(text)
    states = WorkflowState.objects.for_instance(text).active().select_for_update()
    waiting = states.filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    if waiting:
        waiting.cancel(user=by)
    return waiting is not None


@transaction.atomic
def withdraw(*, text: ReviewedText, by: User) -> None:
    """Take one's own words off the patients' screen at once, and back from review. The text is kept."""
    text = _locked(text)
    waiting = text.current_workflow_state
    if waiting:
        waiting.cancel(user=by)
    UnpublishAction(text, user=by).execute(skip_permission_checks=True)


def _locked(text: ReviewedText) -> ReviewedText:
    """Return a text, locked and read anew: it may have been approved since."""
    return type(text)._default_manager.select_for_update().get(pk=text.pk)


# -- Own topics and paragraphs -----------------------------------------------------------


@transaction.atomic
def add_topic(*, topic_id: uuid.UUID, by: User, **words: Any) -> Topic:
    """Write a topic of the practice's own. Sent twice with the same ``topic_id``, it is one topic."""
    lock_practice(by)
    found = Topic.objects.filter(practice=by.practice, translation_key=topic_id).first()
    if found is not None:
        return found
    topic = Topic(practice=by.practice, translation_key=topic_id, live=False, **words)
    topic.slug, topic.locale = free_slug(topic.title), topic.get_default_locale()
    topic.save()
    submit_words(own=topic, by=by)
    return topic


@transaction.atomic
def replace_paragraph(
    *, lesson: Topic | Week, original: str, by: User, **words: Any
) -> OwnParagraph:
    """Write the practice's words in place of one paragraph of the library. Sent twice, they are one.

    Raise CannotReview when a colleague has written other words for it.
    """
    lock_practice(by)
    place = {"topic": lesson} if isinstance(lesson, Topic) else {"week": lesson}
    for found in OwnParagraph.objects.filter(practice=by.practice, **place):
        newest = found.get_latest_revision_as_object()
        if same_words(newest.original, original):
            if newest.text == words["text"]:
                return found
            raise CannotReview(
                _(
                    "Your practice has words for this paragraph already. Open them from the list of lessons and change them there."
                )
            )
    paragraph = OwnParagraph(practice=by.practice, original=original, live=False, **place, **words)
    paragraph.save()
    submit_words(own=paragraph, by=by)
    return paragraph


def keep_paragraph(*, paragraph: OwnParagraph, original: str, by: User) -> None:
    """Keep the practice's words on the library's new paragraph, if a clinician agrees."""
    submit_words(own=paragraph, original=original, by=by)


def lock_practice(by: User) -> Practice:
    """Return one's practice, locked, so that two taps or two managers at once do not write twice."""
    return Practice.objects.select_for_update().get(pk=by.practice_id)
