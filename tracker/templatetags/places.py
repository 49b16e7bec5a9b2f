"""Where staff can go from every page, and which of these places the page they are on belongs to."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from tracker.models import Transfer

register = template.Library()

# The longest beginning of an address decides: an invitation is no chart.
BELONGS_TO = {
    "/worklist/": "worklist",
    "/patients/": "worklist",
    "/alerts/": "worklist",
    "/patients/invite/": "invitations",
    "/invitations/": "invitations",
    "/transfers/": "transfers",
    "/practice/": "practice",
    "/practice/checklist/": "practice_checklist",
    "/practice/figures/": "figures",
    "/learn/": "library",
}


@dataclass(frozen=True)
class Place:
    """One entry of the navigation; ``current`` is "page" on it, "true" on a page that belongs to it."""

    name: str
    icon: str
    words: str | Promise
    current: str
    number: int

    @property
    def is_third(self) -> bool:
        return self.number == 3

    @property
    def has_room(self) -> bool:
        """Tell whether the smallest phone has room for it in the row."""
        return self.number <= 2


WORKLIST = ("worklist", "list", _("Worklist"))
PRACTICE = ("practice", "home", _("Practice"))
INVITATIONS = ("invitations", "plus", _("Invitations"))
FIGURES = ("figures", "bars", _("Figures"))
LESSONS = ("library", "book", _("Lessons"))
CHECKLIST = ("practice_checklist", "check", _("Checklist"))
DESK = ("wagtailadmin_home", "pencil", _("Editing desk"))


@register.simple_tag
def staff_places(request) -> list[Place]:
    """Return the places of whoever is signed in, what is used most first."""
    here = belongs_to(request.path_info)
    return [
        Place(name, icon, words, current_of(name, here, request.path), number)
        for number, (name, icon, words) in enumerate(places_of(request.user), start=1)
    ]


def places_of(user) -> list[tuple]:
    if user.role == Role.PROVIDER:
        return [WORKLIST, INVITATIONS, *transfers_for(user), LESSONS, CHECKLIST]
    if user.role == Role.MANAGER and user.practice_id:
        return [PRACTICE, INVITATIONS, FIGURES, LESSONS, CHECKLIST]
    return [DESK, LESSONS] if user.role in {Role.EDITOR, Role.REVIEWER} else [LESSONS]


def transfers_for(user) -> list[tuple]:
    """Return the place where other practices ask to hand over a patient, while one does."""
    waiting = Transfer.objects.to_answer(user).count()
    words = format_lazy(_("Transfers ({waiting})"), waiting=waiting)
    return [("transfers", "next", words)] if waiting else []


def belongs_to(path: str) -> str:
    """Return the place an address belongs to."""
    return BELONGS_TO.get(max(filter(path.startswith, BELONGS_TO), key=len, default=""), "")


def current_of(name: str, here: str, path: str) -> str:
    if name != here:
        return ""
    return "page" if path == reverse(name) else "true"
