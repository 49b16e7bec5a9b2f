"""The icons there are: one symbol each in the sprite."""

import re
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SPRITE = "icons/sprite.svg"


@cache
def icon_names() -> frozenset[str]:
    """Return the id of every symbol in the sprite."""
    drawing = (settings.BASE_DIR / "static" / SPRITE).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', drawing))


def validate_icon(name: str) -> None:
    """Refuse an icon that does not exist, so that no page breaks over a typing mistake."""
    if name not in icon_names():
        known = ", ".join(sorted(icon_names()))
        raise ValidationError(
            _("There is no icon “%(name)s”. Choose one of: %(known)s."),
            params={"name": name, "known": known},
        )
