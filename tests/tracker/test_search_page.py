"""The page of search: the advice of a sign first, nothing stored, and never a word that all is well."""

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.models import WarningSign
from tests.factories import PracticeFactory, PregnancyFactory, place_stitch
from tracker.advice import advice_of, assess_for
from tracker.clinical.triage import Answers, assess
from tracker.enums import PregnancyEnd, Symptom
from tracker.models import SymptomReport
from tracker.searches import named_in, search_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def look(browser, query, **more):
    response = browser.get(reverse("search"), {"q": query} | more)
    assert response.status_code == 200
    return response


def page(browser, query, **more) -> str:
    """Return the main part of the page, without the header and its warning bar."""
    html = look(browser, query, **more).content.decode()
    return re.search(r"<main.*</main>", html, re.S)[0]


def level(html) -> str | None:
    found = re.search(r'data-urgency="(\w+)"', html)
    return found[1] if found else None


# -- The advice first ------------------------------------------------------------------


def test_a_sign_that_is_named_stands_first_with_her_advice_and_her_numbers(
    patient, pregnancy, sign_in
):
    html = page(sign_in(patient), "pink spots")
    advice = advice_of(assess_for(pregnancy, ["BLEED_LIGHT"]), ["BLEED_LIGHT"])
    assert level(html) == advice.code == "urgent"
    assert (
        html.index(str(advice.heading)) < html.index("(505) 555-0142") < html.index('class="hits"')
    )
    assert "strictest" not in html


def test_the_same_words_mean_the_hospital_to_someone_with_a_stitch(stitched, sign_in):
    html = page(sign_in(stitched.patient), "pink spots")
    assert level(html) == "emergency" and "Go to the hospital now" in html
    assert "St. Brigid Hospital" in html


def test_who_is_not_signed_in_gets_the_strictest_advice_and_is_told_so(client):
    html = page(client, "pink spots")
    assert level(html) == "emergency" and "this is the strictest advice" in html
    assert 'href="tel:911"' in html and "Tell us about this" not in html


def test_an_unknown_week_gets_the_strictest_advice_for_her_risk(practice, sign_in):
    pregnancy = PregnancyFactory(practice=practice, due_date=None)
    html = page(sign_in(pregnancy.patient), "baby moves less")
    weeks = [
        advice_of(assess(Answers(frozenset({"MOVE_LESS"}), week * 7, high_risk=False)), [])
        for week in range(4, 43)
    ]
    assert level(html) == max(weeks, key=lambda each: each.urgency).code
    assert "We do not know your week, so this is the strictest advice." in html


def test_two_signs_at_once_are_weighed_together(patient, pregnancy, sign_in):
    html = page(sign_in(patient), "cramps and back hurts")
    both = {"ABDO_CRAMP", "BACK_PAIN"}
    assert level(html) == advice_of(assess_for(pregnancy, both), both).code == "emergency"
    assert "symptoms=abdo_cramp" in html and "symptoms=back_pain" in html


@pytest.mark.parametrize("code", [code.value for code in Symptom if not code.endswith("_PLUS")])
def test_no_sign_is_shown_with_less_than_its_own_advice(code, pregnancy):
    """Whatever else is read out of the words, the level only goes up."""
    sign = WarningSign.objects.filter(code=code).first()
    if sign is None:
        return
    found = search_for(sign.label, pregnancy=pregnancy, practice=pregnancy.practice)
    own = assess_for(pregnancy, [code]).urgency
    shown = [hit.advice.urgency for hit in found.hits if hit.code == code]
    if any(each.code == code for each in found.named):
        shown.append(found.advice.urgency)
    assert shown and max(shown) >= own


@pytest.mark.parametrize("words", ["want to die", "hurt myself", "suicide", "i dont want to live"])
def test_thoughts_of_self_harm_show_the_crisis_line_first(words, patient, client, sign_in):
    for browser in (client, sign_in(patient)):
        html = page(browser, words)
        assert level(html) == "emergency" and "You are not alone" in html
        first = re.search(r'href="tel:(\d+)"', html)
        assert first[1] == "988"
        assert "Go to the hospital now" not in html and 'class="hits"' not in html


@pytest.mark.parametrize("more", ["when is the stitch taken out", "progesterone", "week 20"])
def test_thoughts_of_self_harm_come_before_any_lesson(more, client):
    html = page(client, f"{more} and i want to die")
    assert re.search(r'href="tel:(\d+)"', html)[1] == "988"


def test_bleeding_and_thoughts_of_self_harm_show_the_hospital_and_the_crisis_line(client):
    html = page(client, "bleeding a lot and i want to die")
    assert "Go to the hospital now" in html and 'href="tel:988"' in html


def test_a_question_about_a_lesson_shows_no_alarm(patient, sign_in):
    html = page(sign_in(patient), "when does the stitch come out")
    assert level(html) is None and "My stitch" not in html
    assert html.count("<h3>") >= 2


def test_telling_us_ticks_the_sign_on_the_form_and_reports_nothing(patient, sign_in):
    browser = sign_in(patient)
    address = re.search(r'href="([^"]+symptoms=bleed_light)"', page(browser, "pink spots"))[1]
    form = browser.get(address).content.decode()
    assert re.search(r'value="bleed_light"[^>]* checked', form)
    assert "has not been told yet" not in form and "Error:" not in form
    assert not SymptomReport.objects.exists()


def test_a_search_says_that_it_told_no_one(patient, sign_in):
    assert "Your care team does not know yet." in page(sign_in(patient), "pink spots")
    assert not SymptomReport.objects.exists()


def test_after_a_loss_no_sign_names_a_baby(stitched, provider, sign_in):
    stitched.ended_on, stitched.end = stitched.practice.today(), PregnancyEnd.MISCARRIAGE
    stitched.save()
    html = page(sign_in(stitched.patient), "hurt myself")
    assert "I think about hurting myself</b>" in html
    assert "We do not know your week" not in html
    assert "stopped moving" not in page(sign_in(stitched.patient), "baby not moving")


# -- Nothing found, nothing typed -------------------------------------------------------


def test_nothing_found_never_reassures(patient, sign_in, client):
    for browser in (client, sign_in(patient)):
        html = page(browser, "xyzzy qwrtpl")
        assert "We found nothing for “xyzzy qwrtpl”" in html
        assert "If something worries you, call." in html and "tel:911" in html
        assert reverse("warning_signs") in html
        assert not re.search(r"\b(fine|normal|safe|no need|do not worry)\b", html)
    assert "(505) 555-0142" in page(sign_in(patient), "xyzzy qwrtpl")


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_search_shows_the_box_and_what_to_tap(typed, client):
    html = page(client, typed)
    assert 'name="q"' in html and "?q=Spotting" in html and "found nothing" not in html
    assert "found nothing" in page(client, "the and of")


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "a\0b", "🤰🩸", '"', "bleed* NEAR -x", "<script>alert(1)</script>", "кровь", "'", "%00"],
    ids=range(9),
)  # fmt: skip
def test_whatever_is_typed_is_answered_and_shown_as_text(typed, client, patient, sign_in):
    for browser in (client, sign_in(patient)):
        html = page(browser, typed)
        assert "<script>alert" not in html and len(html) < 30_000


def test_a_corrected_word_is_said_and_can_be_taken_back(client):
    html = page(client, "stich out")
    assert "Showing results for “stitch out”." in html
    address = re.search(r'href="([^"]+exact=1)"', html)[1].replace("&amp;", "&")
    again = client.get(address).content.decode()
    assert "Showing results for" not in again and 'value="stich out"' in again


def test_the_number_of_results_is_a_heading_that_is_spoken(client):
    html = page(client, "pink spots")
    assert re.search(r'<div role="status"><h2[^>]*>\d+ results</h2>', html)
    assert "<mark>" in html


# -- Whose texts, whose cache --------------------------------------------------------------


def test_only_who_has_a_checklist_is_led_to_it(patient, client, provider, sign_in):
    found = "I know when my stitch comes out"
    address = reverse("checklist_item", args=["when-it-comes-out"])
    for browser in (client, sign_in(provider), sign_in(patient)):
        for link in re.findall(r'href="(/checklist/[^"]+)"', page(browser, found)):
            assert browser.get(link).status_code == 200
    assert address not in page(client, found) + page(sign_in(provider), found)


def test_every_result_leads_to_a_page_she_may_open(stitched, sign_in, client):
    for browser in (client, sign_in(stitched.patient)):
        for words in ("stitch", "bleeding", "scan", "week 20", "progesterone", "pprom"):
            links = re.findall(r'<h3><a href="([^"#]+)', page(browser, words))
            assert links and {browser.get(link).status_code for link in set(links)} == {200}


def test_what_somebody_looks_for_stays_in_no_cache_and_no_log(client, patient, sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for browser in (client, sign_in(patient)):
        response = look(browser, "zeppelinword")
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
    ours = [each for each in caplog.records if not each.name.startswith("django.db")]
    assert not any("zeppelinword" in each.getMessage() for each in ours)


def test_a_search_writes_nothing(patient, sign_in):
    browser = sign_in(patient)
    look(browser, "stitch")
    with CaptureQueriesContext(connection) as asked:
        look(browser, "pink spots")
    written = [each["sql"] for each in asked if not each["sql"].lstrip().startswith("SELECT")]
    assert not [sql for sql in written if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    assert not [sql for sql in asked if "pink" in sql["sql"]]


def test_only_get_is_answered(client):
    assert client.post(reverse("search"), {"q": "x"}).status_code in {302, 403, 405}


def test_the_box_stands_on_the_lessons_and_on_the_warning_signs(client):
    for name in ("library", "warning_signs"):
        assert f'action="{reverse("search")}"' in client.get(reverse(name)).content.decode()


def test_a_search_costs_the_same_queries_for_one_hit_and_for_many(stitched, sign_in):
    place = PracticeFactory()
    place_stitch(PregnancyFactory(practice=place), stitched.patient)
    browser = sign_in(stitched.patient)
    look(browser, "stitch")
    counts = []
    for words in ("stitch", "nicu", "bleeding cramps fever"):
        with CaptureQueriesContext(connection) as asked:
            look(browser, words)
        counts.append(len(asked))
    assert len(set(counts)) == 1 and counts[0] <= 20


def test_no_sign_is_named_when_a_lesson_answers_better():
    assert named_in([]) == []
