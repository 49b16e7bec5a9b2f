from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.models import Role
from tracker.access import open_pregnancy
from tracker.actions import answer_question as send_answer
from tracker.forms import AnswerForm


@role_required(Role.PROVIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request, pregnancy_id, question_id):
    """Answer what a patient asked. Whoever comes second is told, and keeps what was typed."""
    pregnancy = open_pregnancy(request, pregnancy_id)
    asked = pregnancy.questions.select_related("item", "answered_by")
    question = get_object_or_404(asked, pk=question_id)
    question.pregnancy = pregnancy
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if send_answer(question=question, by=request.user, **form.cleaned_data):
            messages.success(request, _("Your answer is on her page. She gets a message."))
            return redirect(reverse("chart", args=[pregnancy.pk]) + "#questions")
        question = asked.get(pk=question_id)
    context = {"pregnancy": pregnancy, "question": question, "form": form}
    return render(request, "tracker/answer_question.html", context)
