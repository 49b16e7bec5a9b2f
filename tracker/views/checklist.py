from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import patient_page
from tracker.actions import answer_teach_back as keep_answer
from tracker.actions import ask_question as ask
from tracker.actions import mark_item, withdraw_mark
from tracker.actions import withdraw_question as take_back
from tracker.checklists import (
    checklist_waits,
    items_for,
    lesson_of,
    progress_of,
    questions_of,
    quizzes_of,
)
from tracker.enums import MarkKind
from tracker.forms import QuestionForm, TeachBackForm


@patient_page
@require_safe
def checklist(request, pregnancy):
    """Her checklist: for now, about the stitch, later; and what she asked."""
    progress = progress_of(pregnancy)
    week = pregnancy.age.weeks if pregnancy.age else None
    groups = [
        ("now", progress.now(week)),
        ("stitch", progress.stitch()),
        ("later", progress.later(week)),
    ]
    context = {
        "progress": progress,
        "groups": groups,
        "questions": questions_of(pregnancy),
        "waits": not progress.tasks and checklist_waits(pregnancy),
    }
    return render(request, "tracker/checklist.html", context)


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item(request, pregnancy, slug):
    """One item: read it, say that she understands it, or take that back."""
    item = item_of(pregnancy, slug)
    if request.method == "POST":
        act = withdraw_mark if "undo" in request.POST else mark_item
        act(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=request.user)
        return redirect("checklist")
    return show_item(request, pregnancy, item)


def item_of(pregnancy, slug):
    """Return an item of her own list."""
    return get_object_or_404(
        items_for(pregnancy).select_related("topic").with_standing(), slug=slug
    )


def show_item(request, pregnancy, item, *, form=None, refused=None):
    """Show an item with its questions, hers and ours; after a refusal with what she had typed or chosen."""
    context = {
        "item": item,
        "lesson": lesson_of(item, pregnancy),
        "task": next(task for task in progress_of(pregnancy).tasks if task.item == item),
        "quizzes": quizzes_of(pregnancy, item),
        "questions": [each for each in questions_of(pregnancy) if each.item_id == item.pk],
        "form": form or QuestionForm(),
        "refused": refused,
    }
    return render(request, "tracker/checklist_item.html", context)


@patient_page
@require_POST
def ask_question(request, pregnancy, slug):
    """Keep what she wants to ask about an item."""
    item = item_of(pregnancy, slug)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return show_item(request, pregnancy, item, form=form)
    ask(pregnancy=pregnancy, item=item, text=form.cleaned_data["text"])
    messages.success(request, _("Your question is saved. It waits for your care team."))
    return redirect(reverse("checklist_item", args=[slug]) + "#asked")


@patient_page
@require_POST
def answer_teach_back(request, pregnancy, slug):
    """Keep what she answered to a teach-back question, and show her what fits."""
    item = item_of(pregnancy, slug)
    form = TeachBackForm(request.POST, item=item)
    if not form.is_valid():
        return show_item(request, pregnancy, item, refused=form)
    keep_answer(pregnancy=pregnancy, **form.cleaned_data)
    return redirect(
        reverse("checklist_item", args=[slug]) + f"#q{form.cleaned_data['question'].pk}"
    )


@patient_page
@require_POST
def withdraw_question(request, pregnancy, question_id):
    """Take back what she asked."""
    question = get_object_or_404(pregnancy.questions.all(), pk=question_id)
    if take_back(question=question):
        messages.success(request, _("You took your question back."))
    else:
        messages.info(request, _("This question is not open any more."))
    return redirect("checklist")
