from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import own_pregnancy
from tracker.actions import mark_item, withdraw_mark
from tracker.checklists import items_for, progress_of
from tracker.enums import MarkKind


@role_required(Role.PATIENT)
@require_GET
def checklist(request):
    """Her checklist: for now, about the stitch, later."""
    pregnancy = own_pregnancy(request)
    if pregnancy is None:
        return render(request, "tracker/no_pregnancy.html")
    progress = progress_of(pregnancy)
    week = pregnancy.age.weeks if pregnancy.age else None
    groups = [
        ("now", progress.now(week)),
        ("stitch", progress.stitch()),
        ("later", progress.later(week)),
    ]
    return render(request, "tracker/checklist.html", {"progress": progress, "groups": groups})


@role_required(Role.PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item(request, slug):
    """One item: read it, tick it, or take the tick back."""
    pregnancy = own_pregnancy(request)
    if pregnancy is None:
        raise Http404
    item = get_object_or_404(items_for(pregnancy).select_related("topic"), slug=slug)
    if request.method == "POST":
        act = withdraw_mark if "undo" in request.POST else mark_item
        act(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=request.user)
        return redirect("checklist")
    task = next(task for task in progress_of(pregnancy).tasks if task.item == item)
    return render(request, "tracker/checklist_item.html", {"task": task, "item": item})
