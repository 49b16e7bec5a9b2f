from django import template

from accounts.phones import dial

register = template.Library()


@register.simple_tag(takes_context=True)
def tel(context, number):
    """Return the address that dials a number, in the country of the practice."""
    practice = context.get("practice")
    return f"tel:{dial(number, practice.country if practice else 'US')}"


@register.inclusion_tag("components/call.html", takes_context=True)
def call(context, number, label, style=""):
    """Show a number to tap: the label is spoken first, the number stands in full.

    Style: "" solid, "line", "em" or "edge".
    """
    return {"href": tel(context, number), "number": number, "label": label, "style": style}
