from django import template
from django.conf import settings

from accounts.models import User

register = template.Library()


@register.simple_tag
def demonstration_people():
    """Return the fictional people, for the sign-in page of a demonstration and never otherwise."""
    if not settings.DEMO:
        return User.objects.none()
    return (
        User.objects.filter(email__endswith="@example.com")
        .select_related("practice")
        .order_by("role", "email")
    )
