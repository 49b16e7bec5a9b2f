"""A row of the worklist, drawn once for as long as it looks the same."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from education.templatetags.components import seam
from tracker.templatetags.ribbon import LAST_DAY, mini_ribbon
from tracker.worklists import Row

register = template.Library()


@register.simple_tag
def worklist_row(row: Row) -> str:
    """Draw a row. It is all plain values, so equal rows may share one drawing in one language and zone."""
    return _drawn(row, get_language(), get_current_timezone_name())


@lru_cache(maxsize=4096)
def _drawn(row: Row, language: str | None, zone: str) -> str:
    return render_to_string("tracker/worklist_row.html", {"row": row})


@register.simple_tag
def worklist_drawings(rows: list[Row]) -> str:
    """Draw once what many rows share: the cloth of the weeks, and each seam that occurs."""
    seams = sorted({(row.read, row.items) for row in rows if row.items})
    symbols = [("cloth", mini_ribbon())]
    symbols += [(f"seam-{done}-{total}", seam(done, total)) for done, total in seams]
    return format_html_join("", '<symbol id="{}">{}</symbol>', symbols)


@register.filter
def on_cloth(days: int) -> str:
    """Return where a day lies on the cloth, such as 39.12%."""
    return f"{min(max(days, 0), LAST_DAY) / LAST_DAY * 100:.2f}%"
