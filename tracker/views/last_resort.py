"""The answers when nothing else can answer: no database, no session, no context processor.

Whatever is missing is read in the strictest way, and nothing is said to be told that is not stored.
"""

import logging
import uuid
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.phones import dial
from tracker.advice import Advice, advice_of, assess_for
from tracker.clinical.triage import RULES_VERSION, Assessment, strictest
from tracker.enums import FollowUpAnswer, Symptom
from tracker.models import SymptomReport
from tracker.numbers import Numbers, numbers_in, public_numbers

logger = logging.getLogger(__name__)

# What a device's queue reads to know what became of its entry; beside these, the id of the stored row.
STORED_HEADER = "Report-Stored"
NOT_STORED, REFUSED, SIGNED_OUT = "no", "refused", "signed-out"

SENT_AGAIN = ("symptoms", "started", "note", "report_id", "feel_ok")
# Signs that mean the hospital while her week and risk are not known, in few words.
GO_NOW = {
    Symptom.FLUID_GUSH: _("A gush of fluid"),
    Symptom.BLEED_HEAVY: _("Heavy bleeding, or clots"),
    Symptom.BULGE: _("Something coming out, or a bulge"),
    Symptom.ABDO_SEVERE: _("Strong belly pain that does not stop"),
    Symptom.BREATHLESS: _("Trouble breathing"),
    Symptom.CHEST_PAIN: _("Chest pain"),
    Symptom.FAINT: _("Fainting"),
    Symptom.SEIZURE: _("A seizure"),
    Symptom.MOVE_STOP: _("Your baby has stopped moving"),
}


@dataclass
class InHand:
    """What is known so far of the report a request carries. Whoever learns more writes it here."""

    is_hers: bool = True
    numbers: Numbers | None = None
    assessment: Assessment | None = None
    report: SymptomReport | None = None


@dataclass(frozen=True)
class Said:
    """What could be read of a report. A body that cannot be read said nothing."""

    codes: frozenset[str] = frozenset()
    feels_ok: bool = False
    note: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)


def is_report(request: HttpRequest) -> bool:
    """Tell whether a request tells us how she feels: the form, or "still there" to a question."""
    if request.method != "POST":
        return False
    return request.path_info == reverse("report_symptoms") or is_still_there(request)


def is_still_there(request: HttpRequest) -> bool:
    question = reverse("answer_follow_up", args=[uuid.UUID(int=0)])
    if not request.path_info.startswith(question.split("0000")[0]):
        return False
    try:
        return request.POST.get("answer") != FollowUpAnswer.GONE
    except Exception:
        return True


def in_hand(request: HttpRequest) -> InHand:
    """Return what is known of this request's report, kept on the request itself."""
    if not hasattr(request, "report_in_hand"):
        request.report_in_hand = InHand()
    return request.report_in_hand


def answer(request: HttpRequest, outcome: str = NOT_STORED) -> HttpResponse:
    """Answer a report with its advice. Never raises."""
    hand = in_hand(request)
    if hand.report is not None:
        outcome = str(hand.report.pk)
    try:
        page = advice_page(request, hand, outcome)
    except Exception:
        logger.exception("The page of last resort failed; the bare one is shown.")
        page = bare_page(request, is_stored=hand.report is not None)
    response = HttpResponse(page)
    response[STORED_HEADER] = outcome
    patch_cache_control(response, private=True, no_store=True)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: a report with advice, anything else with a way on."""
    if is_report(request) and in_hand(request).is_hers:
        # A browser without a secret gets one here, so that the page can offer to send it again.
        get_token(request)
        return answer(request)
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when a page broke, perhaps because there is no database: with the numbers to call."""
    try:
        page = get_template("500.html").render(numbers_context(request))
    except Exception:
        logger.exception("The error page failed; the bare one is shown.")
        page = bare_page(request)
    return HttpResponse(page, status=500)


def advice_page(request: HttpRequest, hand: InHand, outcome: str) -> str:
    said = said_in(request)
    is_stored, is_signed_out = hand.report is not None, outcome == SIGNED_OUT
    context = {
        "advice": advice_on(said, hand),
        "said": said,
        "words": [words_of(code) for code in sorted(said.codes)],
        "is_stored": is_stored,
        "is_signed_out": is_signed_out,
        "is_strictest": hand.assessment is None,
        "rules_version": RULES_VERSION,
        "fields_again": [] if is_stored or is_signed_out else said.fields,
        "csrf_token": token_of(request),
    }
    return get_template("tracker/last_resort.html").render(numbers_context(request) | context)


def said_in(request: HttpRequest) -> Said:
    """Read what she sent. A body that is broken or too large is not read in part: a sign could be missing."""
    try:
        sent: QueryDict = request.POST
    except Exception:
        return Said()
    return Said(
        codes=frozenset(code.upper() for code in sent.getlist("symptoms")),
        feels_ok=bool(sent.get("feel_ok")) and not sent.getlist("symptoms"),
        note=sent.get("note", ""),
        fields=fields_again(sent),
    )


def fields_again(sent: QueryDict) -> list[tuple[str, str]]:
    """Return the fields that say the same again; not the clocks, which would be wrong by then."""
    return [(name, value) for name in SENT_AGAIN for value in sent.getlist(name)]


def advice_on(said: Said, hand: InHand) -> Advice | None:
    """Return the advice: what was decided before things broke, else the strictest that fits.

    None only for "I feel OK", which asks for none. Who said nothing we can read may have said anything.
    """
    if said.feels_ok:
        return None
    decided = assess_for(None, said.codes) if said.codes else strictest()
    return advice_of(hand.assessment or decided, said.codes)


def words_of(code: str) -> str:
    return str(Symptom(code).label) if code in Symptom.values else code.replace("_", " ").lower()


def token_of(request: HttpRequest) -> str:
    """Return a token for sending it again, if this browser has a secret to check it against."""
    return get_token(request) if request.META.get("CSRF_COOKIE") else ""


def numbers_for(request: HttpRequest) -> Numbers:
    return in_hand(request).numbers or numbers_in(request) or public_numbers()


def numbers_context(request: HttpRequest) -> dict:
    numbers = numbers_for(request)
    return {
        "practice": numbers,
        "emergency_number": numbers.emergency_number,
        "go_now": list(GO_NOW.values()),
    }


def bare_page(request: HttpRequest, *, is_stored: bool = False) -> str:
    """Return a page made of nothing but text and numbers, for when not even a template can be drawn."""
    numbers = numbers_for(request)
    lines = [
        (dial(number, numbers.country), number)
        for number in (numbers.emergency_number, numbers.hospital_phone, numbers.phone)
        if number
    ]
    told = _("We saved what you told us.") if is_stored else _("Your care team has not been told.")
    return format_html(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{0}</title>'
        '<main data-report-urgency="emergency"><section data-urgency="emergency"><h1>{0}</h1>'
        "<p><strong>{1}</strong> {2}</p>{3}</section></main></html>",
        _("Go to the hospital now"),
        told,
        _("Something is broken on our side. Call now:"),
        format_html_join("", '<p><a href="tel:{}">{}</a></p>', lines),
    )
