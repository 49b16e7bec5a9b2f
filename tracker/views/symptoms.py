import logging
import uuid
from dataclasses import replace

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import own_record
from tracker.actions import report_feeling_ok
from tracker.actions import report_symptoms as store_report
from tracker.advice import advice_of, advice_of_report, answers_for, assess_for
from tracker.clinical.triage import RULES_VERSION, Assessment, assess, strictest
from tracker.enums import Started
from tracker.forms import ReportForm
from tracker.models import Pregnancy, SymptomReport
from tracker.signs import GROUP_LABELS, OPEN_GROUPS, labels_of, signs_on_the_form
from tracker.views.last_resort import NOT_STORED, REFUSED, STORED_HEADER, fields_again, in_hand

logger = logging.getLogger(__name__)


@role_required(Role.PATIENT)
@require_safe
def symptoms(request):
    """Everything she reported, newest first; also what she reported before it ended."""
    pregnancy = own_record(request)
    if pregnancy is None:
        return render(request, "tracker/no_pregnancy.html")
    reports = list(pregnancy.reports.newest_first().select_related("alert__acknowledged_by"))
    words = labels_of((code for report in reports for code in report.symptoms), pregnancy)
    rows = [(report, [words[code] for code in report.symptoms]) for report in reports]
    return render(request, "tracker/symptoms.html", {"rows": rows})


@role_required(Role.PATIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def report_symptoms(request):
    """The form; and, to a report, the advice itself: one answer, no second request to lose."""
    pregnancy = own_record(request)
    if request.method != "POST":
        # A sign she looked up is ticked already; she looks at it and saves.
        initial = {"report_id": uuid.uuid4(), "symptoms": request.GET.getlist("symptoms")}
        return show_form(request, pregnancy, ReportForm(initial=initial))
    form = ReportForm(request.POST)
    if not form.is_valid():
        response, outcome = show_form(request, pregnancy, form), REFUSED
    else:
        tell = advise if form.cleaned_data["symptoms"] else thank
        response, outcome = tell(request, pregnancy, form), stored_id(request)
    response[STORED_HEADER] = outcome
    return response


@role_required(Role.PATIENT)
@require_safe
def advice(request, report_id):
    """What she was told for one report, and what has happened since."""
    reports = SymptomReport.objects.filter(pregnancy__in=Pregnancy.objects.visible_to(request.user))
    report = get_object_or_404(reports.select_related("alert__acknowledged_by"), pk=report_id)
    if report.feels_ok:
        return render(request, "tracker/thanks.html", {"report": report})
    return show_advice(request, own_record(request), advice_of_report(report), report)


@role_required(Role.PATIENT)
@require_POST
def preview_advice(request):
    """Say what all ticked signs together would mean, while she is still ticking. Stores nothing."""
    codes = {str(code).upper() for code in request.POST.getlist("symptoms")}
    assessment = assess_for(own_record(request), codes) if codes else None
    preview = advice_of(assessment, codes) if assessment else None
    return render(request, "tracker/preview_advice.html", {"preview": preview})


def advise(request, pregnancy, form):
    """Decide first, then store; whatever fails after that, she gets the advice."""
    symptoms = form.cleaned_data["symptoms"]
    made_at = form.said_at(timezone.now())
    assessment = assess_then_and_now(pregnancy, symptoms, made_at)
    in_hand(request).assessment = assessment
    report = keep(
        store_report,
        request,
        pregnancy,
        form,
        made_at=made_at,
        symptoms=symptoms,
        assessment=assessment,
        started=form.cleaned_data["started"],
        note=form.cleaned_data["note"],
        by=request.user,
    )
    shown = advice_of_report(report) if report else advice_of(assessment, symptoms)
    return show_advice(request, pregnancy, shown, report)


def assess_then_and_now(pregnancy, symptoms, made_at) -> Assessment:
    """Return the stricter of two: for the day she said it, and for today. Urgency never falls."""
    now = assess_for(pregnancy, symptoms)
    if pregnancy is None or pregnancy.ended_on:
        return now
    try:
        age = pregnancy.age_on(timezone.localdate(made_at, timezone=pregnancy.practice.zone))
        answers = answers_for(pregnancy, symptoms)
        then = assess(replace(answers, gestational_days=age.total_days if age else None))
    except Exception:
        logger.exception("The rules failed for the day of a report; the strictest advice is shown.")
        return strictest()
    return max(now, then, key=lambda assessment: assessment.urgency)


def keep(action, request, pregnancy, form, **told):
    """Store a report with an action. Return None when that failed: it must not stand before the advice."""
    if pregnancy is None:
        return None
    try:
        report = action(
            pregnancy=pregnancy,
            report_id=form.cleaned_data["report_id"],
            device_clock=form.cleaned_data["device_made_at"],
            **told,
        )
    except Exception:
        logger.exception("A report could not be stored; the patient was told so.")
        return None
    in_hand(request).report = report
    return report


def stored_id(request) -> str:
    """Return the id of the row that stands in the database for this report, or that there is none."""
    report = in_hand(request).report
    return str(report.pk) if report else NOT_STORED


def show_advice(request, pregnancy, advice, report):
    """Show the advice page; without a stored report it says that nobody was told."""
    context = {
        "pregnancy": pregnancy,
        "advice": advice,
        "report": report,
        "words": list(labels_of(advice.symptoms, pregnancy).values()),
        "stitch": pregnancy.cerclages.in_place().first() if pregnancy else None,
        "rules_version": advice.version or RULES_VERSION,
        "is_answer": request.method == "POST",
        "fields_again": [] if report else fields_again(request.POST),
        "full_page": advice.is_hospital and not (report and report.alert.resolved_at),
    }
    return render(request, "tracker/advice.html", context)


def thank(request, pregnancy, form):
    """Store "I feel OK" and thank her; the warning signs stay one tap away."""
    made_at = form.said_at(timezone.now())
    report = keep(report_feeling_ok, request, pregnancy, form, made_at=made_at)
    context = {"report": report, "fields_again": [] if report else fields_again(request.POST)}
    return render(request, "tracker/thanks.html", context)


def show_form(request, pregnancy, form):
    """Show the form with what she ticked; after a refusal, her advice stands above the error."""
    ticked = ticked_codes(form)
    context = {
        "form": form,
        "groups": groups_for(pregnancy, ticked),
        "report_id": form["report_id"].value() or uuid.uuid4(),
        "started_choices": Started.choices,
        "started": form["started"].value() or "",
        "advice": advice_of(assess_for(pregnancy, ticked), ticked)
        if ticked and form.is_bound
        else None,
        "pregnancy": pregnancy,
    }
    return render(request, "tracker/report_symptoms.html", context)


def ticked_codes(form) -> set[str]:
    """Return the codes a refused form carried, or that a new one begins with, known or not."""
    return {str(code).upper() for code in form["symptoms"].value() or []}


def groups_for(pregnancy, ticked) -> list[dict]:
    """Return the groups of the form; each sign carries the level it would have for her, alone."""
    with_stitch = pregnancy.stitch_in_place if pregnancy else False
    groups: dict[str, list] = {group: [] for group in GROUP_LABELS}
    for sign in signs_on_the_form(pregnancy, with_stitch=with_stitch):
        sign.level = advice_of(assess_for(pregnancy, [sign.code]), [sign.code])
        sign.is_ticked = sign.code in ticked
        groups[sign.group].append(sign)
    return [
        {
            "label": GROUP_LABELS[group],
            "name": group,
            "signs": signs,
            "is_plain": group in OPEN_GROUPS,
            "is_open": any(sign.is_ticked for sign in signs),
        }
        for group, signs in groups.items()
        if signs
    ]
