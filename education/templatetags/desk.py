"""Pieces of the reviewer's pages."""

from django import template

from education.permissions import is_reviewer

register = template.Library()


@register.inclusion_tag("education/desk/open_review.html", takes_context=True)
def open_review(context, text):
    """Draw the button with which a reviewer begins to read a text as it stands."""
    request = context["request"]
    if not hasattr(request, "may_open_reviews"):
        request.may_open_reviews = is_reviewer(request.user)
    token = context.get("csrf_token")
    return {
        "text": text,
        "model": text._meta.model_name,
        "may": request.may_open_reviews,
        "csrf_token": token,
    }
