"""The manager's library: who answers for what her patients read, and what her practice makes of it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import practice_required, role_required
from accounts.models import Practice, Role
from education.actions import accept_unreviewed, end_acceptance
from education.actions import hide_topic as hide
from education.actions import show_topic as show
from education.forms import AcceptanceForm
from education.models import ChecklistItem, HiddenTopic, OwnParagraph, Topic, Week
from education.paragraphs import replaceable
from education.shown import acceptance_of
from education.standing import checked_of_library, with_their_standing
from education.views.practice_paragraphs import Fit


def library_topics(practice: Practice):
    """Return the shared library's topics as they apply in the practice's country, hidden or not."""
    topics = Topic.objects.live().filter(practice=None).in_country(practice.country)
    return topics.in_language()


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_library(request):
    """Who answers for the library, and what of it is the practice's own."""
    if request.method == "POST" and "end" in request.POST:
        return end(request)
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted = accept_unreviewed(days=form.cleaned_data["days"], by=request.user)
        day = f"{accepted.until:%Y-%m-%d}"
        messages.success(request, _("Your patients read these texts until %s.") % day)
        return redirect("practice_library")
    return render(request, "education/practice_library.html", library_of(request, form))


def end(request):
    """Close the unreviewed texts at once."""
    if end_acceptance(by=request.user):
        messages.success(request, _("Ended. Your patients see only what a clinician has checked."))
    else:
        messages.info(request, _("Nobody was answering for them any more. Nothing was changed."))
    return redirect("practice_library")


def library_of(request, form) -> dict:
    """Return everything the page shows; the same number of queries however much it is."""
    practice = request.user.practice
    checked = checked_of_library()
    own = Topic.objects.filter(practice=practice).order_by("week_from", "week_to", "title")
    return {
        "form": form,
        "is_demo": settings.DEMO,
        "accepted": acceptance_of(practice),
        "history": history_of(practice),
        "checked": checked,
        "approved": sum(each.approved for each in checked),
        "unapproved": sum(each.waiting for each in checked),
        "own_topics": with_their_standing(own.select_related(*ANSWERS)),
        "paragraphs": paragraphs_of(practice),
        "topics": topics_of(practice),
        "weeks": Week.objects.live().in_language().only("number", "title"),
    }


ANSWERS = ("approval__reviewer", "latest_revision__user")


def history_of(practice: Practice) -> list:
    """Return who answered for the unreviewed texts before, the newest first."""
    past = practice.acceptances.exclude(pk__in=practice.acceptances.open_on(practice.today()))
    return list(past.select_related("accepted_by", "ended_by")[:20])


def paragraphs_of(practice: Practice) -> list[Fit]:
    """Return the practice's own paragraphs with their standing, and whether they still fit."""
    own = OwnParagraph.objects.filter(practice=practice).select_related(
        "practice", "topic", "week", *ANSWERS
    )
    own = own.prefetch_related("week__visits_by_country")
    return [Fit(each) for each in with_their_standing(own)]


def topics_of(practice: Practice) -> list[Topic]:
    """Return the library's topics by week, each with ``hiding`` and whether it has paragraphs to replace."""
    hidden = HiddenTopic.objects.filter(practice=practice).select_related("hidden_by")
    hidings = {each.topic_id: each for each in hidden}
    topics = list(library_topics(practice).order_by("week_from", "week_to", "order", "title"))
    for topic in topics:
        topic.hiding = hidings.get(topic.pk)
        topic.can_replace = bool(replaceable(topic.body, practice))
    return topics


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_hide_topic(request, slug):
    """Leave a topic out for this practice's patients, knowing which checklist items point at it."""
    practice = request.user.practice
    topic = get_object_or_404(library_topics(practice), slug=slug)
    items = ChecklistItem.objects.of_practice(practice).filter(topic=topic, live=True)
    if request.method == "POST":
        hide(topic=topic, by=request.user)
        messages.success(request, _("“%s” is hidden from your patients.") % topic.title)
        return redirect("practice_library")
    context = {"topic": topic, "items": items}
    return render(request, "education/practice_hide_topic.html", context)


@role_required(Role.MANAGER)
@practice_required
@require_POST
def practice_show_topic(request, slug):
    """Put a topic back."""
    topic = get_object_or_404(library_topics(request.user.practice), slug=slug)
    show(topic=topic, by=request.user)
    messages.success(request, _("“%s” is shown to your patients again.") % topic.title)
    return redirect("practice_library")
