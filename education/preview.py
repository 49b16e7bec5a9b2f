"""How a text looks to a patient who is made up: her week, her risk, her language, her screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from accounts.models import Role

WEEKS = range(4, 43)
# Who reads when nobody said it: in the watch weeks, if the text is for them.
USUAL_WEEK = 16
RISKS = [
    ("everyone", _("No known risk")),
    ("risk", _("At risk")),
    ("cerclage", _("With a stitch")),
]
THEMES = [("light", _("Light")), ("dark", _("Dark"))]
# Whose lessons each of them reads.
READS = {
    "everyone": {"everyone"},
    "risk": {"everyone", "risk"},
    "cerclage": {"everyone", "risk", "cerclage"},
}
PAGES = {
    "topic": "education/topic.html",
    "week": "education/week.html",
}
REMEMBERED = "preview_as"


@dataclass(frozen=True)
class Reader:
    """A patient who does not exist. Templates take her for the person who is signed in."""

    week: int
    risk: str
    theme: str
    language: str
    country: str
    practice: object | None = None

    role = Role.PATIENT
    is_authenticated = False
    is_anonymous = True
    pk = None
    first_name = ""


class ReaderForm(forms.Form):
    """Whom the text is shown to."""

    week = forms.TypedChoiceField(
        label=_("Week"), coerce=int, choices=[(week, str(week)) for week in WEEKS]
    )
    risk = forms.ChoiceField(label=_("Risk"), choices=RISKS)
    theme = forms.ChoiceField(label=_("Screen"), choices=THEMES)
    country = forms.CharField(label=_("Country"), max_length=2, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="preview-%s", **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]


def reader_of(text, request) -> Reader:
    """Return who reads: as chosen in the bar, as chosen last for this text, or someone it is meant for."""
    practice, name = practice_of(request), f"{text._meta.model_name}-{text.pk}"
    if request is None:
        return fitting(text, practice)
    kept = request.session.get(REMEMBERED, {})
    asked = ReaderForm(request.GET) if "week" in request.GET else None
    if asked and asked.is_valid():
        request.session[REMEMBERED] = asked.cleaned_data | {"text": name}
        return reader_from(asked.cleaned_data, practice)
    if kept.get("text") == name:
        return reader_from(kept, practice)
    return fitting(text, practice, kept.get("theme", "light"))


def reader_from(chosen: dict, practice) -> Reader:
    return Reader(
        week=chosen["week"],
        risk=chosen["risk"],
        theme=chosen["theme"],
        language=chosen.get("language") or settings.LANGUAGE_CODE,
        country=(chosen.get("country") or "").upper() or country_of(practice),
        practice=practice,
    )


def fitting(text, practice, theme: str = "light") -> Reader:
    """Return someone who would be shown the text."""
    first, last = weeks_of(text)
    chosen = {
        "week": max(first, min(USUAL_WEEK, last)),
        "risk": "cerclage" if getattr(text, "group", "") == "stitch" else audience_of(text),
        "theme": theme,
        "country": getattr(text, "country", ""),
    }
    return reader_from(chosen, practice)


def practice_of(request):
    """Return the practice of whoever writes, or None."""
    return getattr(getattr(request, "user", None), "practice", None)


def country_of(practice) -> str:
    return practice.country if practice else settings.PUBLIC_COUNTRY


def audience_of(text) -> str:
    return getattr(text, "audience", "") or "everyone"


def why_not_shown(text, reader: Reader) -> Iterator[str]:
    """Yield each reason why this patient would not be shown the text."""
    country = getattr(text, "country", "")
    if country and country != reader.country:
        yield gettext("It is shown in %(country)s only.") % {"country": country}
    if audience_of(text) not in READS[reader.risk]:
        yield gettext("It is for: %(audience)s.") % {"audience": text.get_audience_display()}
    if getattr(text, "group", "") == "stitch" and reader.risk != "cerclage":
        yield gettext("Only someone with a stitch finds this sign on the form.")
    first, last = weeks_of(text)
    if first == last != reader.week:
        yield gettext("It is for week %(last)s; she is in week %(week)s.") % {
            "last": last,
            "week": reader.week,
        }
    elif not first <= reader.week <= last:
        yield gettext("It is for weeks %(first)s to %(last)s; she is in week %(week)s.") % {
            "first": first,
            "last": last,
            "week": reader.week,
        }


def weeks_of(text) -> tuple[int, int]:
    """Return the first and last week a text is for; what an editor left open is no limit."""
    number = getattr(text, "number", None)
    first = number or getattr(text, "week_from", None) or WEEKS[0]
    return first, number or getattr(text, "week_to", None) or WEEKS[-1]


def still_found(text, reader: Reader) -> bool:
    """Tell whether she can open it in the library all the same; only another country's is closed to her."""
    country = getattr(text, "country", "")
    return text._meta.model_name in PAGES and country in ("", reader.country)


class PreviewedAsPatient(PreviewableMixin):
    """A text whose preview is the page a patient of a chosen week and risk sees."""

    class Meta:
        abstract = True

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        reader = {"reader": reader_of(self, original_request)}
        extra = {**(extra_request_attrs or {}), **reader}
        return super().make_preview_request(original_request, preview_mode, extra)

    def serve_preview(self, request, mode_name):
        reader = getattr(request, "reader", None) or fitting(self, None)
        request.user = reader
        with translation.override(reader.language):
            context = page_of(self, reader) | bar_of(self, reader, request)
            return HttpResponse(render_to_string("education/preview_frame.html", context, request))


def page_of(text, reader: Reader) -> dict:
    """Return what the patient's page needs, with nobody's record behind it."""
    kind = text._meta.model_name
    context = {
        "page": PAGES.get(kind, "education/preview.html"),
        "object": text,
        "kind": kind,
        kind: text,
        "practice": reader.practice,
        "practice_is_closed": False,
        "messages": [],
        "standing": None,
        "own_record": None,
    }
    if kind == "week":
        local = text.visits_by_country.filter(country=reader.country).first()
        context |= {"local_visits": local, "topics": [], "near": []}
    return context


def bar_of(text, reader: Reader, request) -> dict:
    """Return what stands above the page: who reads, and what she would not see."""
    chosen = {name: getattr(reader, name) for name in ReaderForm.base_fields}
    return {
        "theme": reader.theme,
        "bar": ReaderForm(initial=chosen),
        "reasons": list(why_not_shown(text, reader)),
        "still_found": still_found(text, reader),
        "in_panel": getattr(request, "in_preview_panel", False),
    }
