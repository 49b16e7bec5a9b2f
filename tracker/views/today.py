import uuid

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.models import Topic, Week
from education.shown import lessons_wait, shown_to
from tracker.access import patient_page
from tracker.checklists import progress_of
from tracker.clinical.milestones import Milestone, window
from tracker.models import Pregnancy
from tracker.questions import question_for
from tracker.timelines import milestones_of, ribbon_of


@patient_page
@require_safe
def today(request, pregnancy):
    """What matters now: the advice that stands, her week, what comes next."""
    week, topics = week_of(pregnancy), topics_of(pregnancy)[:3]
    return render(
        request,
        "tracker/today.html",
        {
            "pregnancy": pregnancy,
            "greeting": greeting(),
            "new_report_id": uuid.uuid4(),
            "week": week,
            "topics": topics,
            "lessons_wait": not (week or topics) and lessons_wait(pregnancy.practice),
            "progress": progress_of(pregnancy),
            "question": question_for(pregnancy),
            "last_report": pregnancy.reports.newest_first().first(),
            "removal": window(Milestone.REMOVAL).dates(pregnancy.due_date)
            if pregnancy.due_date
            else None,
        }
        | ribbon_of(pregnancy),
    )


@patient_page
@require_safe
def timeline(request, pregnancy):
    """Her whole pregnancy on one ribbon, with the dates of each window."""
    context = {"pregnancy": pregnancy, "milestones": milestones_of(pregnancy)} | ribbon_of(
        pregnancy
    )
    return render(request, "tracker/timeline.html", context)


def week_of(pregnancy: Pregnancy) -> Week | None:
    """Return the lesson of her week, or None outside weeks 4 to 42."""
    if not pregnancy.age:
        return None
    weeks = Week.objects.filter(number=pregnancy.age.weeks)
    return shown_to(pregnancy.practice, weeks).first()


def topics_of(pregnancy: Pregnancy):
    """Return the lessons that are for her, this week, in her country."""
    practice = pregnancy.practice
    topics = shown_to(practice, Topic.objects.of_practice(practice))
    topics = topics.for_audiences(pregnancy.audiences).in_country(practice.country)
    return topics.for_week(pregnancy.age.weeks) if pregnancy.age else topics


def greeting() -> str:
    """Return the greeting that fits the hour at the practice."""
    hour = timezone.localtime().hour
    if 4 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
