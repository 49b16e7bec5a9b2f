import datetime

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.actions import add_holidays, change_hours, change_practice, remove_holiday
from accounts.decorators import practice_required, role_required
from accounts.forms import HolidayForm, PracticeForm, WeekForm
from accounts.models import ChangeSubject, Practice, Role

MOST_CHANGES = 50


def changes_of(practice: Practice, *subjects: ChangeSubject):
    """Return the last changes of a practice with the people in them, newest first."""
    found = practice.changes.select_related("by", "person")
    return (found.filter(subject__in=subjects) if subjects else found)[:MOST_CHANGES]


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request):
    """The settings of the practice, and what was changed so far."""
    # A copy: what is typed wrongly must not reach the numbers at the head of this very page.
    own = Practice.objects.get(pk=request.user.practice_id)
    form = PracticeForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        if change_practice(practice=own, values=form.values, by=request.user):
            messages.success(request, _("Saved. Patients see it from now on."))
        else:
            messages.info(request, _("Nothing was different, so nothing was changed."))
        return redirect("practice")
    context = {"form": form, "changes": changes_of(request.user.practice)}
    return render(request, "accounts/practice.html", context)


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening_hours(request):
    """The hours of each weekday."""
    own = request.user.practice
    form = WeekForm(request.POST or None, practice=own)
    if request.method == "POST" and form.is_valid():
        if change_hours(practice=own, stretches=form.stretches, by=request.user):
            messages.success(request, _("The opening hours are saved."))
        else:
            messages.info(request, _("Nothing was different, so nothing was changed."))
        return redirect("opening_hours")
    context = {"form": form, "changes": changes_of(own, ChangeSubject.HOURS)}
    return render(request, "accounts/opening_hours.html", context)


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request):
    """The days on which the practice is closed: add several at once, take one away."""
    own = request.user.practice
    if request.method == "POST" and "remove" in request.POST:
        return open_again(request, own)
    form = HolidayForm(request.POST or None, practice=own)
    if request.method == "POST" and form.is_valid():
        days, name = form.cleaned_data["days"], form.cleaned_data["name"]
        number = add_holidays(practice=own, days=days, name=name, by=request.user)
        words = ngettext("%d day off is added.", "%d days off are added.", number)
        messages.success(request, words % number)
        return redirect("holidays")
    known, today = list(own.holidays.all()), own.today()
    context = {
        "form": form,
        "ahead": [each for each in known if each.day >= today],
        "past": [each for each in reversed(known) if each.day < today],
        "changes": changes_of(own, ChangeSubject.HOLIDAYS),
    }
    return render(request, "accounts/holidays.html", context)


def open_again(request, own: Practice):
    """Take one day off away."""
    try:
        day = datetime.date.fromisoformat(request.POST["remove"])
    except ValueError:
        day = None
    if day and remove_holiday(practice=own, day=day, by=request.user):
        messages.success(request, _("The practice is open on %s by its usual hours.") % day)
    else:
        messages.info(request, _("That day was not a day off any more. Nothing was changed."))
    return redirect("holidays")
