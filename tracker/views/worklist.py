from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.models import WorkerBeat
from tracker.worklists import worklist_of


@role_required(Role.PROVIDER)
@require_safe
def worklist(request):
    """Open alerts first, most urgent first, then the longest wait. The page asks for its list again by itself."""
    context = {
        "worklist": worklist_of(request.user),
        "checked_at": timezone.now(),
        "worker_is_alive": WorkerBeat.is_alive(),
    }
    template = "tracker/worklist.html#list" if request.htmx else "tracker/worklist.html"
    return render(request, template, context)
