"""The picture of an invitation, its code as printed, and what is asked about transfers."""

from django import template
from django.conf import settings
from django.urls import reverse

from education.templatetags.paper import drawn
from tracker.codes import grouped
from tracker.models import Transfer

register = template.Library()


@register.simple_tag
def join_address(code=""):
    """Return the address to join at, with a code or to type one: as it is printed on the card."""
    path = reverse("join", args=[code]) if code else reverse("enter_code")
    return settings.BASE_URL + path


@register.simple_tag
def qr(code):
    """Draw the address of an invitation as a QR code."""
    return drawn(join_address(code))


@register.filter
def as_printed(code):
    """Return a code in groups: ABCD-EFGH."""
    return grouped(code)


@register.simple_tag
def transfers_waiting(user):
    """Return how many patients other practices ask this person's practice to take over."""
    return Transfer.objects.to_answer(user).count()


@register.simple_tag
def transfers_of(pregnancy):
    """Return every transfer that was asked for a pregnancy, the newest first."""
    return pregnancy.transfers.select_related(
        "from_practice", "to_practice", "asked_by", "settled_by"
    )
