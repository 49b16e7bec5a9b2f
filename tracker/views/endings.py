from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy, own_record, patient_page
from tracker.actions import end_pregnancy as store_end
from tracker.actions import undo_end as take_back
from tracker.endings import standing_end
from tracker.enums import PregnancyEnd
from tracker.forms import EndForm

NOT_UNDONE = {
    "too_late": gettext_lazy("The 7 days to undo this are over."),
    "another_runs": gettext_lazy("A new pregnancy has begun since, so this cannot be undone."),
}


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_pregnancy(request, pregnancy):
    """Her own way to say that it has ended, or to pause: one more tap, no question back."""
    form = EndForm(sent_in(request), pregnancy=pregnancy)
    if form.is_valid():
        store_end(pregnancy=pregnancy, by=request.user, **form.cleaned_data)
        return redirect("today")
    return show_form(request, "tracker/end_pregnancy.html", pregnancy, form)


@role_required(Role.PATIENT)
@require_POST
def undo_end(request):
    """Her own way back, for 7 days."""
    pregnancy = own_record(request)
    ending = standing_end(pregnancy) if pregnancy else None
    outcome = take_back(ending=ending, by=request.user) if ending else "already"
    if outcome in NOT_UNDONE:
        messages.info(
            request, _("%(why)s Please call your care team.") % {"why": NOT_UNDONE[outcome]}
        )
    return redirect("today")


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def record_end(request, pregnancy_id):
    """The care team's way to say how and when a pregnancy ended."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    if pregnancy.ended_on:
        messages.info(request, _("The end is on record already."))
        return redirect(pregnancy)
    form = EndForm(sent_in(request), pregnancy=pregnancy)
    if form.is_valid():
        store_end(pregnancy=pregnancy, by=request.user, **form.cleaned_data)
        return redirect(pregnancy)
    return show_form(request, "tracker/record_end.html", pregnancy, form)


@role_required(Role.PROVIDER)
@require_POST
def undo_recorded_end(request, pregnancy_id):
    """Take back an end that was recorded by mistake, for 7 days."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    ending = standing_end(pregnancy)
    outcome = take_back(ending=ending, by=request.user) if ending else "already"
    if outcome in NOT_UNDONE:
        messages.info(request, NOT_UNDONE[outcome])
    return redirect(pregnancy)


def sent_in(request):
    """Return what was sent, also when it is empty; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def show_form(request, template, pregnancy, form):
    context = {"pregnancy": pregnancy, "form": form, "kinds": list(PregnancyEnd)}
    return render(request, template, context)
