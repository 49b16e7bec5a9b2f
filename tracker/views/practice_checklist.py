import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from education.actions import CannotReview
from education.standing import with_their_standing
from education.views.own_words import submitted, take_away, waiting_changes
from tracker.actions import add_item
from tracker.actions import hide_item as take_off
from tracker.actions import show_item as put_back
from tracker.checklists import items_of_practice, list_of_practice
from tracker.forms import PracticeItemForm, words_of_item


def own_practice(request):
    """Return the practice whose list it is. Raise Http404 for someone who belongs to none."""
    if request.user.practice is None:
        raise Http404
    return request.user.practice


@role_required(Role.PROVIDER, Role.MANAGER)
@require_safe
def practice_checklist(request):
    """What is on this practice's checklist, and what it has taken off."""
    items = list_of_practice(own_practice(request))
    with_their_standing(item for item in items if item.practice_id)
    return render(request, "tracker/practice_checklist.html", {"items": items})


@role_required(Role.PROVIDER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_practice_item(request):
    """Write an item of the practice's own."""
    practice = own_practice(request)
    initial = {"item_id": uuid.uuid4(), "week_from": 4, "week_to": 42}
    form = PracticeItemForm(request.POST or None, initial=initial, practice=practice)
    if request.method == "POST" and form.is_valid():
        item_id = form.cleaned_data["item_id"] or uuid.uuid4()
        try:
            add_item(item_id=item_id, by=request.user, **form.words)
        except CannotReview as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It waits for a clinician; no patient sees it yet."))
            return redirect("practice_checklist")
    return render(request, "tracker/add_practice_item.html", {"form": form})


@role_required(Role.PROVIDER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_item(request, slug):
    """Change an item of the practice's own; the library's are changed at the editing desk."""
    practice = own_practice(request)
    item = get_object_or_404(own_items(practice), slug=slug)
    if request.method == "POST" and "take_back" in request.POST:
        take_away(request, item)
        return redirect("practice_item", slug)
    form = PracticeItemForm(request.POST or None, initial=words_of_item(item), practice=practice)
    if request.method == "POST" and form.is_valid() and submitted(request, item, form):
        return redirect("practice_checklist")
    with_their_standing([item])
    context = {"form": form, "item": item, "changes": waiting_changes(item)}
    return render(request, "tracker/practice_item.html", context)


def own_items(practice):
    """Return the items of a practice's own with who wrote and who approved them."""
    own = items_of_practice(practice).filter(practice=practice)
    return own.select_related("approval__reviewer", "latest_revision__user")


@role_required(Role.PROVIDER, Role.MANAGER)
@require_POST
def hide_item(request, slug):
    """Take an item off this practice's checklist."""
    take_off(item=found(request, slug), by=request.user)
    return redirect("practice_checklist")


@role_required(Role.PROVIDER, Role.MANAGER)
@require_POST
def show_item(request, slug):
    """Put an item back on this practice's checklist."""
    put_back(item=found(request, slug), by=request.user)
    return redirect("practice_checklist")


def found(request, slug):
    """Return an item this practice can have on its list."""
    return get_object_or_404(items_of_practice(own_practice(request)), slug=slug)
