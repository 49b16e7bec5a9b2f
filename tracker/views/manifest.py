"""What a phone asks before it puts Cinta on its home screen."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# --paper and --linen of static/css/tokens.css, by day: a manifest knows no dark theme.
PAPER, LINEN = "#FFFCF6", "#F5EFE3"


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request):
    """The manifest: the same for everyone. Others see what stands on a phone, so it names no pregnancy."""
    start = reverse("start")
    return JsonResponse(
        {
            "id": start,
            "name": "Cinta",
            "short_name": "Cinta",
            "description": _(
                "Lessons, warning signs, and a way to tell your care team how you feel."
            ),
            "lang": get_language(),
            "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": start,
            "scope": start,
            "display": "standalone",
            "theme_color": PAPER,
            "background_color": LINEN,
            "icons": icons(),
            "shortcuts": [
                {"name": _("Tell us how you feel"), "url": reverse("report_symptoms")},
                {"name": _("Warning signs"), "url": reverse("warning_signs")},
            ],
        },
        content_type="application/manifest+json",
    )


def icons() -> list[dict]:
    """Return the icons: the drawing, and what phones that take no drawing show or cut to their own shape."""
    drawing = {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return [
        drawing | {"purpose": "any"},
        *(
            {
                "src": static(f"icons/{name}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in (("icon", "any"), ("maskable", "maskable"))
            for size in (192, 512)
        ),
    ]
