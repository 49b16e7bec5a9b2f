from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education.permissions import works_at_the_desk
from education.report import report_on


@require_safe
def library_report(request):
    """The state of the library today, in one language: the one asked for, or the reader's own."""
    if not works_at_the_desk(request.user):
        raise PermissionDenied
    languages = dict(settings.LANGUAGES)
    language = request.GET.get("language", "")
    language = language if language in languages else get_language()
    context = {
        "report": report_on(timezone.localdate(), language),
        "language": language,
        "languages": languages.items(),
    }
    return render(request, "education/desk/library_report.html", context)
