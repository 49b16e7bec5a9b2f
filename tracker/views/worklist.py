from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker.models import WorkerBeat
from tracker.worklists import Show, Worklist, worklist_of

NAMES = {
    Show.ACT: gettext_lazy("To act on"),
    Show.WATCH: gettext_lazy("Weeks 14–20"),
    Show.STITCH: gettext_lazy("Stitch out due"),
    Show.TEACH: gettext_lazy("Teach-back due"),
    Show.DISCUSS: gettext_lazy("To discuss"),
    Show.ALL: gettext_lazy("All"),
}
LONGEST = 80


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request):
    """Open alerts first, most urgent first, then the longest wait. The page asks for its list again by itself.

    A search is posted although it changes nothing: what is typed is a name or a date of birth, and
    an address is kept in histories and in the logs of proxies. Filters say nothing of anybody, and
    are links. Asked again by the page, an unchanged list is answered with 204 and the time.
    """
    asked = request.POST if request.method == "POST" else request.GET
    # A filter pressed while a search stands (view) counts before the one that stood (show).
    show = asked.get("view") or asked.get("show", "")
    typed = request.POST.get("q", "").strip()[:LONGEST]
    found = worklist_of(request.user, Show(show) if show in set(Show) else Show.ALL, typed)
    now, worker_is_alive = timezone.now(), WorkerBeat.is_alive()
    fingerprint = found.fingerprint(
        worker_is_alive, get_language(), timezone.get_current_timezone_name(), timezone.localdate()
    )
    if request.htmx and request.headers.get("Cinta-Seen") == fingerprint:
        return unchanged(now)
    context = {
        "worklist": found,
        "filters": filters_of(found),
        "checked_at": now,
        "fingerprint": fingerprint,
        "worker_is_alive": worker_is_alive,
    }
    template = "tracker/worklist.html#list" if request.htmx else "tracker/worklist.html"
    return render(request, template, context)


def unchanged(now) -> HttpResponse:
    """Say that the list is as it was, and when that was looked up."""
    when = date_format(timezone.localtime(now), _("l, F j, g:i A"))
    return HttpResponse(status=204, headers={"Cinta-Checked": quote(when)})


def filters_of(found: Worklist) -> list[dict]:
    """Return the filters with their numbers."""
    return [
        {"show": show, "name": NAMES[show], "count": count, "is_current": show == found.show}
        for show, count in found.counts.items()
    ]
