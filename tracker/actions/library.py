"""What the library asks of its reviewers: to look at a text again before its day has passed."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from education.models import ReviewedText, ReviewMail, ReviewReminder
from education.permissions import in_reach, reviewers
from education.report import texts_due
from tracker.enums import Channel
from tracker.outbox import enqueue


def remind_reviewers() -> None:
    """Mail each reviewer once about every text that is to be looked at again within 60 days."""
    due = texts_due(timezone.localdate())
    if due:
        for reviewer in reviewers():
            _remind(reviewer, [text for text in due if in_reach(reviewer, text)])


@transaction.atomic
def _remind(reviewer: User, due: list[ReviewedText]) -> None:
    known = ReviewReminder.objects.filter(reviewer=reviewer)
    said = set(known.values_list("content_type", "object_id", "review_by"))
    kinds = {type(text): ContentType.objects.get_for_model(text) for text in due}
    new = [text for text in due if (kinds[type(text)].pk, text.pk, text.review_by) not in said]
    if not new:
        return
    mail = ReviewMail.objects.create(reviewer=reviewer)
    ReviewReminder.objects.bulk_create(
        ReviewReminder(
            mail=mail,
            reviewer=reviewer,
            content_type=kinds[type(text)],
            object_id=text.pk,
            review_by=text.review_by,
        )
        for text in new
    )
    enqueue(key=f"review:{mail.pk}", to=reviewer, channel=Channel.EMAIL, review_mail=mail)
