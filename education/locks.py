"""Why a text cannot be changed now, and what to do about it."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.locks import BaseLock, ScheduledForPublishLock, WorkflowLock
from wagtail.utils.timestamps import render_timestamp


class ReviewLock(WorkflowLock):
    """A text that waits for a clinician: nobody changes what she reads, not even she."""

    def get_message(self, user):
        state = self.object.current_workflow_state
        asked, when = state.requested_by, render_timestamp(state.current_task_state.started_at)
        if asked == user:
            return format_html(
                _(
                    "Locked: you submitted these words on {when}, and a clinician reads them as they stand."
                    " To change them, take them back first: “Cancel workflow” in the menu below."
                ),
                when=when,
            )
        return format_html(
            _(
                "Locked: {who} submitted these words on {when}, and a clinician reads them as they stand."
                " Ask {who} to take them back with “Cancel workflow”, or a reviewer to send them back."
            ),
            who=asked or _("an editor"),
            when=when,
        )

    def get_locked_by(self, user, can_lock=False):
        return _("Waits for a clinician")

    def get_description(self, user, can_lock=False):
        return _("No one can change these words until the review is decided or taken back")


class PlannedLock(ScheduledForPublishLock):
    """Approved words that go live later."""

    def get_message(self, user):
        return format_html(
            _(
                "Locked: a clinician approved these words, and they go live on {when}. To change them"
                " before, ask a reviewer to take them off the plan: “Take off the plan” in the menu below."
            ),
            when=render_timestamp(self.object.scheduled_revision.approved_go_live_at),
        )


class PracticeLock(BaseLock):
    """A text of a practice, which its own staff change on their own page."""

    def for_user(self, user):
        return True

    def get_message(self, user):
        return format_html(
            _(
                "These are the words of {practice}. Here you read them; its staff change them on their"
                " own page. You decide on them under “Waiting for review”."
            ),
            practice=self.object.practice,
        )

    def get_locked_by(self, user):
        return _("Changed on the practice’s page")

    def get_description(self, user):
        return _("Only the practice’s staff change its own words")
