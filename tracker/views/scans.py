from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.models import Role
from tracker import actions
from tracker.access import open_pregnancy
from tracker.forms.reasons import ReasonForm
from tracker.forms.scans import CorrectLengthForm, LengthForm
from tracker.models import CervicalLength, Pregnancy

GET_AND_POST = ["GET", "HEAD", "POST"]
FIELDS = ["measured_on", "length_mm", "funneling"]


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def add_length(request, pregnancy_id):
    """Record a transvaginal length, and say at once what it means for her."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    form = LengthForm(
        request.POST or None,
        pregnancy=pregnancy,
        initial={"measured_on": None if pregnancy.ended_on else pregnancy.practice.today()},
    )
    if request.method == "POST":
        if form.is_valid():
            length = actions.record_length(
                pregnancy=pregnancy, by=request.user, **form.cleaned_data
            )
            if length:
                messages.success(request, saved_words(pregnancy, length))
                return redirect(pregnancy)
            form.add_error("measured_on", _("A scan of this day was recorded just now."))
        elif form.was_sent_twice:
            messages.info(request, _("This scan is on record already. It was not stored twice."))
            return redirect(pregnancy)
    return render(request, "tracker/add_length.html", {"pregnancy": pregnancy, "form": form})


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def correct_length(request, pregnancy_id, length_id):
    """Write the right length as a new row; the old one stays, struck through."""
    pregnancy, length = open_length(request, pregnancy_id, length_id)
    form = CorrectLengthForm(
        request.POST or None,
        pregnancy=pregnancy,
        length=length,
        initial={name: getattr(length, name) for name in FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        right = actions.correct_length(length=length, by=request.user, **form.cleaned_data)
        if right:
            messages.success(request, saved_words(pregnancy, right))
        else:
            messages.info(request, _("Someone else was first: look at what stands now."))
        return redirect(pregnancy)
    return show_length(request, "tracker/correct_length.html", pregnancy, length, form)


@role_required(Role.PROVIDER)
@require_http_methods(GET_AND_POST)
def strike_length(request, pregnancy_id, length_id):
    """Strike a length through that was never measured so."""
    pregnancy, length = open_length(request, pregnancy_id, length_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if actions.strike_length(length=length, because=because, by=request.user):
            messages.success(
                request, _("The scan is struck through. %(risk)s") % {"risk": risk_words(pregnancy)}
            )
        return redirect(pregnancy)
    return show_length(request, "tracker/strike_length.html", pregnancy, length, form)


@role_required(Role.PROVIDER)
@require_POST
def discuss_length(request, pregnancy_id, length_id):
    """Note that a short length was talked over with her."""
    pregnancy, length = open_length(request, pregnancy_id, length_id, standing=False)
    if actions.discuss_length(length=length, by=request.user):
        messages.success(request, _("Noted: you talked it over with her."))
    return redirect(pregnancy)


def open_length(
    request, pregnancy_id, length_id, *, standing: bool = True
) -> tuple[Pregnancy, CervicalLength]:
    """Return a length of a record this person may open. What is struck through is not corrected again."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    lengths = pregnancy.cervical_lengths.select_related("recorded_by")
    if standing and request.method != "POST":
        lengths = lengths.standing()
    length = get_object_or_404(lengths, public_id=length_id)
    length.pregnancy = pregnancy
    return pregnancy, length


def show_length(request, template, pregnancy, length, form):
    age = pregnancy.age_on(length.measured_on)
    context = {"pregnancy": pregnancy, "length": length, "age": age, "form": form}
    return render(request, template, context)


def saved_words(pregnancy: Pregnancy, length: CervicalLength) -> str:
    """Return what was stored, with its week, and what it means for her risk."""
    age = pregnancy.age_on(length.measured_on)
    stored = _("Saved: %(mm)s mm at %(age)s.") % {
        "mm": length.length_mm,
        "age": age or _("unknown weeks"),
    }
    short = _("Short: it is on the worklist to discuss until someone has talked it over with her.")
    return " ".join([stored, *([short] if length.is_short else []), risk_words(pregnancy)])


def risk_words(pregnancy: Pregnancy) -> str:
    """Return her risk as it reads now."""
    if pregnancy.is_high_risk:
        return _("Her risk is high: %(reasons)s.") % {"reasons": ", ".join(pregnancy.risk_reasons)}
    return _("No risk is on record now. Check her history.")
