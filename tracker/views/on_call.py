from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import change_on_call
from accounts.decorators import practice_required, role_required
from accounts.forms import OnCallForm
from accounts.models import CARE_TEAM, ChangeSubject, Role, User
from accounts.views.practice import changes_of
from tracker.plans import outlooks

MOVES = {"up", "down", "remove"}


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_call(request):
    """Who is told first, second, third; and what would happen to an alert right now."""
    own = request.user.practice
    if request.method == "POST" and request.POST.get("do") in MOVES:
        return move(request, own)
    form = OnCallForm(request.POST or None, practice=own)
    if request.method == "POST" and form.is_valid():
        change_on_call(practice=own, person=form.cleaned_data["who"], move="add", by=request.user)
        return redirect("on_call")
    context = {
        "form": form,
        "turns": turns_of(own),
        "providers": own.people.filter(role__in=CARE_TEAM, is_active=True).count(),
        "lead": own.present_lead(),
        "outlooks": outlooks(own, timezone.now()),
        "changes": changes_of(own, ChangeSubject.ON_CALL),
    }
    return render(request, "tracker/on_call.html", context)


def turns_of(practice) -> list[tuple]:
    """Return each turn with whether she is passed over: no provider here any more."""
    turns = practice.on_call.select_related("person")
    return [(turn, not turn.person.cares_at(practice)) for turn in turns]


def move(request, own):
    """Move one person up or down, or take her off."""
    try:
        person = User.objects.get(
            on_call_turns__practice=own, pk=int(request.POST.get("person", ""))
        )
    except (ValueError, OverflowError):
        raise Http404 from None
    except User.DoesNotExist:
        messages.info(request, _("This person is not on call any more. Nothing was changed."))
        return redirect("on_call")
    change_on_call(practice=own, person=person, move=request.POST["do"], by=request.user)
    return redirect("on_call")
