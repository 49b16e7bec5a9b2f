import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.actions import add_item, change_item
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
    return render(request, "tracker/practice_checklist.html", {"items": items})


@role_required(Role.PROVIDER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_practice_item(request):
    """Write an item of the practice's own."""
    own_practice(request)
    initial = {"item_id": uuid.uuid4(), "week_from": 4, "week_to": 42}
    form = PracticeItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        item_id = form.cleaned_data["item_id"] or uuid.uuid4()
        add_item(item_id=item_id, by=request.user, **form.words)
        messages.success(request, _("The item is on your checklist."))
        return redirect("practice_checklist")
    return render(request, "tracker/add_practice_item.html", {"form": form})


@role_required(Role.PROVIDER, Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_item(request, slug):
    """Change an item of the practice's own; the library's are changed at the editing desk."""
    own = items_of_practice(own_practice(request)).filter(practice=request.user.practice)
    item = get_object_or_404(own, slug=slug)
    form = PracticeItemForm(request.POST or None, initial=words_of_item(item))
    if request.method == "POST" and form.is_valid():
        change_item(item=item, by=request.user, **form.words)
        messages.success(request, _("The item is changed. Earlier words are kept."))
        return redirect("practice_checklist")
    return render(request, "tracker/practice_item.html", {"form": form, "item": item})


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
