from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker import actions
from tracker.access import open_pregnancy
from tracker.actions.history import RiskNotChecked, known_of
from tracker.forms.history import HistoryForm
from tracker.records import history_of


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def change_history(request, pregnancy_id):
    """Correct what is known of earlier pregnancies; every earlier state stays below, with its reason."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    form = HistoryForm(request.POST or None, known=known_of(pregnancy, pregnancy.patient))
    if request.method == "POST" and form.is_valid() and save(request, pregnancy, form):
        return redirect(pregnancy)
    context = {"pregnancy": pregnancy, "form": form, "states": history_of(pregnancy)}
    return render(request, "tracker/change_history.html", context)


def save(request, pregnancy, form: HistoryForm) -> bool:
    """Store what the form says. Return False when a risk fact arrived meanwhile that it would take away."""
    right = {**form.cleaned_data}
    reason, checked = right.pop("reason"), right.pop("checked")
    try:
        entry = actions.change_history(
            pregnancy=pregnancy, right=right, reason=reason, checked=checked, by=request.user
        )
    except RiskNotChecked:
        form.add_error("checked", _("Someone changed her history meanwhile. Open this page again."))
        return False
    if entry:
        messages.success(request, _("Her history is saved."))
    else:
        messages.info(request, _("This is what stands already. Nothing was stored."))
    return True
