"""What Wagtail finds of the desk: its lists, its pages, and what its menus leave out."""

from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from education.desk import review
from education.desk.viewsets import LibraryViewSet
from education.permissions import REVIEWED, ReviewedPolicy

for model in REVIEWED:
    register_permission_policy(model, ReviewedPolicy(model))
register_snippet(LibraryViewSet)


@hooks.register("register_admin_urls")
def pages_of_the_desk():
    return [
        path("review/", review.waiting, name="waiting"),
        path("review/<int:step>/", review.review, name="review"),
    ]


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
