"""How Wagtail's forms behave for a text that passes a clinical review."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, EditView

from education.actions import CannotReview, submit_for_review


class SubmitsForReview:
    """Submitting goes through the one action that checks the words; whatever it says, the draft is kept."""

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


class ReviewedCreateView(SubmitsForReview, CreateView):
    pass


class ReviewedEditView(SubmitsForReview, EditView):
    pass
