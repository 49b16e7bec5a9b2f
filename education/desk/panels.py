"""The parts of a form at the desk, beside its plain fields."""

from django.forms import CheckboxSelectMultiple, Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
)
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import TaskState

from education.desk.reading import reading_of
from education.desk.words import WordsArea
from education.models.reviewed import TEXT_FEATURES


def words(name: str) -> FieldPanel:
    """Return the field of a text, cleaned of whatever was pasted with it."""
    return FieldPanel(name, widget=WordsArea(features=TEXT_FEATURES))


READING = "education/desk/reading_panel.html"


def reading_beside(text) -> dict:
    """Return how hard a text reads, and where to ask while it is typed."""
    kind = text._meta.model_name
    return {"reading": reading_of(text), "address": reverse("reading", args=[kind])}


class ReadingPanel(Panel):
    """How hard the text reads, in the form: as it was last saved, and while it is typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = READING

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | reading_beside(self.form.instance)

        @property
        def media(self):
            return Media(
                js=[versioned_static("js/desk/reading.js")],
                css={"all": [versioned_static("css/desk.css")]},
            )


class ReadingSidePanel(BaseSidePanel):
    """The same, beside the text for as long as somebody types."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle how it reads")
        icon_name = "pilcrow"
        has_counter = False

    name = "reading"
    title = _("How it reads")
    template_name = READING
    order = 350

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | reading_beside(self.object)


class ReviewWords(Panel):
    """What clinicians wrote to the editor, the newest first."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "education/desk/review_words.html"

        def is_shown(self):
            return super().is_shown() and bool(self.comments)

        @property
        def comments(self):
            """Return who said what when, of the last reviews of this text."""
            text = self.form.instance
            if not text.pk:
                return []
            steps = TaskState.objects.filter(
                workflow_state__in=text.workflow_states, finished_at__isnull=False
            ).exclude(comment="")
            return steps.select_related("finished_by").order_by("-finished_at")[:5]

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"comments": self.comments}


def origin() -> MultiFieldPanel:
    """Return facts and sources. Boxes to tick: in a plain list one wrong click lets go of all."""
    sources = FieldPanel("sources", widget=CheckboxSelectMultiple)
    return MultiFieldPanel([FieldPanel("facts"), sources], heading=_("Facts and sources"))


def whom_and_when() -> MultiFieldPanel:
    names = ("audience", "week_from", "week_to", "order")
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=_("For whom and when"))


def form_of(form, *parts: Panel) -> ObjectList:
    """Return the whole form of a text: what reviewers said, its fields, how hard it reads, and when.

    Without the publishing panel Wagtail would take a date for publishing and publish at once.
    """
    reads = MultiFieldPanel([ReadingPanel(), FieldPanel("grade_reason")], heading=_("How it reads"))
    return ObjectList([ReviewWords(), *parts, reads, PublishingPanel()], base_form_class=form)


def read_only(*names: str) -> list[Panel]:
    """Return fields that are shown here and changed elsewhere."""
    return [FieldPanel(name, read_only=True) for name in names]


def note(text: str) -> HelpPanel:
    """Return a sentence that explains a form."""
    return HelpPanel(content=text)
