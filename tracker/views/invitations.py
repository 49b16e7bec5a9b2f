from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.actions import invite as invite_one
from tracker.actions import resend_invitation as send_again
from tracker.actions import withdraw_invitation as make_void
from tracker.forms import InviteForm
from tracker.invitations import STAGES, of_stage, stage_counts
from tracker.models import Invitation

ON_A_PAGE = 50
CARDS_ON_A_PAGE = 100


def enrolment_page(view):
    """Open a view to the care team and the manager of a practice. An operator who has none gets 403."""

    @role_required(Role.PROVIDER, Role.MANAGER)
    @wraps(view)
    def opened(request, *args, **kwargs):
        if request.user.practice is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return opened


def hers_or_404(request, invitation_id) -> Invitation:
    """Return an invitation of the person's own practice."""
    return get_object_or_404(Invitation.objects.visible_to(request.user), pk=invitation_id)


@enrolment_page
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request):
    """Invite one patient, by e-mail and with a card."""
    practice = request.user.practice
    sent = request.method == "POST"
    form = InviteForm(request.POST if sent else None, practice=practice)
    if sent and form.is_valid():
        invitation = invite_one(practice=practice, by=request.user, **form.cleaned_data)
        words = (
            _("The invitation is ready. A mail goes to %(email)s.")
            if invitation.email
            else _("The invitation is ready. There is no e-mail address: give her the card.")
        )
        messages.success(request, words % {"email": invitation.email})
        return redirect("invitation_card", invitation_id=invitation.pk)
    return render(request, "tracker/invite.html", {"form": form})


@enrolment_page
@require_safe
def invitations(request):
    """Every invitation of the practice, by what became of it."""
    hers = Invitation.objects.visible_to(request.user)
    stage = request.GET.get("stage", "open")
    stage = stage if stage in STAGES else "open"
    rows = hers.filter(of_stage(stage)).select_related("invited_by").prefetch_related("messages")
    counts = stage_counts(hers)
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(name, label, counts[name]) for name, label in STAGES.items()],
        "stage": stage,
        "label": STAGES[stage],
    }
    return render(request, "tracker/invitations.html", context)


@enrolment_page
@require_safe
def invitation_card(request, invitation_id):
    """One card to print and hand over."""
    invitation = hers_or_404(request, invitation_id)
    return render(request, "tracker/invitation_card.html", {"invitation": invitation})


@enrolment_page
@require_safe
def invitation_cards(request):
    """The cards of all open invitations, one on each sheet; after an import, those of the import."""
    rows = Invitation.objects.visible_to(request.user).filter(of_stage("open"))
    since = moment(request.GET.get("since", ""))
    if since:
        rows = rows.filter(invited_by=request.user, invited_at__gte=since)
    page = Paginator(rows.order_by("last_name", "first_name", "pk"), CARDS_ON_A_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "since": request.GET.get("since", ""),
    }
    return render(request, "tracker/invitation_cards.html", context)


def moment(words: str):
    """Return a moment with its offset, or None for anything else."""
    try:
        found = parse_datetime(words)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@enrolment_page
@require_POST
def resend_invitation(request, invitation_id):
    """Send an invitation again; one that is void becomes a new one."""
    old = hers_or_404(request, invitation_id)
    invitation = send_again(invitation=old, by=request.user)
    if invitation is None:
        messages.info(request, _("This invitation was used: she has joined."))
        return redirect("invitations")
    if invitation.pk != old.pk:
        words = _("There is a new invitation with a new code. Give her the new card.")
    elif invitation.email:
        words = _("The mail goes out again, and the code is good for 14 more days.")
    else:
        words = _("The code is good for 14 more days. Give her the card.")
    messages.success(request, words)
    return redirect("invitation_card", invitation_id=invitation.pk)


@enrolment_page
@require_POST
def withdraw_invitation(request, invitation_id):
    """Make an invitation void."""
    if make_void(invitation=hers_or_404(request, invitation_id), by=request.user):
        messages.success(
            request, _("The invitation is withdrawn. Its code cannot be used any more.")
        )
    else:
        messages.info(request, _("This invitation was used or withdrawn already."))
    return redirect("invitations")
