from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education.permissions import works_at_the_desk
from education.report import report_on


@require_safe
def library_report(request):
    """The state of the library today, in the language it is read in."""
    if not works_at_the_desk(request.user):
        raise PermissionDenied
    context = {
        "report": report_on(timezone.localdate(), get_language()),
        "today": timezone.localdate(),
    }
    return render(request, "education/desk/library_report.html", context)
