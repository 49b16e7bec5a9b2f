"""One stylesheet for the reader: the files of static/css, in order, as css/cinta.css.

Each file stays one component for us; on one bar of signal each request counts for her.
"""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/cinta.css"
ORDER = (
    "tokens",
    "base",
    "components/nav",
    "components/buttons",
    "components/care",
    "components/ribbon",
    "components/label",
    "components/panel",
    "components/drawings",
    "components/form",
    "components/search",
    "components/checklist",
    "components/summary",
    "components/emergency",
    "components/offline",
    "components/door",
    "components/worklist",
    "components/chart",
    "components/enrolment",
    "components/practice",
    "components/library",
    "components/figures",
    "components/checked",
    "components/listen",
    "components/glossary",
    "components/fridge",
)


class OneStylesheet(BaseFinder):
    """Offers the joined stylesheet to the server and to collectstatic; writes it when a part is newer."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.source = Path(settings.STATICFILES_DIRS[0]) / "css"
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        return [self.joined()] if find_all else self.joined()

    def list(self, ignore_patterns):
        self.joined()
        yield NAME, self.storage

    def joined(self) -> str:
        """Return the path of the joined file, written anew when a part of it changed."""
        parts = [self.source / f"{name}.css" for name in ORDER]
        target = Path(self.storage.path(NAME))
        if not target.exists() or target.stat().st_mtime < max(p.stat().st_mtime for p in parts):
            target.parent.mkdir(parents=True, exist_ok=True)
            # Two processes may write at once: each its own file, put in place whole.
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text("\n".join(part.read_text() for part in parts))
            fresh.replace(target)
        return str(target)
