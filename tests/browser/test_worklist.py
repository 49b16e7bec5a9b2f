"""A provider's list in her hands: finding, walking it by keys, and hearing of a new alert."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.once]
# A patient of nobody else's story: a new alert for her practice, made as her own report makes it.
NEW_ALERT = """
import uuid
from accounts.models import Practice, User
from tests.factories import PregnancyFactory
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Urgency
practice = User.objects.get(email="provider@example.com").practice
hers = PregnancyFactory(practice=practice, patient__first_name="Noor", patient__last_name="Ødegård",
    patient__email="noor@example.org", patient__phone="(505) 555-0199")
report_symptoms(pregnancy=hers, report_id=uuid.uuid4(), symptoms=["BLEED_LIGHT"],
    assessment=Assessment(Urgency.URGENT, ("BLEED_LIGHT.any.4-42",)), by=hers.patient)
"""
LINKS = "#worklist a.nm"


def focused(someone) -> str:
    return someone.page.evaluate("document.activeElement.id")


def test_a_provider_finds_walks_and_hears_of_a_new_alert(person, site):
    # Given Ellen at her list
    ellen = person(DESK)
    ellen.page.clock.install()
    ellen.signs_in("provider@example.com")
    page, field = ellen.page, ellen.page.get_by_label("Find a patient")
    names = page.locator(LINKS)
    everyone = names.count()
    # When she walks it by keys
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(ellen) == names.nth(1).get_attribute("id")
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    assert focused(ellen) == names.nth(1).get_attribute("id")
    # And looks for Marisol by phone, with a key to get there, and types what are keys elsewhere
    page.keyboard.press("/")
    page.keyboard.type("jk?/")
    expect(field).to_have_value("jk?/")
    expect(page.get_by_text("No patient in this view fits")).to_be_visible()
    phone = names_phone(site)
    field.fill(phone)
    page.clock.run_for(400)
    expect(names).to_have_count(1)
    expect(names).to_have_text("Marisol Reyes")
    assert phone not in page.url and page.url.endswith("/worklist/")
    ellen.is_served_well()
    # Then a filter keeps what she typed, and leaves Marisol out
    page.get_by_role("button", name="Stitch out due").click()
    expect(page.get_by_text("No patient in this view fits")).to_be_visible()
    page.get_by_role("button", name="All", exact=False).last.click()
    expect(names).to_have_count(1)
    # When a new alert comes that the search leaves out
    before = page.title()
    site.manage("shell", "-c", NEW_ALERT)
    page.clock.fast_forward("00:21")
    # Then the page says so, in words, in its title and above the list
    expect(page.locator("#news")).to_have_text("1 new alert")
    assert page.title() != before and "to act on) Worklist" in page.title()
    ellen.sees("not in this view.", "Show them.")
    expect(field).to_have_value(phone)
    # And Enter on her name opens the chart
    with page.expect_navigation():
        page.get_by_role("link", name="Show them.").click()
    expect(page.get_by_role("link", name="Noor Ødegård", exact=True)).to_be_visible()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/patients/" in page.url
    ellen.opens("/worklist/")
    expect(page.locator(LINKS)).to_have_count(everyone + 1)


def names_phone(site) -> str:
    """Return the digits of Marisol's phone."""
    asked = "from accounts.models import User; print(User.objects.get(email='marisol@example.com').phone)"
    shown = site.manage("shell", "-v", "0", "-c", asked).strip().splitlines()[-1]
    return "".join(sign for sign in shown if sign.isdigit())


def test_keys_and_sound_can_be_switched_off_and_stay_off(person):
    dana = person(DESK).signs_in("other.provider@example.com")
    sound, keys = dana.page.locator("#sound"), dana.page.locator("#keys")
    # Given a browser that is silent until the first tap, which the button says
    if "blocked" in sound.inner_text():
        sound.click()
    expect(sound).to_have_text("Sound is on: switch it off")
    sound.click()
    expect(sound).to_have_text("Sound is off: switch it on")
    dana.page.keyboard.press("?")
    keys.get_by_label("Use these keys").uncheck()
    dana.is_served_well()
    # When she comes back another time
    dana.opens("/worklist/")
    expect(sound).to_have_text("Sound is off: switch it on")
    dana.page.keyboard.press("j")
    dana.page.keyboard.press("?")
    assert focused(dana) == "" and keys.get_attribute("open") is None


def test_a_list_that_cannot_be_renewed_says_so(person):
    dana = person(DESK)
    dana.page.clock.install()
    dana.signs_in("other.provider@example.com")
    dana.page.route("**/worklist/", lambda route: route.fulfill(status=503))
    dana.page.clock.fast_forward("00:21")
    dana.sees("Cinta cannot be reached. This list may be old")
    dana.page.unroute("**/worklist/")
    dana.page.clock.fast_forward("00:21")
    expect(dana.page.locator("#unreachable")).to_be_hidden()
    dana.complaints.clear()  # the browser names the 503 that we made


def test_without_javascript_she_searches_and_filters_all_the_same(person):
    dana = person({"width": 320, "height": 700}, java_script_enabled=False)
    dana.signs_in("other.provider@example.com")
    dana.page.get_by_label("Find a patient").fill("boyd")
    with dana.page.expect_navigation():
        dana.page.get_by_role("button", name="Find").click()
    dana.sees("Tamika Boyd")
    dana.presses("Stitch out due")
    dana.sees("No patient in this view fits “boyd”.")
    dana.presses("Show all patients")
    dana.sees("Tamika Boyd")


def test_the_list_fits_a_phone_in_both_themes(person):
    for width, scheme in ((320, "light"), (390, "dark")):
        someone = person({**PHONE, "width": width}, color_scheme=scheme)
        someone.signs_in("other.provider@example.com")
        someone.opens("/worklist/?show=watch")


def test_on_the_smallest_phone_all_places_take_two_rows_and_open_by_key(person):
    dana = person({"width": 320, "height": 700})
    dana.signs_in("other.provider@example.com")
    page, more = dana.page, dana.page.locator(".more-places summary")
    assert page.locator(".top").bounding_box()["height"] <= 120, "two rows of fingers' height"
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu__list").get_by_text("Checklist")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".menu__list").get_by_text("Checklist")).to_be_hidden()
    page.locator(".menu--me > summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
