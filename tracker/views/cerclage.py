from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker import actions
from tracker.access import open_pregnancy
from tracker.clinical.cerclage import suggested_removal
from tracker.enums import CerclageIndication, RemovalReason
from tracker.forms.cerclage import (
    CorrectRemovalForm,
    CorrectStitchForm,
    RemovalForm,
    StitchForm,
    StrikeForm,
)
from tracker.models import Pregnancy
from tracker.stitches import (
    needs_a_call,
    risks_without_stitch,
    stitch_of,
    stitches_of,
    usual_removal,
)

GET_AND_POST = ["GET", "HEAD", "POST"]
TECHNIQUES = ["McDonald", "Shirodkar"]
STITCH_FIELDS = [
    "indication",
    "placed_on",
    "technique",
    "surgeon",
    "planned_removal_on",
    "outside_because",
]
REMOVAL_FIELDS = ["removed_on", "removed_because", "removal_note"]


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def cerclage(request, pregnancy_id):
    """Her stitches, and the form for a new one while none is in place."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    form = StitchForm(
        request.POST or None,
        pregnancy=pregnancy,
        initial={"planned_removal_on": suggestion(pregnancy)},
    )
    if request.method == "POST" and can_place(request, pregnancy) and form.is_valid():
        if actions.place_stitch(pregnancy=pregnancy, by=request.user, **form.cleaned_data):
            messages.success(request, _("The stitch is on record, and on her pages."))
            return redirect("cerclage", pregnancy_id=pregnancy.pk)
        can_place(request, pregnancy)
    return render(request, "tracker/cerclage.html", context_of(pregnancy, form))


def can_place(request, pregnancy: Pregnancy) -> bool:
    """Tell whether a stitch can be placed now; if not, say why."""
    if not Pregnancy.objects.current().filter(pk=pregnancy.pk).exists():
        messages.info(request, _("This pregnancy has ended. Nothing was stored."))
        return False
    if pregnancy.cerclages.in_place().exists():
        messages.info(
            request, _("A stitch is on record as in place already. No second one was stored.")
        )
        return False
    return True


def suggestion(pregnancy: Pregnancy):
    """Return the day of 37+0, which the form proposes."""
    return suggested_removal(CerclageIndication.HISTORY, pregnancy.due_date)


def context_of(pregnancy: Pregnancy, form) -> dict:
    stitches = stitches_of(pregnancy)
    lines = stitches["stitches"]
    return (
        stitches
        | about_form(pregnancy, form)
        | {
            "in_place": next((each for each in lines if each.row.removed_on is None), None),
            "call_for": needs_a_call(pregnancy, lines),
            "alert": pregnancy.alerts.open().first(),
        }
    )


def about_form(pregnancy: Pregnancy, form) -> dict:
    """Return what the form of a stitch needs around it: suggestions, and the usual dates."""
    staff = pregnancy.practice.people.filter(role=Role.PROVIDER, is_active=True)
    return {
        "pregnancy": pregnancy,
        "form": form,
        "techniques": TECHNIQUES,
        "surgeons": [person.signature for person in staff],
        "usual": usual_removal(pregnancy),
        "suggested": suggestion(pregnancy),
    }


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def remove_stitch(request, pregnancy_id, stitch_id):
    """Record that a stitch came out, and why."""
    pregnancy, stitch = opened(request, pregnancy_id, stitch_id)
    if stitch.removed_on:
        return changed_meanwhile(request, pregnancy)
    form = RemovalForm(
        request.POST or None, stitch=stitch, initial={"removed_on": pregnancy.practice.today()}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        stored = actions.remove_stitch(
            stitch=stitch,
            removed_on=told["removed_on"],
            because=RemovalReason(told["removed_because"]),
            note=told["removal_note"],
            by=request.user,
        )
        return done(request, pregnancy, stored, _("The removal is on record, and on her pages."))
    left = risks_without_stitch(pregnancy)
    return show(request, "tracker/remove_stitch.html", pregnancy, stitch, form, risks_left=left)


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def correct_stitch(request, pregnancy_id, stitch_id):
    """Say what is right about a stitch; the old row stays, struck through."""
    pregnancy, stitch = opened(request, pregnancy_id, stitch_id)
    initial = {name: getattr(stitch, name) for name in STITCH_FIELDS}
    form = CorrectStitchForm(
        request.POST or None, pregnancy=pregnancy, stitch=stitch, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        stored = actions.correct_stitch(stitch=stitch, by=request.user, **form.cleaned_data)
        return done(request, pregnancy, stored, _("The correction is on record."))
    context = about_form(pregnancy, form) | {"stitch": stitch_of(pregnancy, stitch)}
    return render(request, "tracker/correct_stitch.html", context)


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def correct_removal(request, pregnancy_id, stitch_id):
    """Say what is right about a removal, or that it never was: then the stitch is in place again."""
    pregnancy, stitch = opened(request, pregnancy_id, stitch_id)
    if stitch.removed_on is None:
        return changed_meanwhile(request, pregnancy)
    initial = {name: getattr(stitch, name) for name in REMOVAL_FIELDS}
    form = CorrectRemovalForm(request.POST or None, stitch=stitch, initial=initial)
    if request.method == "POST" and form.is_valid():
        stored = store_removal(stitch, form.cleaned_data, by=request.user)
        return done(request, pregnancy, stored, _("The correction is on record."))
    return show(request, "tracker/correct_removal.html", pregnancy, stitch, form)


def store_removal(stitch, told, *, by):
    if told["still_in_place"]:
        return actions.correct_removal(
            stitch=stitch, because=told["because"], removed_on=None, by=by
        )
    return actions.correct_removal(
        stitch=stitch,
        because=told["because"],
        removed_on=told["removed_on"],
        reason=RemovalReason(told["removed_because"]),
        note=told["removal_note"],
        by=by,
    )


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def strike_stitch(request, pregnancy_id, stitch_id):
    """Strike a stitch through that was entered by mistake."""
    pregnancy, stitch = opened(request, pregnancy_id, stitch_id)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stored = actions.strike(entry=stitch, by=request.user, **form.cleaned_data)
        return done(
            request, pregnancy, stored, _("The stitch is struck through, with your reason.")
        )
    return show(request, "tracker/strike_stitch.html", pregnancy, stitch, form)


def opened(request, pregnancy_id, stitch_id):
    """Return the record and one stitch of it that stands; what was struck through is not found."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    return pregnancy, get_object_or_404(pregnancy.cerclages.standing(), public_id=stitch_id)


def done(request, pregnancy, stored, words: str):
    if not stored:
        return changed_meanwhile(request, pregnancy)
    messages.success(request, words)
    return redirect("cerclage", pregnancy_id=pregnancy.pk)


def changed_meanwhile(request, pregnancy):
    messages.info(
        request, _("The record has changed since you opened this page. This is how it stands now.")
    )
    return redirect("cerclage", pregnancy_id=pregnancy.pk)


def show(request, template, pregnancy, stitch, form, **more):
    context = {"pregnancy": pregnancy, "stitch": stitch_of(pregnancy, stitch), "form": form} | more
    return render(request, template, context)
