"""Few files for the reader: parts of static/ that go together are joined, in order, into one.

Each part stays a file of its own for us; on one bar of signal each request counts for her.
"""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

STYLES = (
    "css/tokens.css",
    "css/base.css",
    "css/components/nav.css",
    "css/components/buttons.css",
    "css/components/care.css",
    "css/components/ribbon.css",
    "css/components/label.css",
    "css/components/panel.css",
    "css/components/drawings.css",
    "css/components/form.css",
    "css/components/search.css",
    "css/components/checklist.css",
    "css/components/summary.css",
    "css/components/emergency.css",
    "css/components/offline.css",
    "css/components/door.css",
    "css/components/worklist.css",
    "css/components/plot.css",
    "css/components/chart.css",
    "css/components/enrolment.css",
    "css/components/practice.css",
    "css/components/library.css",
    "css/components/figures.css",
    "css/components/checked.css",
    "css/components/listen.css",
    "css/components/glossary.css",
    "css/components/fridge.css",
)
# What pages and the service worker share: the worker finds it where the page has put it, in the cache.
SHARED_SCRIPTS = ("js/queue.js", "js/triage.js")
PAGE_SCRIPTS = ("js/unsent.js", "js/device.js", "js/told.js", "js/badge.js", "js/install.js")
WORKER_SCRIPTS = ("js/kept.js", "js/answers.js", "js/worker.js", "js/notices.js")
JOINED = {
    "css/cinta.css": STYLES,
    "js/shared.js": SHARED_SCRIPTS,
    "js/cinta.js": PAGE_SCRIPTS,
    "js/cinta-worker.js": WORKER_SCRIPTS,
}


class JoinedFiles(BaseFinder):
    """Offers the joined files to the server and to collectstatic; writes one when a part of it is newer."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.source = Path(settings.STATICFILES_DIRS[0])
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path not in JOINED:
            return []
        return [self.joined(path)] if find_all else self.joined(path)

    def list(self, ignore_patterns):
        for name in JOINED:
            self.joined(name)
            yield name, self.storage

    def joined(self, name: str) -> str:
        """Return the path of a joined file, written anew when a part of it changed."""
        # The list itself is a part: a new order makes a new file.
        parts = [self.source / part for part in JOINED[name]]
        target = Path(self.storage.path(name))
        newest = max(each.stat().st_mtime for each in [*parts, Path(__file__)])
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Two processes may write at once: each its own file, put in place whole.
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text("\n".join(part.read_text() for part in parts))
            fresh.replace(target)
        return str(target)
