"""How Wagtail's forms behave for a text that passes a clinical review."""

from functools import cached_property

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import TaskState
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    PreviewOnEditView,
    RevisionsUnscheduleView,
    UnpublishView,
)
from wagtail.utils.timestamps import render_timestamp

from education.actions import CannotReview, submit_for_review
from education.desk.panels import ReadingSidePanel
from education.locks import PlannedLock, PracticeLock
from education.models import OwnParagraph, WarningSign

SIGNS_STAY = _(
    "A sign is never withdrawn: the report form needs its words on every day."
    " Write other words and submit them; the old ones stand until a clinician approves yours."
)


class ReadsAndSubmits:
    """The grade stands beside the text; submitting goes through the one action that checks the words.

    Whatever it says, the draft is kept.
    """

    def get_side_panels(self):
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(ReadingSidePanel(self.form.instance, self.request))
        return panels

    def get_success_message(self, *args, **kwargs):
        if self.action in ("submit", "restart-workflow"):
            said = _("“%(text)s” waits for a clinician. You can take it back until it is decided.")
            return said % {"text": self.object}
        return super().get_success_message(*args, **kwargs)

    def submit_action(self):
        try:
            submit_for_review(text=self.object, by=self.request.user)
        except CannotReview as refusal:
            messages.error(self.request, f"{refusal}")
            return redirect(self.get_edit_url())
        return None

    def restart_workflow_action(self):
        self.workflow_state.cancel(user=self.request.user)
        return self.submit_action()


class ReviewedCreateView(ReadsAndSubmits, CreateView):
    pass


class ReviewedEditView(ReadsAndSubmits, EditView):
    """Wagtail's form, in which two people at one text lose nothing."""

    def get_lock(self):
        """Keep the words of a practice for its own page, and say what to do about a plan."""
        if belongs_elsewhere(self.object, self.request.user):
            return PracticeLock(self.object)
        lock = super().get_lock()
        return PlannedLock(self.object) if isinstance(lock, ScheduledForPublishLock) else lock

    @cached_property
    def overwrite_revision(self):
        """Let a save go over one's own last draft only while nobody else has seen or saved anything."""
        if self.is_out_of_date:
            return None
        revision = super().overwrite_revision
        return None if revision and was_shown(revision) else revision

    def form_valid(self, form):
        """Say who saved meanwhile, and do not submit what nobody has compared."""
        other = self.latest_revision if self.is_out_of_date else None
        if other and self.action != "cancel-workflow":
            self.action = "edit"
        answer = super().form_valid(form)
        if other:
            self.say_who_saved(other)
        return answer

    def say_who_saved(self, other):
        """Name the other's save, and lead to what differs."""
        compare = reverse(
            self.revisions_compare_url_name, args=[self.object.pk, other.pk, self.new_revision.pk]
        )
        said = _(
            "%(who)s saved this text on %(when)s, while you had it open. Both are kept in the history;"
            " yours is now the newest draft. Compare them before you submit."
        ) % {"who": other.user or _("The library"), "when": render_timestamp(other.created_at)}
        messages.warning(
            self.request, said, buttons=[messages.button(compare, _("Compare the two"))]
        )


def belongs_elsewhere(text, user) -> bool:
    """Tell whether a text is changed on a practice's page and not by this person at the desk."""
    practice = getattr(text, "practice_id", None)
    return isinstance(text, OwnParagraph) or (practice is not None and practice != user.practice_id)


def was_shown(revision) -> bool:
    """Tell whether a revision was ever submitted, planned or published: it stays as it was read."""
    text = revision.content_object
    return (
        TaskState.objects.filter(revision=revision).exists()
        or revision.approved_go_live_at is not None
        or revision.pk == text.live_revision_id
    )


class WithdrawView(UnpublishView):
    """A reviewer takes a text away from patients. The words of a sign stay."""

    permission_required = "withdraw"
    page_title = _("Withdraw")
    success_message = _("Withdrawn: patients no longer read “%(object)s”.")

    def dispatch(self, request, *args, **kwargs):
        if isinstance(self.object, WarningSign):
            messages.error(request, SIGNS_STAY)
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class UnplanView(RevisionsUnscheduleView):
    """A reviewer takes approved words off the plan to publish them later."""

    permission_required = "withdraw"


class PreviewOfDraftView(PreviewOnEditView):
    """The preview of what is typed; of the newest draft for who opens it without a script."""

    def get(self, request, *args, **kwargs):
        if self._get_form_state():
            return super().get(request, *args, **kwargs)
        return self.object.make_preview_request(request, "", self.get_extra_request_attrs())
