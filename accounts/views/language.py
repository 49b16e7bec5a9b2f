from django.contrib.auth.decorators import login_not_required
from django.views import i18n
from django.views.decorators.http import require_POST


@login_not_required
@require_POST
def set_language(request):
    """Show the pages in another language, in this browser."""
    return i18n.set_language(request)
