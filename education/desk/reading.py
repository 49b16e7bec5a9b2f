"""The reading grade beside a text while it is written."""

from functools import cache

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.fields import RichTextField
from wagtail.permissions import policy_registry

from education.actions import HARDEST
from education.desk.words import from_editor
from education.facts import CONTENT, read_csv
from education.models import ReviewedText
from education.permissions import REVIEWED
from education.reading import LONGEST, hard_words, long_sentences, plain_text

# The longest lesson has 12 kB; what is much longer is no lesson.
MOST_BYTES = 200_000
TEMPLATE = "education/desk/reading.html"


@cache
def plain_words(language: str) -> dict[str, str]:
    """Return the plain word for each hard one of a language; empty while it has no list."""
    name = f"{language}/hard_words.csv"
    if not (CONTENT / name).exists():
        return {}
    return {row["word"].lower(): row["plain"] for row in read_csv(name)}


def reading_of(text: ReviewedText) -> dict:
    """Return what an editor sees of how hard a text reads."""
    locale = getattr(text, "locale", None) if getattr(text, "locale_id", None) else None
    parts = [getattr(text, "summary", ""), *(plain_text(each) for each in text.texts if each)]
    words, grade = "\n".join(parts), text.grade
    return {
        "grade": grade,
        "hardest": HARDEST,
        "too_hard": grade > HARDEST,
        "reason": text.grade_reason,
        "longest": LONGEST,
        "long_sentences": long_sentences(words),
        "hard_words": hard_words(words, plain_words(locale.language_code if locale else "en")),
    }


@require_POST
def reading(request, kind):
    """Answer how hard the words on an editor's screen read. Nothing is stored."""
    model = {model._meta.model_name: model for model in REVIEWED}.get(kind)
    if model is None:
        raise Http404
    if not policy_registry.get_by_type(model).user_has_permission(request.user, "change"):
        raise PermissionDenied
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(_("This text is too long to be graded. Make two of it."), status=413)
    return render(request, TEMPLATE, {"reading": reading_of(written(model, request.POST))})


def written(model: type[ReviewedText], posted) -> ReviewedText:
    """Return an unsaved text with the words an editor's form holds."""
    rich = [field.name for field in model._meta.fields if isinstance(field, RichTextField)]
    words = {name: from_editor(posted.get(name, "")) for name in rich}
    for name in ("summary", "grade_reason"):
        if name in {field.name for field in model._meta.fields}:
            words[name] = posted.get(name, "")
    return model(**words)
