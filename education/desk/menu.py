"""What the menu under a text offers besides saving and submitting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import ActionMenuItem

from education.models import WarningSign
from education.permissions import may_review


class ReviewersItem(ActionMenuItem):
    """A step that only a reviewer of the text sees, locked or not."""

    def is_shown(self, context):
        text = context.get("instance")
        known = context["view"] == "edit" and text is not None
        return known and may_review(context["request"].user, text) and self.fits(text)

    def get_url(self, context):
        text = context["instance"]
        return reverse(text.snippet_viewset.get_url_name(self.page), args=self.arguments(text))

    def arguments(self, text):
        return [text.pk]


class Withdraw(ReviewersItem):
    label = _("Withdraw from patients")
    name = "action-withdraw"
    icon_name = "download"
    page = "unpublish"

    def fits(self, text):
        return text.live and not isinstance(text, WarningSign)


class Unplan(ReviewersItem):
    label = _("Take off the plan")
    name = "action-unplan"
    icon_name = "calendar-alt"
    page = "revisions_unschedule"

    def fits(self, text):
        return text.scheduled_revision is not None

    def arguments(self, text):
        return [text.pk, text.scheduled_revision.pk]
