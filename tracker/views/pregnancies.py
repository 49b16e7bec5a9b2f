from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy
from tracker.actions import start_pregnancy as store_start
from tracker.endings import end_of, risk_of
from tracker.forms import NewPregnancyForm


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def start_pregnancy(request, pregnancy_id):
    """Begin a new pregnancy of someone whose earlier one has ended; what it left as risk is proposed."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    around = end_of(pregnancy, request.user)
    why_not = why_not_now(pregnancy, around)
    if why_not:
        messages.info(request, why_not)
        return redirect(pregnancy)
    known, proposed = risk_of(pregnancy, request.user)
    gravida = pregnancy.gravida + 1 if pregnancy.gravida else None
    form = NewPregnancyForm(
        request.POST if request.method == "POST" else None,
        known=known,
        proposed=proposed,
        initial={"gravida": gravida},
    )
    if form.is_valid():
        return begin(request, pregnancy, form)
    context = {"pregnancy": pregnancy, "form": form} | around
    return render(request, "tracker/start_pregnancy.html", context)


def why_not_now(pregnancy, around) -> str:
    """Return why no new pregnancy can begin, in words for staff; empty when one can."""
    if pregnancy.ended_on is None or around["another_runs"]:
        return _("A pregnancy is running. Record its end first.")
    if pregnancy.patient.practice_id != pregnancy.practice_id:
        return _("She is with another practice now. A new pregnancy begins there.")
    return ""


def begin(request, pregnancy, form):
    """Store it and open the new chart; a second tap finds the pregnancy that the first one began."""
    told = form.cleaned_data
    new = store_start(
        earlier=pregnancy,
        risks=form.risks,
        gravida=told["gravida"],
        para=told["para"],
        reason=told["reason"],
        by=request.user,
    )
    if new is None:
        messages.info(request, _("A pregnancy is running. Record its end first."))
    return redirect(new or pregnancy)
