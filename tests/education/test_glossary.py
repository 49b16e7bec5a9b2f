"""Words explained: from A to Z, each with who checked it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from education.models import Term
from tests.factories import a_reviewer, approved

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def a_term(word, **fields) -> Term:
    slug = fields.pop("slug", "x-" + re.sub(r"[^a-z0-9]", "-", word.casefold()))
    words = {"text": "<p>What it means.</p>", "live": False} | fields
    return Term(word=word, slug=slug, locale=Locale.get_default(), **words)


def page_of(client) -> str:
    return client.get(reverse("glossary")).content.decode()


def words_in(page) -> list[str]:
    return re.findall(r"class=\"words__one\"[^>]*><dt>([^<]+)", page)


def test_the_shipped_words_stand_in_the_order_of_a_dictionary(client):
    words = words_in(page_of(client))
    assert len(words) == Term.objects.live().count() >= 20
    assert words == sorted(words, key=str.casefold)
    assert {"stitch", "cervix", "discharge"} <= set(words)


def test_each_letter_leads_to_its_words_and_no_letter_leads_nowhere(client):
    page = page_of(client)
    targets = re.findall(r'<a href="#(letter-\d+)">(\w)</a>', page)
    assert targets
    for target, letter in targets:
        assert f'<h2 id="{target}" tabindex="-1">{letter}</h2>' in page


def test_capitals_and_accents_do_not_part_words(client):
    for word in ("Écho", "echo two", "EPO"):
        approved(a_term(word))
    words = words_in(page_of(client))
    place = [words.index(each) for each in ("Écho", "echo two", "efface", "EPO")]
    assert place == sorted(place)


def test_a_word_says_what_else_it_is_called_and_can_be_linked_to(client):
    stitch = Term.objects.get(slug="stitch")
    page = page_of(client)
    assert 'id="stitch"' in page and "Also called: cerclage" in page
    assert stitch.get_absolute_url() == "/learn/words/#stitch"


def test_each_word_says_by_itself_who_checked_it(client):
    approved(Term.objects.get(slug="stitch"))
    page = page_of(client)
    assert page.count("Checked by Grace Liu, MD") == 1
    assert page.count("No clinician has checked this text yet.") == len(words_in(page)) - 1


def test_outside_the_demonstration_only_approved_words_are_shown(client, settings):
    settings.DEMO = False
    page = page_of(client)
    assert words_in(page) == [] and "A clinician checks each word" in page
    approved(Term.objects.get(slug="stitch"))
    assert words_in(page_of(client)) == ["stitch"]


def test_a_draft_is_not_among_them_and_pasted_script_is_gone(client):
    a_term("ampoule").save()
    approved(a_term("axis", text="<p>It is a line.<script>alert(1)</script></p>"))
    page = page_of(client)
    assert "ampoule" not in page and "It is a line." in page and "alert(1)" not in page


def test_the_library_and_each_lesson_lead_to_it(client):
    for address in ("/learn/", "/learn/bleeding/", "/learn/weeks/16/"):
        assert 'href="/learn/words/"' in client.get(address).content.decode()


def test_it_costs_the_same_for_few_checked_words_and_for_many(client):
    reviewer = a_reviewer()
    approved(a_term("word one"), reviewer=reviewer)
    few = queries(client)
    for number in range(30):
        approved(a_term(f"word {number}"), reviewer=reviewer)
    assert queries(client) == few <= 3


def queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client)
    return len(captured)
