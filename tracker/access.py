"""The only door to a record: fetch it for this person, check, and write down who opened it."""

import uuid
from functools import wraps

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.decorators import role_required
from accounts.models import Role
from education.models import Source
from tracker.aftermath import AFTER_PREGNANCY, AFTER_PREGNANCY_SOURCES
from tracker.endings import standing_end
from tracker.models import AccessLog, Alert, Pregnancy, Transfer


def own_record(request: HttpRequest) -> Pregnancy | None:
    """Return the signed-in patient's current pregnancy, else the last one that ended; None without any.

    What she reports belongs to it: also after the end something can be wrong. Read once a request.
    """
    if not hasattr(request, "own_record"):
        hers = Pregnancy.objects.visible_to(request.user).with_people()
        newest_first = F("ended_on").desc(nulls_first=True), "-created_at"
        request.own_record = hers.order_by(*newest_first).first()
    return request.own_record


def own_pregnancy(request: HttpRequest) -> Pregnancy | None:
    """Return the signed-in patient's current pregnancy, or None when there is none."""
    record = own_record(request)
    return record if record and record.ended_on is None else None


def show_ended(request: HttpRequest, pregnancy: Pregnancy) -> HttpResponse:
    """Show what remains after the end: kind words, what to look out for, and whom to call."""
    ending = standing_end(pregnancy)
    context = {
        "pregnancy": pregnancy,
        "ending": ending if ending and ending.can_be_undone else None,
        "signs": AFTER_PREGNANCY,
        "sources": Source.objects.filter(key__in=AFTER_PREGNANCY_SOURCES),
    }
    return render(request, "tracker/ended.html", context)


def patient_page(view):
    """Open a view to a patient, with her current pregnancy; without one she gets the numbers to call.

    Once it has ended, every such page is the one kind page of what remains.
    """

    @role_required(Role.PATIENT)
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pregnancy = own_record(request)
        if pregnancy is None:
            return render(request, "tracker/no_pregnancy.html")
        if pregnancy.ended_on is None:
            return view(request, pregnancy, *args, **kwargs)
        return redirect("today") if request.method == "POST" else show_ended(request, pregnancy)

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


def transfers_to_answer(request: HttpRequest) -> list[Transfer]:
    """Return what other practices ask this practice to take over, and log what is shown of each patient.

    Whoever answers sees name, date of birth, weeks and reason: not the record, but of it all the same.
    """
    asked = Transfer.objects.to_answer(request.user).select_related(
        "pregnancy__patient", "pregnancy__practice", "from_practice", "asked_by"
    )
    transfers = list(asked.order_by("asked_at"))
    AccessLog.objects.bulk_create(
        AccessLog(pregnancy=each.pregnancy, opened_by=request.user, page="transfers")
        for each in transfers
    )
    return transfers
