"""What a device keeps for the time without a network: the service worker, and the page it falls back on."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from accounts.models import Role
from tracker.access import own_record
from tracker.advice import answers_for
from tracker.clinical.triage import RULES_VERSION
from tracker.enums import Started
from tracker.signs import GROUP_LABELS, signs_on_the_form
from tracker.views.symptoms import OPEN_GROUPS
from tracker.views.today import week_of

# What the pages need that a device keeps: the form, the warning signs, the lesson of the week.
SHELL = (
    "css/cinta.css",
    "data/triage.json",
    "fonts/figtree-latin-wght-normal.woff2",
    "fonts/literata-latin-700-normal.woff2",
    "icons/icon.svg",
    "icons/sprite.svg",
    "js/cinta.js",
    "js/dock.js",
    "js/listen.js",
    "js/print.js",
    "js/reveal.js",
    "js/shared.js",
)
WORKER = ("js/shared.js", "js/cinta-worker.js")


@login_not_required
@require_safe
@conditional_page
@cache_control(no_cache=True)
def service_worker(request):
    """The service worker, with the names of the files it keeps."""
    script = render_to_string(
        "tracker/sw.js",
        {
            "shell": SHELL,
            "scripts": WORKER,
            "version": version(),
            "hashed": settings.STATIC_HASHED,
            "language": get_language(),
            "number": settings.PUBLIC_EMERGENCY_NUMBER,
        },
    )
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request):
    """The page a device keeps: the form and the numbers, and of a patient only what the rules need."""
    is_patient = request.user.is_authenticated and request.user.role == Role.PATIENT
    record = own_record(request) if is_patient else None
    # After an end her device keeps no week and no due date: the strictest week counts there too.
    pregnancy = record if record and record.ended_on is None else None
    context = {
        "pregnancy": pregnancy,
        "answers": answers_for(record, []),
        "made_at": timezone.now(),
        "week": week_of(pregnancy) if pregnancy else None,
        "groups": all_groups(record),
        "started_choices": Started.choices,
        "rules_version": RULES_VERSION,
    }
    return render(request, "tracker/offline.html", context)


def all_groups(record) -> list[dict]:
    """Return every sign in its group: whether she has a stitch is not written on her device."""
    groups: dict[str, list] = {group: [] for group in GROUP_LABELS}
    for sign in signs_on_the_form(record, with_stitch=True):
        groups[sign.group].append(sign)
    return [
        {"label": GROUP_LABELS[group], "signs": signs, "is_open": group in OPEN_GROUPS}
        for group, signs in groups.items()
        if signs
    ]


@cache
def version() -> str:
    """Return a mark of what the files hold, so that a change of any of them makes a new service worker."""
    held = hashlib.sha256()
    for name in (*SHELL, *WORKER):
        held.update(name.encode() + Path(finders.find(name)).read_bytes())
    return held.hexdigest()[:12]
