import nh3
from django import template
from django.utils.safestring import mark_safe

from education.facts import Fact
from education.facts import register as fact_register
from education.paragraphs import with_ours

register = template.Library()
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "b", "i", "br"}


@register.filter
def facts_of(ids: list[str]) -> list[Fact]:
    """Return the facts behind a text, as far as the register knows them."""
    return [fact_register()[name] for name in ids if name in fact_register()]


@register.filter
def lesson(html: str) -> str:
    """Show a lesson's text: only the forms our pages know, whatever was pasted into it."""
    return mark_safe(nh3.clean(html, tags=TAGS, attributes={}))


@register.simple_tag(takes_context=True)
def lesson_with(context, html, ours):
    """Show a lesson's text with the paragraphs the reader's practice says in its own words."""
    return with_ours(html, ours, context["practice"], clean=lesson) if ours else lesson(html)
