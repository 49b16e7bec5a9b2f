"""What Wagtail finds of the desk: its lists, its pages, and what its menus leave out."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from education.desk import report, review
from education.desk.viewsets import LibraryViewSet
from education.permissions import REVIEWED, ReviewedPolicy, is_reviewer


class ReviewersItem(MenuItem):
    """A menu item for those who review."""

    def is_shown(self, request):
        return is_reviewer(request.user)


for model in REVIEWED:
    register_permission_policy(model, ReviewedPolicy(model))
register_snippet(LibraryViewSet)


@hooks.register("register_admin_urls")
def pages_of_the_desk():
    return [
        path("review/", review.waiting, name="waiting"),
        path("review/<int:step>/", review.review, name="review"),
        path("review/<slug:model>/<int:pk>/open/", review.open_review, name="open_review"),
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


@hooks.register("construct_homepage_summary_items")
def count_no_pages(request, summary_items):
    """Leave the counts of pages, images and documents off the desk."""
    summary_items.clear()


@hooks.register("construct_snippet_action_menu")
def offer_no_publishing(menu_items, request, context):
    """Leave out the button that publishes; an approval does, and nothing else."""
    menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
