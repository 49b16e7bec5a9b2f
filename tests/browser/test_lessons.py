"""Lessons heard, printed and hung on the fridge, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]

# A voice that speaks when told to: it notes what it is given, and `finish()` ends a sentence.
VOICE = """
(() => {
  const heard = [], listeners = [];
  let voices = [], current = null;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const engine = {
    getVoices: () => voices,
    speak: utterance => { heard.push(utterance.text); current = utterance; },
    cancel: () => {
      current = null;
      sessionStorage.setItem("silenced", Number(sessionStorage.getItem("silenced") || 0) + 1);
    },
    addEventListener: (kind, listener) => listeners.push(listener),
  };
  Object.defineProperty(window, "speechSynthesis", { value: engine });
  window.engine = {
    heard, speaking: () => Boolean(current), language: () => current.lang,
    finish: () => { const done = current; current = null; done.onend(); },
    gets: all => { voices = all; listeners.forEach(each => each()); },
  };
})();
"""
ENGLISH = "engine.gets([{lang: 'en-US', localService: true}])"
LONGEST = """
from datetime import timedelta
from accounts.models import Practice, User
from tracker.models import Cerclage, Pregnancy
practice = Practice.objects.create(name="Women of the Upper Valley Care for Mothers and Babies " * 2, phone="(505) 555-0142", after_hours_phone="+1 505 555 0143 ext. 12345", hospital_name="The Memorial Hospital of the Sisters of Saint Brigid, Labor and Delivery, Floor 3, Door B", hospital_address="40000 North Canyon Road, behind the old railway station, Building C, Santa Clara Township, NM 87000", hospital_phone="(505) 555-0177")
ada = User(email="ada.sheet@example.com", first_name="Ada", last_name="Long", role="patient", practice=practice)
ada.set_password("cinta-demo-only")
ada.save()
hers = Pregnancy.objects.create(patient=ada, practice=practice, due_date=practice.today() + timedelta(days=180), earlier_loss=True)
Cerclage.objects.create(pregnancy=hers, placed_on=practice.today(), indication="history", recorded_by=ada)
"""


def listener_at(person, path, **options):
    """Return someone at a page of a browser that has a voice."""
    someone = person(PHONE, **options)
    someone.page.add_init_script(VOICE)
    someone.opens(path)
    return someone


def test_a_lesson_is_read_aloud_block_by_block_paused_continued_and_stopped(person):
    # Given a reader whose browser learns its voices a moment after the page is there
    reader = listener_at(person, "/learn/bleeding/")
    page = reader.page
    expect(page.get_by_role("button", name="Listen to this page")).to_be_hidden()
    page.evaluate(ENGLISH)
    listen = page.get_by_role("button", name="Listen to this page")
    expect(listen).to_be_visible()
    # When she presses it by the keyboard
    listen.focus()
    page.keyboard.press("Enter")
    # Then the title is read first, and marked
    heard = lambda: page.evaluate("engine.heard")  # noqa: E731
    marked = page.locator(".is-read-aloud")
    assert heard() == ["Bleeding in pregnancy"]
    assert page.evaluate("engine.language()") == "en"
    expect(marked).to_have_text("Bleeding in pregnancy")
    # And then sentence after sentence, with the mark on the block they stand in
    page.evaluate("engine.finish()")
    page.evaluate("engine.finish()")
    assert heard()[1:3] == [
        "Tell us about any blood.",
        "Heavy bleeding means go to the hospital now.",
    ]
    expect(marked).to_have_text(
        "Tell us about any blood. Heavy bleeding means go to the hospital now."
    )
    reader.is_served_well()
    # When she pauses, it is silent; when she goes on, the sentence begins again
    page.get_by_role("button", name="Pause").click()
    assert not page.evaluate("engine.speaking()")
    expect(marked).to_have_count(1)
    page.get_by_role("button", name="Continue").click()
    assert heard()[3] == "Heavy bleeding means go to the hospital now."
    # When she stops by the keyboard, nothing is marked and her place on the page is kept
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    assert not page.evaluate("engine.speaking()")
    expect(marked).to_have_count(0)
    expect(listen).to_be_focused()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_the_whole_text_is_read_once_and_no_button_or_source_of_it(person):
    reader = listener_at(person, "/learn/bleeding/")
    page = reader.page
    page.evaluate(ENGLISH)
    page.get_by_role("button", name="Listen to this page").click()
    page.evaluate("while (engine.speaking()) engine.finish()")
    heard = " ".join(page.evaluate("engine.heard"))
    for block in page.locator("article.prose > p, article.prose > ul > li").all():
        assert " ".join(block.inner_text().split()) in heard
    assert len(page.evaluate("engine.heard")) == len(page.evaluate("engine.heard.filter(Boolean)"))
    for words in ("Print this page", "All lessons", "Where this comes from", "sources", "fridge"):
        assert words not in heard
    # At the end it is as it was before
    expect(page.get_by_role("button", name="Listen to this page")).to_be_visible()
    expect(page.locator(".is-read-aloud")).to_have_count(0)


def test_leaving_the_page_ends_the_voice(person):
    reader = listener_at(person, "/learn/weeks/16/")
    reader.page.evaluate(ENGLISH)
    reader.page.get_by_role("button", name="Listen to this page").click()
    before = int(reader.page.evaluate("sessionStorage.getItem('silenced')"))
    reader.opens("/learn/")
    assert int(reader.page.evaluate("sessionStorage.getItem('silenced')")) == before + 1


def test_a_voice_of_another_language_or_of_another_host_is_no_voice(person):
    reader = listener_at(person, "/learn/bleeding/")
    listen = reader.page.locator("[data-listen]")
    for voices in (
        "[{lang: 'es-MX', localService: true}]",
        "[{lang: 'en-US', localService: false}]",
        "[]",
    ):
        reader.page.evaluate(f"engine.gets({voices})")
        expect(listen).to_be_hidden()
    reader.page.evaluate(ENGLISH)
    expect(listen).to_be_visible()


@pytest.mark.parametrize("path", ["/learn/bleeding/", "/learn/weeks/16/", "/warning-signs/"])
def test_where_the_browser_has_no_voice_or_no_script_there_is_no_button(person, path):
    silent = person(DESK)
    silent.opens(path)
    expect(silent.page.get_by_role("button", name="Print this page")).to_be_visible()
    expect(silent.page.locator("[data-listen]")).to_be_hidden()
    plain = person(DESK, java_script_enabled=False)
    plain.page.goto(plain.site.address + path)
    for button in ("[data-listen]", "[data-listen-stop]", "[data-print]"):
        expect(plain.page.locator(button)).to_be_hidden()


def test_her_checklist_and_her_warning_signs_can_be_listened_to(person):
    lena = person(PHONE)
    lena.page.add_init_script(VOICE)
    lena.signs_in("hannah@example.com")
    for path, first in (
        ("/checklist/small-signs/", "I know the small signs to watch for"),
        ("/warning-signs/", "When to get help"),
    ):
        lena.opens(path)
        lena.page.evaluate(ENGLISH)
        lena.page.get_by_role("button", name="Listen to this page").click()
        assert lena.page.evaluate("engine.heard") == [first]


def test_a_lesson_prints_on_clean_paper(person):
    # Given Hannah at a lesson
    hannah = person(DESK).signs_in("hannah@example.com")
    hannah.opens("/learn/bleeding/")
    # When she presses print, the browser's own print is asked for
    hannah.page.evaluate("window.print = () => { window.printed = true; }")
    hannah.page.get_by_role("button", name="Print this page").click()
    assert hannah.page.evaluate("window.printed")
    # Then the paper carries whose it is, whom to call, the drawing, who checked it and the sources
    hannah.page.emulate_media(media="print")
    hannah.sees("Juniper Street Care", "(505) 555-0177", "printed on", "/learn/bleeding/")
    expect(hannah.page.locator("article figure svg").first).to_be_visible()
    expect(hannah.page.locator(".source-list a").first).to_be_visible()
    hannah.sees("No clinician has checked this page yet.")
    # And nothing to press
    for gone in (".mainnav", ".tools", "button", ".foot", ".lesson-tools", "aside", ".hero__hi"):
        for each in hannah.page.locator(gone).all():
            expect(each).to_be_hidden()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_for_the_fridge_is_one_sheet_whatever_stands_on_it(person, site, paper):
    # Given a patient whose practice has the longest names, a stitch and every sign
    email = f"ada.{paper.lower()}@example.com"
    site.manage("shell", "-v", "0", "-c", LONGEST.replace("ada.sheet@example.com", email))
    ada = person(DESK).signs_in(email)
    ada.opens("/warning-signs/")
    ada.presses("Warning signs for the fridge")
    ada.sees("Go to the hospital now", "Call your care team now", "The Memorial Hospital")
    pages = [ada.page.pdf(format=paper)]
    # And Marisol, and somebody who is not signed in
    marisol, nobody = person(DESK).signs_in("marisol@example.com"), person(PHONE)
    for each in (marisol, nobody):
        each.opens("/warning-signs/fridge/")
        pages.append(each.page.pdf(format=paper))
    # Then each is one page
    assert [pdf.count(b"/Type /Page\n") for pdf in pages] == [1, 1, 1]


def test_the_words_explained_are_found_from_the_library_and_by_their_letter(person):
    reader = person(PHONE)
    reader.opens("/learn/")
    reader.presses("Words explained")
    reader.page.get_by_role("navigation", name="Letters").get_by_role("link", name="S").click()
    expect(reader.page.get_by_role("heading", name="S", exact=True)).to_be_in_viewport()
