"""The editors' desk: panels and lists of Wagtail, kept away from the models."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from education.models import ChecklistItem, Source, Topic, WarningSign, Week

ORIGIN = MultiFieldPanel(
    [FieldPanel("facts"), FieldPanel("sources")], heading=_("Facts and sources")
)
WEEKS = MultiFieldPanel(
    [FieldPanel("audience"), FieldPanel("week_from"), FieldPanel("week_to"), FieldPanel("order")],
    heading=_("For whom and when"),
)


class TopicViewSet(SnippetViewSet):
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
        PublishingPanel(),
    ]


class WeekViewSet(SnippetViewSet):
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
        PublishingPanel(),
    ]


class WarningSignViewSet(SnippetViewSet):
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
        PublishingPanel(),
    ]


class ChecklistItemViewSet(SnippetViewSet):
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
        PublishingPanel(),
    ]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "link"
    list_display = ["title", "tier", "address"]
    list_filter = ["tier"]
    panels = [FieldPanel("key"), FieldPanel("tier"), FieldPanel("title"), FieldPanel("address")]


class LibraryViewSet(SnippetViewSetGroup):
    menu_label = _("Library")
    menu_icon = "openquote"
    menu_order = 10
    items = (TopicViewSet, WeekViewSet, WarningSignViewSet, ChecklistItemViewSet, SourceViewSet)


register_snippet(LibraryViewSet)


@hooks.register("construct_main_menu")
def show_the_library_only(request, menu_items):
    """Hide what this site does not use: pages, images, documents, user administration."""
    unused = {"explorer", "images", "documents", "settings", "help"}
    menu_items[:] = [item for item in menu_items if item.name not in unused]


@hooks.register("construct_homepage_summary_items")
def count_no_pages(request, summary_items):
    """Leave the counts of pages, images and documents off the desk."""
    summary_items.clear()
