from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import patient_page
from tracker.actions import mark_item, withdraw_mark
from tracker.checklists import items_for, progress_of
from tracker.enums import MarkKind


@patient_page
@require_safe
def checklist(request, pregnancy):
    """Her checklist: for now, about the stitch, later."""
    progress = progress_of(pregnancy)
    week = pregnancy.age.weeks if pregnancy.age else None
    groups = [
        ("now", progress.now(week)),
        ("stitch", progress.stitch()),
        ("later", progress.later(week)),
    ]
    return render(request, "tracker/checklist.html", {"progress": progress, "groups": groups})


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item(request, pregnancy, slug):
    """One item: read it, tick it, or take the tick back."""
    item = get_object_or_404(items_for(pregnancy).select_related("topic"), slug=slug)
    if request.method == "POST":
        act = withdraw_mark if "undo" in request.POST else mark_item
        act(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=request.user)
        return redirect("checklist")
    task = next(task for task in progress_of(pregnancy).tasks if task.item == item)
    return render(request, "tracker/checklist_item.html", {"task": task, "item": item})
