"""Paragraphs about phone numbers and visits that a practice says in its own words."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import practice_required, role_required
from accounts.models import Practice, Role
from education.actions import CannotReview, keep_paragraph, replace_paragraph
from education.comparing import pieces_between
from education.forms import OwnParagraphForm, newest_words
from education.models import OwnParagraph, Topic, Week
from education.paragraphs import (
    find,
    in_place_of,
    may_replace,
    replaceable,
    same_words,
    text_of,
    words_of,
)
from education.standing import with_their_standing
from education.views.own_words import submitted, take_away, waiting_changes


class Fit:
    """How a practice's paragraph stands to the library's text as it is today."""

    def __init__(self, paragraph: OwnParagraph):
        self.paragraph, self.standing = paragraph, paragraph.standing
        self.html = text_of(paragraph.lesson, paragraph.practice.country)

    @cached_property
    def original(self) -> str:
        """Return the library's paragraph its newest words are meant for."""
        newest = self.paragraph.latest_revision
        return newest.content["original"] if newest else self.paragraph.original

    @cached_property
    def text(self) -> str:
        newest = self.paragraph.latest_revision
        return newest.content["text"] if newest else self.paragraph.text

    @property
    def plain(self) -> str:
        """Return the newest words on one line."""
        return words_of(self.text)

    @cached_property
    def fits(self) -> bool:
        return find(self.html, self.original) is not None

    @property
    def is_astray(self) -> bool:
        """Tell whether the library changed beneath words that patients read, or that wait."""
        return not self.fits and bool(self.paragraph.live or self.standing.review)

    @cached_property
    def new(self):
        """Return the library's paragraph that came in its place, if one did."""
        return None if self.fits else in_place_of(self.html, self.original)

    @property
    def may_keep(self) -> bool:
        """Tell whether the new paragraph is still one that a practice may replace."""
        return self.new is not None and may_replace(self.new.words, self.paragraph.practice)

    @property
    def is_read(self) -> bool:
        """Tell whether patients read the practice's words now."""
        live = self.paragraph.live and self.paragraph.approval_id
        return bool(live and find(self.html, self.paragraph.original))

    def pieces(self) -> list:
        """Return word by word what the library changed."""
        after = self.new.words + " " if self.new else ""
        return pieces_between(words_of(self.original) + " ", after)


def lesson_or_404(practice: Practice, kind: str, key: str) -> Topic | Week:
    """Return a topic or a week of the shared library."""
    if kind == "topic":
        topics = Topic.objects.live().filter(practice=None).in_country(practice.country)
        return get_object_or_404(topics.in_language(), slug=key)
    if kind == "week" and key.isdecimal():
        return get_object_or_404(Week.objects.live().in_language(), number=int(key))
    raise Http404


def own_of(practice: Practice):
    """Return a practice's own paragraphs with all that is shown of them."""
    own = OwnParagraph.objects.filter(practice=practice)
    return own.select_related(
        "practice", "topic", "week", "approval__reviewer", "latest_revision__user"
    )


@role_required(Role.MANAGER)
@practice_required
@require_safe
def practice_lesson(request, kind, key):
    """Which paragraphs of one lesson a practice may say in its own words."""
    practice = request.user.practice
    lesson = lesson_or_404(practice, kind, key)
    own = [Fit(each) for each in with_their_standing(own_of(practice).filter(**{kind: lesson}))]
    rows = [
        (each, next((fit for fit in own if same_words(fit.original, each.html)), None))
        for each in replaceable(text_of(lesson, practice.country), practice)
    ]
    context = {"lesson": lesson, "kind": kind, "key": key, "rows": rows}
    context["astray"] = [fit for fit in own if fit.is_astray]
    return render(request, "education/practice_lesson.html", context)


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_add_paragraph(request, kind, key, paragraph):
    """Write the practice's words in place of one paragraph of the library."""
    practice = request.user.practice
    lesson = lesson_or_404(practice, kind, key)
    choices = {each.key: each for each in replaceable(text_of(lesson, practice.country), practice)}
    form = OwnParagraphForm(request.POST or None)
    chosen = choices.get(paragraph)
    if request.method == "POST" and form.is_valid():
        if chosen is None:
            form.add_error(None, _("The library changed this paragraph after you opened the page. Copy your words, go back to the lesson and choose it again."))  # fmt: skip
        elif own := replaced(request, lesson, chosen, form):
            return redirect("practice_paragraph", own.public_id)
    elif chosen is None:
        raise Http404
    context = {"form": form, "lesson": lesson, "kind": kind, "key": key}
    context |= {"library": chosen, "paragraph": paragraph}
    return render(request, "education/practice_add_paragraph.html", context)


def replaced(request, lesson, chosen, form) -> OwnParagraph | None:
    """Submit the practice's words for review; None when they were refused, with the reason in the form."""
    try:
        own = replace_paragraph(lesson=lesson, original=chosen.html, by=request.user, **form.words)
    except CannotReview as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("Saved. Your words wait for a clinician; patients read the library’s until then."))  # fmt: skip
    return own


@role_required(Role.MANAGER)
@practice_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_paragraph(request, public_id):
    """Change the practice's words, take them back, or settle what the library changed beneath them."""
    own = get_object_or_404(own_of(request.user.practice), public_id=public_id)
    with_their_standing([own])
    if request.method == "POST" and {"take_back", "withdraw"} & request.POST.keys():
        take_away(request, own)
        return redirect("practice_paragraph", public_id)
    if request.method == "POST" and "keep" in request.POST:
        return keep(request, Fit(own))
    form = OwnParagraphForm(request.POST or None, initial=newest_words(own, words_field="text"))
    if request.method == "POST" and form.is_valid():
        if not Fit(own).fits:
            form.add_error(None, _("The library changed this paragraph after you opened the page. Look at what changed first; your words are still here."))  # fmt: skip
        elif submitted(request, own, form):
            return redirect("practice_paragraph", public_id)
    with_their_standing([own])
    context = {"form": form, "own": own, "fit": Fit(own), "changes": waiting_changes(own)}
    return render(request, "education/practice_paragraph.html", context)


def keep(request, fit: Fit):
    """Submit the practice's words for the library's new paragraph, if it is the one on the screen."""
    shown = request.POST["keep"]
    if fit.may_keep and fit.new.key == shown:
        try:
            keep_paragraph(paragraph=fit.paragraph, original=fit.new.html, by=request.user)
            messages.success(request, _("Your words wait for a clinician, on the library’s new text."))  # fmt: skip
        except CannotReview as refusal:
            messages.error(request, str(refusal))
    else:
        messages.info(request, _("The library changed this paragraph again. Compare once more."))
    return redirect("practice_paragraph", fit.paragraph.public_id)
