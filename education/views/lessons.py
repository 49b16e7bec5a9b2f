from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from education.models import Term, Topic, Week
from education.shown import paragraphs_shown_to, shown_to
from education.words import words_used


def practice_of(request):
    """Return the practice of whoever reads, or None."""
    return request.user.practice if request.user.is_authenticated else None


def country_of(request) -> str:
    """Return whose facts apply: the practice's country, or the public one."""
    practice = practice_of(request)
    return practice.country if practice else settings.PUBLIC_COUNTRY


def topics_for(request):
    """Return the topics this reader may see."""
    practice = practice_of(request)
    return shown_to(practice, Topic.objects.of_practice(practice)).in_country(country_of(request))


def weeks_for(request):
    """Return the weeks this reader may see."""
    return shown_to(practice_of(request), Week.objects)


@login_not_required
@require_safe
def library(request):
    """Every week and every topic."""
    context = {"weeks": weeks_for(request).only("number", "title"), "topics": topics_for(request)}
    return render(request, "education/library.html", context)


@login_not_required
@require_safe
def week(request, number):
    """What matters in one week of pregnancy."""
    weeks = weeks_for(request)
    lesson = weeks.filter(number=number).with_standing().first()
    if lesson is None:
        return not_open(request, Week.objects.filter(number=number))
    terms = shown_to(practice_of(request), Term.objects).select_related("approval", "locale")
    context = {
        "week": lesson,
        "words": words_used("\n".join([lesson.summary, *lesson.texts]), terms),
        "local_visits": lesson.visits_by_country.filter(country=country_of(request)).first(),
        "topics": topics_for(request).for_week(number),
        "near": weeks.filter(number__in=[number - 1, number + 1]),
        "ours": paragraphs_shown_to(practice_of(request), week=lesson),
    }
    return render(request, "education/week.html", context)


@login_not_required
@require_safe
def topic(request, slug):
    """One lesson on one subject."""
    lesson = topics_for(request).filter(slug=slug).with_standing().first()
    if lesson is None:
        known = Topic.objects.of_practice(practice_of(request)).in_country(country_of(request))
        return not_open(request, known.filter(slug=slug, practice=None))
    ours = paragraphs_shown_to(practice_of(request), topic=lesson)
    return render(request, "education/topic.html", {"topic": lesson, "ours": ours})


def not_open(request, lessons):
    """Say that a lesson waits for a clinician, with the numbers to call; 404 when there is none at all."""
    lesson = get_object_or_404(lessons.live().in_language())
    if lesson.approval_id or not lesson.shipped:
        raise Http404
    return render(request, "education/not_open.html", status=404)
