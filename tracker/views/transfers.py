from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy, transfers_to_answer
from tracker.actions import accept_transfer, ask_transfer, decline_transfer, withdraw_transfer
from tracker.forms import TransferForm
from tracker.models import Transfer

MOST_SHOWN = 50


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request, pregnancy_id):
    """Ask another practice to take a patient over, or take the question back."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    asked = pregnancy.transfers.open().select_related("to_practice", "asked_by").first()
    if request.method == "POST" and "withdraw" in request.POST:
        return take_back(request, pregnancy, asked)
    sent = request.POST if request.method == "POST" else None
    form = TransferForm(sent, practice=pregnancy.practice)
    if sent is not None and form.is_valid():
        if not ask_transfer(pregnancy=pregnancy, by=request.user, **form.cleaned_data):
            messages.info(request, _("Someone has asked already: see below."))
        return redirect("transfer", pregnancy_id=pregnancy.pk)
    context = {"pregnancy": pregnancy, "asked": asked, "form": form}
    return render(request, "tracker/transfer.html", context)


def take_back(request, pregnancy, asked):
    """Take the question back, unless the other practice has answered it."""
    if asked and withdraw_transfer(transfer=asked, by=request.user):
        messages.success(request, _("You took the question back. She stays with your practice."))
    else:
        messages.info(request, _("There is no open question any more."))
    return redirect("transfer", pregnancy_id=pregnancy.pk)


@role_required(Role.PROVIDER)
@require_safe
def transfers(request):
    """What other practices ask of this one, and what became of what this one asked."""
    ours = Transfer.objects.filter(from_practice=request.user.practice)
    people = ours.select_related("pregnancy__patient", "to_practice", "asked_by", "settled_by")
    context = {"to_answer": transfers_to_answer(request), "ours": people[:MOST_SHOWN]}
    return render(request, "tracker/transfers.html", context)


@role_required(Role.PROVIDER)
@require_POST
def answer_transfer(request, transfer_id):
    """Accept a patient, or decline."""
    asked = Transfer.objects.filter(to_practice=request.user.practice)
    found = get_object_or_404(asked.select_related("from_practice", "to_practice"), pk=transfer_id)
    answer = request.POST.get("answer")
    if answer == "accept" and accept_transfer(transfer=found, by=request.user):
        messages.success(request, _("She is with your practice now. You see her whole history."))
        return redirect("chart", pregnancy_id=found.pregnancy_id)
    if answer == "decline" and decline_transfer(transfer=found, by=request.user):
        messages.success(request, _("You declined. The other practice sees that."))
    else:
        messages.info(
            request, _("Nothing was changed: choose accept or decline, if it is still open.")
        )
    return redirect("transfers")
