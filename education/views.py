from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from education.models import Topic, Week


def country_of(request) -> str:
    """Return whose facts apply: the practice's country, or the public one."""
    practice = request.user.practice if request.user.is_authenticated else None
    return practice.country if practice else settings.PUBLIC_COUNTRY


@login_not_required
@require_safe
def library(request):
    """Every week and every topic."""
    context = {
        "weeks": Week.objects.live().only("number", "title"),
        "topics": Topic.objects.live().in_country(country_of(request)),
    }
    return render(request, "education/library.html", context)


@login_not_required
@require_safe
def week(request, number):
    """What matters in one week of pregnancy."""
    lesson = get_object_or_404(Week.objects.live().prefetch_related("sources"), number=number)
    country = country_of(request)
    local = lesson.visits_by_country.filter(country=country).first()
    context = {
        "week": lesson,
        "local_visits": local,
        "topics": Topic.objects.live().for_week(number).in_country(country),
        "near": Week.objects.live().filter(number__in=[number - 1, number + 1]),
    }
    return render(request, "education/week.html", context)


@login_not_required
@require_safe
def topic(request, slug):
    """One lesson on one subject."""
    topics = Topic.objects.live().in_country(country_of(request)).prefetch_related("sources")
    return render(request, "education/topic.html", {"topic": get_object_or_404(topics, slug=slug)})
