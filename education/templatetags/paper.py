"""What a printed page carries so that its reader finds back: the address, in words and as a picture."""

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def on_paper(path) -> str:
    """Return a full address as it is written on paper, without https://."""
    return settings.BASE_URL.partition("://")[2] + path


@register.simple_tag
def qr_to(path) -> SafeString:
    """Draw the full address of one of our own pages as a QR code."""
    return drawn(settings.BASE_URL + path)


def drawn(address: str) -> SafeString:
    """Draw an address as a QR code: black on white also in the dark, or no phone reads it."""
    drawing = segno.make(address, micro=False, error="m")
    # Made of numbers only: nothing that anyone typed is in it.
    return mark_safe(
        drawing.svg_inline(omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    )
