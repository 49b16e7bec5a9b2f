"""The look of mails that the library of the editing desk sends from templates of its own."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from accounts import letters

register = template.Library()


@register.simple_tag(takes_context=True)
def in_linen(context, plain):
    """Return the HTML of a mail, from the template of its plain words."""
    words = render_to_string(plain, context.flatten())
    return mark_safe(letters.as_html(words.strip().removesuffix(letters.foot())))


@register.simple_tag
def foot():
    """Return what stands under every mail."""
    return letters.foot()
