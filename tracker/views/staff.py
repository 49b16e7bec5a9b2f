from django.contrib import messages
from django.db.models import Max, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import practice_required, role_required
from accounts.forms import ColleagueForm, InviteColleagueForm
from accounts.models import ChangeSubject, PracticeChange, Role, User
from accounts.views.practice import changes_of
from accounts.welcome import send_link
from tracker.actions import change_colleague, deactivate, invite_colleague, reactivate

STAFF_ROLES = [Role.PROVIDER, Role.MANAGER]
LINKS = [ChangeSubject.LINK_SENT, ChangeSubject.LINK_FAILED]


def staff_of(request):
    """Return the people who work at the manager's own practice."""
    return User.objects.filter(
        practice=request.user.practice_id, role__in=STAFF_ROLES
    ).select_related("practice")


def named_in(request) -> User:
    """Return the colleague a button names; 404 for anyone who does not work here."""
    try:
        return staff_of(request).get(pk=int(request.POST.get("person", "")))
    except (ValueError, OverflowError, User.DoesNotExist):
        raise Http404 from None


def form_for(person: User, request, data=None) -> ColleagueForm:
    # A copy of its own: a refused form must not change the name in the list.
    own = User.objects.get(pk=person.pk) if data is not None else person
    keeps = person.pk == request.user.pk
    return ColleagueForm(data, instance=own, prefix=f"c{person.pk}", keeps_role=keeps)


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request):
    """Who works at the practice; change a colleague, let her go, take her back, send her link again."""
    if request.method != "POST":
        return staff_page(request)
    person = named_in(request)
    steps = {
        "deactivate": let_go,
        "reactivate": take_back,
        "send": send_again,
        "change": change,
    }
    return steps.get(request.POST.get("do", ""), change)(request, person)


def staff_page(request, refused: ColleagueForm | None = None):
    people = list(staff_of(request).order_by("-is_active", "last_name", "first_name"))
    mailed = last_links(request.user.practice)
    rows = []
    for person in people:
        is_refused = refused is not None and refused.instance.pk == person.pk
        form = refused if is_refused else form_for(person, request)
        row = {"person": person, "form": form, "link": mailed.get(person.pk)}
        rows.append(row | {"is_open": is_refused})
    changes = changes_of(request.user.practice, ChangeSubject.STAFF, *LINKS)
    context = {"rows": rows, "refused": refused, "changes": changes}
    return render(request, "tracker/staff.html", context)


def last_links(practice) -> dict[int, PracticeChange]:
    """Return the last mail with a link of each colleague who has not signed in yet."""
    waiting = Q(subject__in=LINKS, person__last_login=None)
    newest = practice.changes.filter(waiting).values("person").annotate(last=Max("pk"))
    found = PracticeChange.objects.filter(pk__in=[each["last"] for each in newest])
    return {each.person_id: each for each in found}


def change(request, person: User):
    form = form_for(person, request, request.POST)
    if not form.is_valid():
        return staff_page(request, refused=form)
    if change_colleague(person=person, values=form.cleaned_data, by=request.user):
        messages.success(request, _("%s: saved.") % form.instance.signature)
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    return redirect("staff")


def let_go(request, person: User):
    if deactivate(person=person, by=request.user):
        words = _("%s cannot sign in any more. Alerts only this person had are told anew.")
        messages.success(request, words % person.signature)
    elif person.pk == request.user.pk:
        messages.error(request, _("You cannot deactivate yourself. Ask another manager."))
    else:
        messages.info(request, _("Nothing was changed. Look at the list below."))
    return redirect("staff")


def take_back(request, person: User):
    if reactivate(person=person, by=request.user):
        words = _("%s can sign in again. On-call turns do not come back by themselves.")
        messages.success(request, words % person.signature)
    else:
        messages.info(request, _("Nothing was changed. Look at the list below."))
    return redirect("staff")


def send_again(request, person: User):
    if person.last_login or not person.is_active:
        messages.info(request, _("No link was sent: it is for people who have yet to sign in."))
    else:
        tell_whether_sent(request, person)
    return redirect("staff")


def tell_whether_sent(request, person: User) -> None:
    if send_link(person=person, by=request.user):
        messages.success(request, _("The link was sent to %s.") % person.email)
    else:
        messages.error(
            request,
            _("The link to %s could not be sent. Try “Send the link again”.") % person.email,
        )


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_staff(request):
    """Make an account for a colleague, and mail her the link to set a password."""
    form = InviteColleagueForm(
        request.POST or None, instance=User(practice=request.user.practice), initial={"role": Role.PROVIDER}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person = invite_colleague(practice=request.user.practice, values=values, by=request.user)
        tell_whether_sent(request, person)
        return redirect("staff")
    return render(request, "tracker/invite_staff.html", {"form": form})
