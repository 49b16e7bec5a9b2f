"""Topics that a practice writes for its own patients. They pass the same review as the library."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import practice_required, role_required
from accounts.models import Role
from education.actions import CannotReview, add_topic
from education.forms import OwnTopicForm, newest_words
from education.models import Topic
from education.models.weeks import FIRST_WEEK, LAST_WEEK
from education.standing import with_their_standing
from education.views.own_words import submitted, take_away, waiting_changes

NAMES = ("title", "summary", "audience", "week_from", "week_to")


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_add_topic(request):
    """Write a topic of the practice's own."""
    initial = {"topic_id": uuid.uuid4(), "week_from": FIRST_WEEK, "week_to": LAST_WEEK}
    form = OwnTopicForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        topic_id = form.cleaned_data["topic_id"] or uuid.uuid4()
        try:
            add_topic(topic_id=topic_id, by=request.user, **form.words)
        except CannotReview as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It waits for a clinician; no patient sees it yet."))
            return redirect("practice_library")
    return render(request, "education/practice_add_topic.html", {"form": form})


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_topic(request, slug):
    """Change a topic of the practice's own, take it back from review, or off the patients' screen."""
    own = Topic.objects.filter(practice=request.user.practice)
    topic = get_object_or_404(
        own.select_related("approval__reviewer", "latest_revision__user"), slug=slug
    )
    if request.method == "POST" and {"take_back", "withdraw"} & request.POST.keys():
        take_away(request, topic)
        return redirect("practice_topic", slug)
    form = OwnTopicForm(
        request.POST or None, initial=newest_words(topic, *NAMES, words_field="body")
    )
    if request.method == "POST" and form.is_valid() and submitted(request, topic, form):
        return redirect("practice_topic", slug)
    context = {"form": form, "topic": topic, "changes": waiting_changes(topic)}
    with_their_standing([topic])
    return render(request, "education/practice_topic.html", context)
