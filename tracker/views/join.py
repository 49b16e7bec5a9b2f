from allauth.core.internal import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from tracker.actions import Account, confirm_identity, join_again
from tracker.actions import join as make_account
from tracker.codes import grouped, read_code
from tracker.forms import AccountForm, AgreeForm, CodeForm, IdentityForm
from tracker.invitations import consent_words, is_person
from tracker.models import Invitation
from tracker.models.enrolment import WRONG_TRIES

CONFIRMED = "joining"
BACKEND = "accounts.backends.EmailBackend"
# Wrong codes from one address in an hour, then nothing from there is looked up.
LIMITS = {"code": "20/h/ip"}
# Withdrawn is answered like unknown. Who holds a card that was real may know what became of it.
UNKNOWN = "unknown"


def one_more_wrong_code(request) -> None:
    limit(request, dry_run=False)


def is_guessing(request) -> bool:
    return limit(request, dry_run=True) is None


def limit(request, *, dry_run: bool):
    return ratelimit.consume(
        request, app="cinta.join", action="code", config=LIMITS, dry_run=dry_run, limit_get=True
    )


def posted(request):
    """Return what was sent, also when it is nothing; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def invitation_with(code: str) -> Invitation | None:
    return Invitation.objects.select_related("practice").filter(code=code).first()


def refusal_of(invitation: Invitation | None) -> str:
    """Return why a code cannot be used, or nothing."""
    if invitation is None or invitation.stage == "withdrawn":
        return UNKNOWN
    return "" if invitation.stage == "open" else invitation.stage


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request):
    """Type the code of a card by hand."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect("join", code=read_code(form.cleaned_data["code"]) or "-")
    return render(request, "tracker/enter_code.html", {"form": form})


def refuse(request, code: str, reason: str, invitation: Invitation | None = None, status=404):
    """Say that a code cannot be used, with the form to try another."""
    words = {
        "used": _("This code was used already. If it was you, sign in."),
        "expired": _("This code is too old. Ask your practice for a new one."),
        "blocked": _("This code was tried too often. Ask your practice for a new one."),
        "guessing": _("Too many wrong codes came from here. Wait an hour, or call your practice."),
    }.get(reason, _("This code cannot be used. Ask your practice for a new one."))
    form = CodeForm({"code": grouped(code[:30]) or "-"})
    form.is_valid()
    form.add_error("code", words)
    place = invitation.practice if invitation and reason != UNKNOWN else None
    context = {"form": form, "reason": reason, "place": place}
    return render(request, "tracker/enter_code.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, code):
    """Join with a code: first who she is, then how she signs in and what she agrees to."""
    code = read_code(code)
    if is_guessing(request):
        return refuse(request, code, "guessing", status=429)
    invitation = invitation_with(code)
    if invitation and invitation.used_by_id and invitation.used_by_id == request.user.pk:
        return redirect("start")  # Sent twice: she is in.
    if reason := refusal_of(invitation):
        one_more_wrong_code(request)
        return refuse(request, code, reason, invitation, status=404 if reason == UNKNOWN else 410)
    if request.user.is_authenticated:
        return join_signed_in(request, invitation)
    if request.session.get(CONFIRMED) == str(invitation.pk):
        return join_with_account(request, invitation)
    return join_as(request, invitation)


def join_as(request, invitation):
    """Ask who she is. Five wrong answers, and the code is void."""
    form = IdentityForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if confirm_identity(invitation=invitation, **form.cleaned_data):
            request.session[CONFIRMED] = str(invitation.pk)
            return redirect("join", code=invitation.code)
        invitation.refresh_from_db(fields=["wrong_tries"])
        if refusal_of(invitation):
            return refuse(request, invitation.code, refusal_of(invitation), invitation, status=410)
        form.add_error(None, mismatch(WRONG_TRIES - invitation.wrong_tries))
    return show(request, invitation, "identity", form)


def mismatch(left: int) -> str:
    words = _(
        "This is not what your practice wrote down. Check the spelling and the date, or call them."
        " Tries left: %(left)d."
    )
    return words % {"left": left}


def join_with_account(request, invitation):
    """Make her account with her consent, and sign her in."""
    form = AccountForm(posted(request), invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            patient = make_account(invitation=invitation, account=account_in(form))
        except IntegrityError:
            form.email_is_taken = True
            form.add_error("email", _("Someone signs in with this e-mail already. Is it you?"))
        else:
            return welcome(request, patient, invitation)
    return show(request, invitation, "account", form)


def account_in(form) -> Account:
    names = ("email", "password", "language", "needs_interpreter")
    return Account(**{name: form.cleaned_data[name] for name in names})


def welcome(request, patient, invitation):
    """Sign a new patient in; without one, the invitation was used by another request meanwhile."""
    if patient is None:
        return redirect("join", code=invitation.code)
    login(request, patient, backend=BACKEND)
    request.session.pop(CONFIRMED, None)
    return redirect("today")


def join_signed_in(request, invitation):
    """Let a patient use a new card for a new pregnancy; everyone else is told whose card this is."""
    if not is_hers(request.user, invitation):
        return show(request, invitation, "other")
    if request.user.pregnancies.current().exists():
        return show(request, invitation, "running")
    form = AgreeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        join_again(invitation=invitation, by=request.user)
        return redirect("today")
    return show(request, invitation, "again", form)


def is_hers(user, invitation) -> bool:
    same_place = user.role == Role.PATIENT and user.practice_id == invitation.practice_id
    return same_place and is_person(invitation, user.first_name, user.last_name, user.born_on)


def show(request, invitation, step, form=None):
    context = {
        "invitation": invitation,
        "place": invitation.practice,
        "step": step,
        "form": form,
        "consent": consent_words(invitation.practice),
    }
    return render(request, "tracker/join.html", context)
