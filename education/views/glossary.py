import unicodedata
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from education.models import Term
from education.shown import shown_to
from education.views.lessons import practice_of


@login_not_required
@require_safe
def glossary(request):
    """Words she may hear, each in plain words, from A to Z."""
    terms = shown_to(practice_of(request), Term.objects).with_standing()
    return render(request, "education/glossary.html", {"letters": by_letter(terms)})


def by_letter(terms) -> list[tuple[str, list[Term]]]:
    """Return the words in the order of a dictionary, under their first letters."""
    ordered = sorted(terms, key=lambda term: plain(term.word))
    return [(letter, list(those)) for letter, those in groupby(ordered, key=first_letter)]


def first_letter(term: Term) -> str:
    """Return the letter a word stands under; "#" for what begins with a number or a sign."""
    first = plain(term.word)[:1].upper()
    return first if first.isalpha() else "#"


def plain(word: str) -> str:
    """Return a word without case and accents."""
    letters = unicodedata.normalize("NFKD", word.strip().casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))
