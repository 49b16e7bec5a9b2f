"""The drawings of the lessons: alone, or as a figure with its words."""

from django import template
from django.template.loader import render_to_string

from education.drawings import WORDS, Drawing

register = template.Library()


@register.simple_tag
def drawing(name):
    """Draw a picture: {% drawing "stitch" %}. Always silent, so its words stand beside it."""
    if name not in WORDS:
        raise template.TemplateSyntaxError(
            f'There is no drawing "{name}". Add it to education/drawings.py and to'
            f" templates/components/drawings/, or use one of: {', '.join(sorted(WORDS))}."
        )
    return render_to_string(f"components/drawings/{name}.html")


@register.inclusion_tag("components/figure.html")
def figure(name):
    """Show a lesson's drawing with its words. A lesson without one, or whose drawing is gone, still opens."""
    if name not in WORDS:
        return {}
    return {"name": name, "caption": Drawing(name).label, "words": WORDS[name]}


@register.inclusion_tag("components/trio.html")
def trio(*names):
    """Show a few drawings in a row, each with its caption: {% trio "closed" "open" "stitch" %}."""
    return {
        "drawings": [
            {"name": name, "caption": Drawing(name).label, "words": WORDS[name]} for name in names
        ]
    }
