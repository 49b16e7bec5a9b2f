"""The first page of the desk: what waits, what came back, and what was never submitted."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from education.desk.review import steps_for
from education.permissions import REVIEWED, is_reviewer
from education.standing import with_their_standing


class DeskPanel(Component):
    """A list of texts that are somebody's to work on."""

    order = 100

    def __init__(self, user):
        self.user = user


class Waiting(DeskPanel):
    """What waits for this reviewer."""

    template_name = "education/desk/home_waiting.html"

    def get_context_data(self, parent_context):
        return {"steps": steps_for(self.user)}


class Mine(DeskPanel):
    """What this person wrote or submitted, and nobody reads yet."""

    order = 200
    template_name = "education/desk/home_mine.html"

    def get_context_data(self, parent_context):
        texts = sorted(mine(self.user), key=lambda text: text.latest_revision.created_at)
        texts.reverse()
        return {
            "sent_back": [text for text in texts if text.standing.sent_back],
            "drafts": [text for text in texts if text.standing.is_draft],
            "submitted": [text for text in texts if text.standing.waits_since],
        }


def mine(user) -> list:
    """Return the texts whose newest words, which no patient reads, a person wrote; a few queries per kind."""
    found = []
    for model in REVIEWED:
        texts = model._default_manager.filter(
            latest_revision__user=user, has_unpublished_changes=True
        )
        found += with_their_standing(texts.select_related("latest_revision"))
    for text in found:
        text.address = reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])
    return found


def what_is_mine_to_do(user) -> list[DeskPanel]:
    """Return the panels of the first page."""
    return [*([Waiting(user)] if is_reviewer(user) else []), Mine(user)]
