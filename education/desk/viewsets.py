"""The lists and forms of the library: one view set for each kind of text."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from education.desk.views import ReviewedCreateView, ReviewedEditView
from education.models import ChecklistItem, Source, Term, Topic, WarningSign, Week

ORIGIN = MultiFieldPanel(
    [FieldPanel("facts"), FieldPanel("sources")], heading=_("Facts and sources")
)
WEEKS = MultiFieldPanel(
    [FieldPanel("audience"), FieldPanel("week_from"), FieldPanel("week_to"), FieldPanel("order")],
    heading=_("For whom and when"),
)


# Without the publishing panel Wagtail would take a date for publishing and publish at once.
GRADE_REASON = FieldPanel("grade_reason")


class ReviewedViewSet(SnippetViewSet):
    """A kind of text that passes a clinical review."""

    add_view_class = ReviewedCreateView
    edit_view_class = ReviewedEditView


class TopicViewSet(ReviewedViewSet):
    model = Topic
    icon = "doc-full"
    list_display = ["title", "audience", "week_from", "week_to", "live"]
    list_filter = ["audience", "live"]
    search_fields = ["title", "summary"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("body"),
        WEEKS,
        FieldPanel("art"),
        FieldPanel("country"),
        ORIGIN,
        GRADE_REASON,
        PublishingPanel(),
    ]


class WeekViewSet(ReviewedViewSet):
    model = Week
    icon = "date"
    list_display = ["number", "title", "live"]
    list_per_page = 50
    panels = [
        FieldPanel("number"),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("baby"),
        FieldPanel("body"),
        FieldPanel("cervix"),
        FieldPanel("todo"),
        FieldPanel("visits"),
        InlinePanel("visits_by_country", heading=_("Visits and tests by country")),
        ORIGIN,
        GRADE_REASON,
        PublishingPanel(),
    ]


class WarningSignViewSet(ReviewedViewSet):
    model = WarningSign
    icon = "warning"
    list_display = ["label", "code", "group", "live"]
    list_filter = ["group"]
    list_per_page = 100
    panels = [
        FieldPanel("label"),
        FieldPanel("hint"),
        FieldPanel("text"),
        FieldPanel("code", read_only=True),
        FieldPanel("group"),
        FieldPanel("icon"),
        FieldPanel("order"),
        ORIGIN,
        GRADE_REASON,
        PublishingPanel(),
    ]


class ChecklistItemViewSet(ReviewedViewSet):
    model = ChecklistItem
    icon = "tick"
    list_display = ["title", "audience", "week_from", "week_to", "live"]
    list_filter = ["audience"]

    def get_queryset(self, request):
        """List the library alone: what a practice writes for its own patients is that practice's matter."""
        return ChecklistItem.objects.filter(practice=None)

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("text"),
        FieldPanel("topic"),
        FieldPanel("teach_back"),
        InlinePanel("questions", heading=_("Teach-back questions")),
        WEEKS,
        ORIGIN,
        GRADE_REASON,
        PublishingPanel(),
    ]


class TermViewSet(ReviewedViewSet):
    model = Term
    icon = "info-circle"
    list_display = ["word", "live"]
    list_per_page = 100
    panels = [
        FieldPanel("word"),
        FieldPanel("slug"),
        FieldPanel("also"),
        FieldPanel("text"),
        ORIGIN,
        GRADE_REASON,
        PublishingPanel(),
    ]


class SourceViewSet(ReviewedViewSet):
    model = Source
    icon = "link"
    list_display = ["title", "tier", "address"]
    list_filter = ["tier"]
    panels = [
        FieldPanel("key"),
        FieldPanel("tier"),
        FieldPanel("title"),
        FieldPanel("address"),
        GRADE_REASON,
        PublishingPanel(),
    ]


class LibraryViewSet(SnippetViewSetGroup):
    menu_label = _("Library")
    menu_icon = "openquote"
    menu_order = 10
    items = (
        TopicViewSet,
        WeekViewSet,
        WarningSignViewSet,
        ChecklistItemViewSet,
        TermViewSet,
        SourceViewSet,
    )
