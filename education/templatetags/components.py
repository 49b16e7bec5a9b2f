"""Small drawings that any page can use: icons, urgency glyphs, the mark, the seam."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html

from education.icons import SPRITE, icon_names

register = template.Library()

LEVELS = ("emergency", "urgent", "contact", "calm")


@register.simple_tag
def icon(name, css=""):
    """Draw an icon beside a word: {% icon "phone" %}, {% icon "phone" "i--s" %}. Never alone."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(
            f'There is no icon "{name}". Add <symbol id="{name}" viewBox="0 0 24 24"> to'
            f" static/{SPRITE}, or use one of: {', '.join(sorted(icon_names()))}."
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"i {css}".strip(),
        static(SPRITE),
        name,
    )


@register.inclusion_tag("components/glyph.html")
def glyph(level):
    """Draw the sign of an urgency level; its outline says the level without color."""
    if level not in LEVELS:
        raise template.TemplateSyntaxError(
            f'{{% glyph %}} cannot draw "{level}", only: {", ".join(LEVELS)}.'
            " The drawings are in templates/components/glyph.html."
        )
    return {"level": level}


@register.inclusion_tag("components/mark.html")
def mark():
    return {}


@register.simple_tag
@lru_cache(maxsize=1024)
def seam(done, total):
    """Draw progress as stitches. Always beside the words, "5 of 12 done".

    Kept once drawn: a worklist of 200 patients asks for few different ones.
    """
    return render_to_string("components/seam.html", {"stitches": _stitches(done, total)})


def _stitches(done, total):
    return [
        {
            "sewn": number < done,
            "x1": f"{(number + 0.14) / total * 100:.2f}%",
            "x2": f"{(number + 0.86) / total * 100:.2f}%",
        }
        for number in range(total)
    ]
