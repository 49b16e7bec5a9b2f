from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy
from tracker.actions import accept_due_date
from tracker.due_dates import due_dates_of, propose, was_just_accepted
from tracker.enums import DatingMethod
from tracker.forms.dating import DATING_FORMS, AcceptForm
from tracker.models import Pregnancy


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def dating(request, pregnancy_id):
    """Her due date: how it was found, what another method would make of it, and all before it.

    What is entered is answered with a proposal, which stores nothing until someone accepts it.
    """
    pregnancy = open_pregnancy(request, pregnancy_id)
    posted = request.POST or None
    method = method_of(request, pregnancy)
    form = DATING_FORMS[method](posted, pregnancy=pregnancy)
    proposal = accept = None
    if posted and pregnancy.ended_on:
        messages.info(request, _("This pregnancy has ended. Nothing was stored."))
    elif posted and form.is_valid():
        proposal = propose(pregnancy, method, form.computed, form.basis)
        if "accept" in posted:
            accept = decide(request, pregnancy, proposal)
            if accept is None:
                return redirect("dating", pregnancy_id=pregnancy.pk)
        else:
            accept = AcceptForm(proposal=proposal)
    return show(request, pregnancy, method, form, proposal, accept)


def method_of(request, pregnancy: Pregnancy) -> DatingMethod:
    """Return the chosen method; a scan is what is usually added to dates."""
    chosen = request.POST.get("method") or request.GET.get("method")
    usual = DatingMethod.ULTRASOUND if pregnancy.due_date else DatingMethod.LMP
    return DatingMethod(chosen) if chosen in DatingMethod.values else usual


def decide(request, pregnancy, proposal) -> AcceptForm | None:
    """Store what was accepted and return None; else the form to show again."""
    seen = request.POST.get("seen_due_date", ""), request.POST.get("seen_method", "")
    if seen != standing_of(proposal):
        if was_just_accepted(pregnancy, proposal, request.user):
            return None
        messages.info(request, changed_words(pregnancy))
        return AcceptForm(proposal=proposal)
    accept = AcceptForm(request.POST, proposal=proposal)
    if not accept.is_valid():
        return accept
    row = accept_due_date(pregnancy=pregnancy, by=request.user, **decision_of(proposal, accept))
    if row is None:
        messages.info(request, _("The record has changed meanwhile. Nothing was stored."))
    else:
        messages.success(
            request,
            _("Due %(date)s. Her weeks, windows and lessons follow from now on.")
            % {"date": date_format(row.due_date, "M j, Y")},
        )
    return None


def standing_of(proposal) -> tuple[str, str]:
    """Return the due date a proposal was computed against, as the page carries it."""
    return (proposal.standing.isoformat() if proposal.standing else "", proposal.standing_method)


def changed_words(pregnancy) -> str:
    newest = pregnancy.due_dates.select_related("accepted_by").first()
    again = _("Nothing was stored. Look at the new proposal.")
    if newest is None:
        return _("The due date has changed meanwhile.") + " " + again
    who = {"who": newest.accepted_by.signature}
    return _("%(who)s has changed the due date meanwhile.") % who + " " + again


def decision_of(proposal, accept) -> dict:
    """Return what to store: the date that was taken, and the arithmetic it was taken by."""
    compared = proposal.redating
    keeps = accept.keeps
    return {
        "due_date": proposal.standing if keeps else proposal.entered,
        "method": DatingMethod(proposal.standing_method) if keeps else proposal.method,
        "basis": proposal.basis | ({"kept": True} if keeps else {}),
        "difference": compared.difference if compared else None,
        "threshold": compared.threshold if compared else None,
        "reason": accept.cleaned_data["reason"],
    }


def show(request, pregnancy, method, form, proposal, accept):
    seen_due_date, seen_method = standing_of(proposal) if proposal else ("", "")
    context = {
        "pregnancy": pregnancy,
        "methods": DatingMethod,
        "method": method,
        "form": form,
        "proposal": proposal,
        "accept": accept,
        "seen_due_date": seen_due_date,
        "seen_method": seen_method,
    }
    return render(request, "tracker/dating.html", context | due_dates_of(pregnancy))
