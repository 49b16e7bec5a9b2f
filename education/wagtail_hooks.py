"""What Wagtail finds of the desk: its lists, its pages, and what its menus leave out."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from education.desk import menu, report, review
from education.desk.dashboard import what_is_mine_to_do
from education.desk.policies import NoNewOnes, OfPractices
from education.desk.reading import reading
from education.desk.viewsets import LibraryViewSet
from education.models import OwnParagraph, WarningSign
from education.permissions import REVIEWED, ReviewedPolicy, is_reviewer


class ReviewersItem(MenuItem):
    """A menu item for those who review."""

    def is_shown(self, request):
        return is_reviewer(request.user)


POLICIES = {WarningSign: NoNewOnes, OwnParagraph: OfPractices}
for model in REVIEWED:
    register_permission_policy(model, POLICIES.get(model, ReviewedPolicy)(model))
register_snippet(LibraryViewSet)


@hooks.register("register_admin_urls")
def pages_of_the_desk():
    return [
        path("review/", review.waiting, name="waiting"),
        path("review/<int:step>/", review.review, name="review"),
        path("review/<slug:model>/<int:pk>/open/", review.open_review, name="open_review"),
        path("reading/<slug:kind>/", reading, name="reading"),
        path("reports/library/", report.library_report, name="library_report"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item_of_the_reviews():
    return ReviewersItem(
        _("Waiting for review"), reverse_lazy("waiting"), icon_name="tasks", order=5
    )


@hooks.register("register_reports_menu_item")
def menu_item_of_the_report():
    return MenuItem(
        _("The library"), reverse_lazy("library_report"), icon_name="openquote", order=10
    )


@hooks.register("construct_main_menu")
def show_the_library_only(request, menu_items):
    """Hide what this site does not use: pages, images, documents, user administration."""
    unused = {"explorer", "images", "documents", "settings", "help"}
    menu_items[:] = [item for item in menu_items if item.name not in unused]


@hooks.register("register_admin_search_area")
def search_the_topics():
    """Let the menu's search find topics; it would look for pages, which this site has none of."""
    return SearchArea(_("Topics"), reverse("wagtailsnippets_education_topic:list"), order=0)


@hooks.register("construct_homepage_summary_items")
def count_no_pages(request, summary_items):
    """Leave the counts of pages, images and documents off the desk."""
    summary_items.clear()


@hooks.register("construct_snippet_action_menu")
def offer_no_publishing(menu_items, request, context):
    """Leave out the button that publishes; an approval does, and nothing else. Reviewers withdraw."""
    by_hand = {"action-publish", "action-unpublish"}
    menu_items[:] = [item for item in menu_items if item.name not in by_hand]


@hooks.register("register_snippet_action_menu_item")
def offer_to_withdraw(model):
    return menu.Withdraw(order=70)


@hooks.register("register_snippet_action_menu_item")
def offer_to_take_off_the_plan(model):
    return menu.Unplan(order=80)


@hooks.register("construct_homepage_panels")
def start_with_what_is_mine_to_do(request, panels):
    panels[:] = what_is_mine_to_do(request.user)
