"""Words of the glossary beside the text that uses them."""

import pytest
from django.urls import reverse

from education.models import Term, Week
from education.words import words_used
from tests.factories import approved

pytestmark = pytest.mark.django_db


def term(word, *also):
    return Term(word=word, also=list(also))


def test_words_come_in_the_order_of_the_text_under_any_of_their_names():
    terms = [term("Cerclage", "stitch"), term("cervix"), term("pessary")]
    found = words_used("<p>Your <b>cervix</b> opens.</p><p>A stitch helps.</p>", terms)
    assert [each.word for each in found] == ["cervix", "Cerclage"]


def test_a_word_inside_another_word_is_not_that_word():
    assert (
        words_used("<p>A programmable scan of the cervixes.</p>", [term("mm"), term("cervix")])
        == []
    )
    assert words_used("<p>25 mm or less (short).</p>", [term("cervical length", "mm")])


def test_no_more_words_than_fit_beside_a_lesson():
    terms = [term(f"word{number}") for number in range(9)]
    assert len(words_used(" ".join(each.word for each in terms), terms)) == 5


def test_a_lesson_explains_only_words_that_may_be_read(client, settings):
    address = reverse("week", args=[16])
    assert "Words you may hear" in client.get(address).content.decode()
    settings.DEMO = False
    approved(Week.objects.get(number=16))
    assert "Words you may hear" not in client.get(address).content.decode()
    approved(Term.objects.get(word="cervix"))
    page = client.get(address).content.decode()
    assert "Words you may hear" in page and '<dt lang="en">cervix</dt>' in page
    assert ">preterm</dt>" not in page
