from django.contrib.auth.decorators import login_not_required
from django.http import Http404


@login_not_required
def closed(request, **kwargs):
    """Answer for pages the sign-in library brings along and nobody here needs: not found."""
    raise Http404
