"""The picture of an invitation, its code as printed, and what is asked about transfers."""

import segno
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

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
    """Draw the address of an invitation as a QR code: black on white also in the dark, or no phone reads it."""
    drawing = segno.make(join_address(code), micro=False, error="m")
    # Made of numbers only: nothing that anyone typed is in it.
    return mark_safe(
        drawing.svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    )


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
