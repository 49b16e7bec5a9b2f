"""The only door to a record: fetch it for this person, check, and write down who opened it."""

import uuid
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.decorators import role_required
from accounts.models import Role
from tracker.models import AccessLog, Alert, Pregnancy


def own_pregnancy(request: HttpRequest) -> Pregnancy | None:
    """Return the signed-in patient's current pregnancy, or None when there is none."""
    return Pregnancy.objects.visible_to(request.user).current().with_people().first()


def patient_page(view):
    """Open a view to a patient, with her current pregnancy; without one she gets the numbers to call."""

    @role_required(Role.PATIENT)
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pregnancy = own_pregnancy(request)
        if pregnancy is None:
            return render(request, "tracker/no_pregnancy.html")
        return view(request, pregnancy, *args, **kwargs)

    return opened


def open_pregnancy(request: HttpRequest, pregnancy_id: uuid.UUID) -> Pregnancy:
    """Return a record this person may open, and log the opening. Raise Http404 for any other."""
    pregnancies = Pregnancy.objects.visible_to(request.user).with_people()
    pregnancy = get_object_or_404(pregnancies, pk=pregnancy_id)
    if pregnancy.patient_id != request.user.pk:
        AccessLog.objects.create(
            pregnancy=pregnancy, opened_by=request.user, page=request.resolver_match.url_name
        )
    return pregnancy


def open_alert(request: HttpRequest, alert_id: uuid.UUID) -> tuple[Alert, Pregnancy]:
    """Return an alert with the record it belongs to, opened and logged. Raise Http404 for any other."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=alert_id)
    return alert, open_pregnancy(request, alert.pregnancy_id)
