"""Headers that every answer carries."""

from csp.constants import SELF, UNSAFE_INLINE
from django.utils.cache import patch_cache_control

# What Wagtail's own pages need and ours do not: inline script and style, and its preview frame.
EDITOR_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class EditorPolicyMiddleware:
    """Relax the Content-Security-Policy under /cms/, and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/cms/"):
            # A preview is rendered as the page it shows, strict policy and all: take that off first.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_replace = EDITOR_POLICY
            response.xframe_options_exempt = True
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class NoStoreMiddleware:
    """Keep what a signed-in person sees out of every cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response
