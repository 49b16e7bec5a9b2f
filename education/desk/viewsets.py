"""The lists and forms of the library: one view set for each kind of text."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from education.desk import forms
from education.desk.lists import CHECKED, DUE, EACH, GRADE, STANDING, WEEKS, TextsView, filters_for
from education.desk.panels import form_of, note, origin, read_only, whom_and_when, words
from education.desk.policies import at_desk
from education.desk.views import (
    SIGNS_STAY,
    PreviewOfDraftView,
    ReviewedCreateView,
    ReviewedEditView,
    UnplanView,
    WithdrawView,
)
from education.models import ChecklistItem, OwnParagraph, Source, Term, Topic, WarningSign, Week

VISITS = [FieldPanel("country"), words("text")]
FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 4


class InSight:
    """Offers for a choice only what the lists show to this person."""

    def get_object_list(self):
        return at_desk(self.request.user, super().get_object_list())


class ChooseTextView(InSight, ChooseView):
    pass


class ChooseTextResultsView(InSight, ChooseResultsView):
    pass


class TextChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseTextView
    choose_results_view_class = ChooseTextResultsView


class ReviewedViewSet(SnippetViewSet):
    """A kind of text that passes a clinical review."""

    index_view_class = TextsView
    add_view_class = ReviewedCreateView
    edit_view_class = ReviewedEditView
    preview_on_edit_view_class = PreviewOfDraftView
    unpublish_view_class = WithdrawView
    revisions_unschedule_view_class = UnplanView
    chooser_viewset_class = TextChooserViewSet
    # Wagtail's own copying goes round our submitting.
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request):
        """List the library, and of practices' own texts what this person may see."""
        return at_desk(request.user, self.model._default_manager.all())

    def construct_view(self, view_class, **kwargs):
        """Let no page of a text open that its list would not show."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def within_sight(request, *args, **kwargs):
            if "pk" in kwargs:
                get_object_or_404(self.get_queryset(request), pk=number(kwargs["pk"]))
            return view(request, *args, **kwargs)

        return within_sight


def number(pk) -> int:
    """Return the key of a text; an address of Wagtail's takes any letters for it."""
    try:
        return int(pk)
    except ValueError:
        raise Http404 from None


class TopicViewSet(ReviewedViewSet):
    model = Topic
    icon = "doc-full"
    list_display = ["title", "audience", WEEKS, *EACH, GRADE]
    filterset_class = filters_for(Topic, "audience")
    search_fields = ["title", "summary", "body"]
    edit_handler = form_of(
        forms.LessonForm,
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        words("body"),
        whom_and_when(),
        FieldPanel("art"),
        FieldPanel("country"),
        origin(),
    )


class WeekViewSet(ReviewedViewSet):
    model = Week
    icon = "date"
    list_display = ["title", "number", *EACH, GRADE]
    filterset_class = filters_for(Week)
    search_fields = ["title", "summary", "baby", "body", "cervix", "todo", "visits"]
    edit_handler = form_of(
        forms.LessonForm,
        FieldPanel("number"),
        FieldPanel("title"),
        FieldPanel("summary"),
        words("cervix"),
        words("todo"),
        words("visits"),
        InlinePanel("visits_by_country", panels=VISITS, heading=_("Visits and tests by country")),
        words("body"),
        words("baby"),
        origin(),
    )


class WarningSignViewSet(ReviewedViewSet):
    model = WarningSign
    icon = "warning"
    list_display = ["label", "group", *EACH, GRADE]
    filterset_class = filters_for(WarningSign, "group")
    search_fields = ["label", "hint", "text", "code"]
    list_per_page = 100
    edit_handler = form_of(
        forms.SignForm,
        note(SIGNS_STAY),
        FieldPanel("label"),
        FieldPanel("hint"),
        words("text"),
        FieldPanel("code", read_only=True),
        FieldPanel("group"),
        FieldPanel("icon"),
        FieldPanel("order"),
        origin(),
    )


class ChecklistItemViewSet(ReviewedViewSet):
    model = ChecklistItem
    icon = "list-ul"
    list_display = ["title", "audience", WEEKS, *EACH, GRADE]
    filterset_class = filters_for(ChecklistItem, "audience")
    search_fields = ["title", "text", "teach_back"]
    edit_handler = form_of(
        forms.ItemForm,
        FieldPanel("title"),
        FieldPanel("slug"),
        words("text"),
        FieldPanel("topic"),
        FieldPanel("teach_back"),
        InlinePanel(
            "questions",
            heading=_("Teach-back questions"),
            label=_("question"),
            min_num=FEWEST_QUESTIONS,
            max_num=MOST_QUESTIONS,
        ),
        whom_and_when(),
        origin(),
    )


class TermViewSet(ReviewedViewSet):
    model = Term
    icon = "info-circle"
    list_display = ["word", *EACH, GRADE]
    filterset_class = filters_for(Term)
    search_fields = ["word", "text"]
    list_per_page = 100
    edit_handler = form_of(
        forms.TermForm,
        FieldPanel("word"),
        FieldPanel("slug"),
        FieldPanel("also"),
        words("text"),
        origin(),
    )


class SourceViewSet(ReviewedViewSet):
    model = Source
    icon = "link"
    list_display = ["title", "key", "tier", "address", *EACH]
    filterset_class = filters_for(Source, "tier")
    search_fields = ["title", "key", "address"]
    list_per_page = 100
    edit_handler = form_of(
        forms.ReviewedForm,
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("tier"),
        FieldPanel("address"),
    )


class OwnParagraphViewSet(ReviewedViewSet):
    """What practices say in place of a paragraph: read here, written on the practice's page."""

    model = OwnParagraph
    icon = "edit"
    list_display = ["__str__", STANDING, CHECKED, DUE, GRADE]
    filterset_class = filters_for(OwnParagraph)
    search_fields = ["text"]
    edit_handler = form_of(
        forms.ReviewedForm, *read_only("practice", "topic", "week", "original", "text")
    )

    def get_queryset(self, request):
        texts = super().get_queryset(request)
        return texts.select_related("practice", "topic", "week")


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
        OwnParagraphViewSet,
    )
