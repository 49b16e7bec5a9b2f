"""Reports without a network: what the device keeps, what it says, and that each report arrives once."""

import os
import signal
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.device import (
    CHANGE,
    FLUSH,
    KEEPS_HERS,
    KEPT_OWNER,
    KEPT_PAGES,
    LOSE_RULES,
    PUT,
    UNSENT,
    Device,
)

pytestmark = [pytest.mark.browser, pytest.mark.once]


@contextmanager
def stopped(site):
    """Hold the web server still: it takes connections and says nothing, like a network that is too weak."""
    os.killpg(site.processes[0].pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(site.processes[0].pid, signal.SIGCONT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_after_one_visit_the_signs_the_numbers_the_lesson_and_the_form_open_without_a_network(
    device, scheme
):
    ines = device(color_scheme=scheme).has_visited()
    ines.person.looks_closely = True
    ines.loses_the_network()
    ines.person.opens("/warning-signs/")
    ines.person.sees("When to get help", "Go to the hospital now")
    ines.person.opens("/learn/weeks/18/")
    ines.person.sees("Week 18", "To do this week")
    for path in ("/today/", "/symptoms/report/", "/offline/", "/checklist/"):
        ines.person.opens(path)
        ines.person.sees("There is no network right now", "How do you feel right now?")
        expect(ines.page.locator("main a[href='tel:+15055550142']").first).to_be_visible()


@pytest.mark.parametrize(
    ("codes", "urgency", "words", "number"),
    [
        (["bleed_light"], "urgent", "Call your care team now", "tel:+15055550142"),
        (["pelvic_pressure", "abdo_cramp"], "emergency", "Go to the hospital now", "tel:911"),
        (["urine_often"], "contact", "Call your care team today", "tel:+15055550142"),
        (["self_harm"], "emergency", "Call or text 988 now", "tel:988"),
        (["low_mood"], "contact", "Talk with someone today", "tel:+18338526262"),
        (["stitch_contract"], "emergency", "Go to the hospital now", "tel:911"),
    ],
)
def test_a_report_without_a_network_is_answered_at_once_with_its_advice_and_the_truth(
    device, codes, urgency, words, number
):
    ines = device().has_visited()
    ines.person.looks_closely = True
    ines.loses_the_network()
    ines.tells_offline(*codes)
    expect(ines.page.locator("main")).to_have_attribute("data-report-urgency", urgency)
    expect(ines.page.get_by_role("heading", level=1)).to_have_text(words)
    expect(ines.page.locator(f"main section[data-urgency={urgency}]")).to_be_visible()
    assert ines.page.evaluate("document.activeElement.tagName") == "H1"
    expect(ines.page).to_have_title(f"{words} · Cinta")
    ines.person.sees("Your care team has not been told yet. Please call.")
    assert ines.page.locator("main a[href^='tel:']").first.get_attribute("href") == number
    assert not ines.page.get_by_text("Sent at").locator("visible=true").count()
    assert [entry["level"] for entry in ines.queue()] == [urgency]
    assert not ines.rows()


def test_the_callout_weighs_all_signs_together_without_a_network(device):
    ines = device().has_visited()
    ines.loses_the_network()
    ines.person.opens("/symptoms/report/")
    ines.person.ticks("Pressure low down")
    expect(ines.page.locator(".dock .care--now")).to_be_visible()
    ines.person.ticks("Belly cramps")
    expect(ines.page.locator(".dock .care--em")).to_be_visible()
    expect(ines.page.locator(".dock .care--now")).to_be_hidden()
    expect(ines.page.locator("#live")).to_have_text("Go to the hospital now")


def test_reports_of_an_hour_without_a_network_arrive_once_and_in_order(device):
    # Given three reports and an "I feel OK" without a network
    ines = device().has_visited()
    ines.loses_the_network()
    ines.tells_offline("urine_often", note="first")
    ines.tells_offline("bleed_light", note="second")
    ines.person.opens("/today/")
    ines.person.sees("Call your care team now")
    expect(ines.notice()).to_contain_text("Your care team does not know yet. Please call.")
    ines.tells_offline(button="None of these. I feel OK")
    ines.person.sees("This is not sent yet.")
    ines.tells_offline("bleed_heavy", note="last")
    assert not ines.rows()
    # When the network is back
    ines.finds_the_network()
    # Then the page on her screen says that they were sent, and no longer that nobody knows
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    ines.is_empty()
    expect(ines.page.get_by_text("has not been told yet").locator("visible=true")).to_have_count(0)
    ines.person.sees("A person may not read it right away")
    rows = ines.rows()
    assert [row["note"] for row in rows] == ["first", "second", "", "last"]
    assert [row["ok"] for row in rows] == [False, False, True, False]
    assert all(row["clock"] and row["made"] <= row["received"] for row in rows)
    # And what she opens from there is the page of that report, from the server
    ines.page.locator("main p.sent").get_by_role("link", name="See who has read it").click()
    expect(ines.page).to_have_url(f"{ines.site.address}/symptoms/{rows[-1]['id']}/")
    ines.person.sees("No one has read it yet.")


def test_today_never_says_that_nothing_waits_once_she_has_told_us_something(device):
    ines = device().has_visited()
    ines.person.looks_closely = True
    ines.loses_the_network()
    ines.tells_offline("bleed_light")
    ines.finds_the_network()
    ines.person.opens("/today/")
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    expect(ines.page.locator("main [data-urgency=urgent]").first).to_be_visible()
    expect(ines.page.get_by_text("Nothing is waiting for you right now")).to_be_hidden()


def test_a_report_with_a_network_leaves_nothing_behind_on_the_device(device):
    ines = device().has_visited()
    ines.person.opens("/symptoms/report/")
    ines.reports("bleed_light", button="Save and tell my care team")
    ines.person.sees("No one has read it yet.")
    assert ines.queue() == []
    expect(ines.notice()).to_be_hidden()
    assert len(ines.rows()) == 1


def test_one_bad_entry_does_not_hold_up_the_others_and_she_is_told(device):
    # Given three reports, of which two were altered on the device
    ines = device().has_visited()
    ines.person.looks_closely = True
    ines.loses_the_network()
    for code in ("bleed_light", "itch", "bleed_heavy"):
        ines.tells_offline(code)
    unknown, broken, _sound = ines.queue()
    fields = unknown["fields"] | {"symptoms": ["bleed_light_2"]}
    ines.page.evaluate(CHANGE, [unknown["number"], {"fields": fields}])
    ines.page.evaluate(CHANGE, [broken["number"], {"fields": '{"symptoms": ['}])
    # When the network is back
    ines.finds_the_network()
    # Then the sound one arrives, and the others are named as not sent
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    expect(ines.notice().get_by_text("Could not be sent:")).to_have_count(2)
    expect(ines.notice()).to_contain_text("Your care team does not know. Please call.")
    assert [row["symptoms"] for row in ines.rows()] == [["BLEED_HEAVY"]]
    # And the gravest advice of what is not sent goes on standing when the network is gone again
    ines.loses_the_network()
    ines.person.opens("/today/")
    ines.person.sees("Call your care team now", "Could not be sent:")
    assert "We keep this on your phone" not in ines.page.locator("main").inner_text()
    ines.finds_the_network()
    # And they stay there until she says that she called
    ines.person.opens("/today/")
    button = ines.notice().get_by_role("button", name="I called. Take this off my phone.")
    button.first.click()
    expect(button).to_have_count(1)
    button.click()
    expect(button).to_have_count(0)
    ines.is_empty()


def test_an_entry_that_is_replayed_after_it_was_stored_makes_no_second_row(device):
    ines = device().has_visited()
    ines.loses_the_network()
    ines.tells_offline("bleed_light")
    (entry,) = ines.queue()
    ines.finds_the_network()
    ines.is_empty()
    for number in (70, 71):
        ines.page.evaluate(PUT, entry | {"number": number})
    ines.page.evaluate(FLUSH)
    ines.is_empty()
    assert [row["id"] for row in ines.rows()] == [entry["report_id"]]


def test_two_windows_that_send_at_once_send_once(device):
    ines = device().has_visited()
    other = ines.context.new_page()
    other.goto(ines.site.address + "/today/")
    ines.loses_the_network()
    for code in ("bleed_light", "itch", "urine_often"):
        ines.tells_offline(code)
    ines.finds_the_network()
    other.evaluate(FLUSH)
    ines.page.evaluate(FLUSH)
    ines.is_empty()
    assert [row["symptoms"] for row in ines.rows()] == [["BLEED_LIGHT"], ["ITCH"], ["URINE_OFTEN"]]


def test_two_devices_with_different_reports_both_arrive(device):
    phone = device().has_visited()
    tablet = device(phone.email, DESK).has_visited()
    for each, code in ((phone, "bleed_light"), (tablet, "itch")):
        each.loses_the_network()
        each.tells_offline(code)
    for each in (tablet, phone):
        each.finds_the_network()
        each.is_empty()
    assert sorted(row["symptoms"] for row in phone.rows()) == [["BLEED_LIGHT"], ["ITCH"]]


def signs_out(each: Device) -> None:
    with each.page.expect_navigation():
        each.page.get_by_role("button", name="Sign out").click()


def test_signing_out_clears_the_device_of_her_but_for_what_was_not_sent(device, site):
    # Given a report that is not sent, and a page from before the network went
    ines = device().has_visited()
    ines.person.looks_closely = True
    ines.loses_the_network()
    ines.tells_offline("bleed_light")
    with stopped(site):
        ines.finds_the_network()
    ines.is_empty()
    ines.person.opens("/today/")
    ines.loses_the_network()
    ines.page.evaluate(PUT, UNSENT | {"owner": ines.notice().get_attribute("data-owner")})
    # When she signs out without a network
    signs_out(ines)
    # Then her pages are off the device, she is told what stays, and what was not done
    ines.person.is_served_well()
    ines.person.sees("Your pages are off this device", "could not sign you out with us yet")
    ines.person.sees("1 report that was not sent stays on this device until you sign in again.")
    assert not ines.page.evaluate("() => caches.has('cinta-hers')")
    assert "555-01" not in "".join(text for _c, _p, text in ines.page.evaluate(KEPT_PAGES))
    # And the next one to use it with a network finds her signed out
    ines.finds_the_network()
    ines.person.opens("/today/")
    expect(ines.page).to_have_url(f"{site.address}/accounts/login/?next=/today/")
    ines.person.sees("1 report that was not sent stays on this device until you sign in again.")
    rows = len(ines.rows())
    # When someone else signs in there, she neither sees nor sends it
    ines.person.signs_in("tamika@example.com")
    ines.waits_until(KEEPS_HERS)
    ines.page.evaluate(FLUSH)
    expect(ines.notice()).to_be_hidden()
    assert len(ines.queue()) == 1 and len(ines.rows()) == rows
    # And signing out with a network clears just as well
    signs_out(ines)
    assert not ines.page.evaluate("() => caches.has('cinta-hers')")
    ines.person.sees("1 report that was not sent stays on this device until you sign in again.")
    # When she signs in again, it is sent
    ines.person.signs_in(ines.email)
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    ines.is_empty()
    assert len(ines.rows()) == rows + 1


def test_when_someone_else_turns_out_to_be_signed_in_what_was_kept_is_hers_no_longer(device):
    ines, other = device().has_visited(), device().has_visited()
    before = ines.page.evaluate(KEPT_OWNER)
    ines.context.add_cookies(other.context.cookies())
    ines.person.opens("/checklist/")
    mark = ines.notice().get_attribute("data-owner")
    assert mark != before
    ines.waits_until(f"async () => await ({KEPT_OWNER})() === '{mark}'")


def test_what_is_not_a_report_says_that_it_was_not_saved(device):
    ines = device().has_visited()
    ines.person.opens("/checklist/small-signs/")
    ines.loses_the_network()
    ines.person.presses("I understand")
    ines.person.sees("This was not saved")


def test_the_device_keeps_nothing_of_her_but_what_the_rules_need(device):
    ines = device().has_visited()
    ines.person.opens("/symptoms/report/")
    ines.reports("bleed_heavy", button="Save and tell my care team")
    for path in ("/today/", "/symptoms/", "/timeline/", "/checklist/", "/learn/weeks/18/"):
        ines.person.opens(path)
    pages = ines.page.evaluate(KEPT_PAGES)
    assert sorted((cache, path) for cache, path, _text in pages) == [
        ("cinta-hers", "/learn/weeks/18/"),
        ("cinta-hers", "/offline/"),
        ("cinta-hers", "/warning-signs/"),
        ("cinta-shell", "/offline/"),
        ("cinta-shell", "/warning-signs/"),
    ]
    for _cache, path, text in pages:
        assert ines.email not in text and "Offline" + ines.number not in text, path
        assert "care--bar" not in text and "You told us: <b>" not in text.split("<template")[0]


def test_a_network_that_is_too_slow_ends_in_the_advice_and_one_row(device, site):
    ines = device().has_visited()
    ines.person.opens("/symptoms/report/")
    with stopped(site):
        ines.reports("bleed_heavy", button="Save and tell my care team")
        ines.person.sees("Go to the hospital now", "Your care team has not been told yet.")
    # The server takes up the request it had, and gets the report from the device once more
    ines.is_empty()
    expect(ines.notice()).to_contain_text("Sent at")
    assert [row["symptoms"] for row in ines.rows()] == [["BLEED_HEAVY"]]


def test_a_page_that_is_too_slow_gives_way_to_the_kept_one(device, site):
    ines = device().has_visited()
    with stopped(site):
        ines.person.opens("/warning-signs/")
        ines.person.sees("When to get help")


def test_rules_that_are_lost_on_the_device_give_the_strictest_advice(device):
    ines = device().has_visited()
    ines.page.evaluate(LOSE_RULES)
    ines.loses_the_network()
    ines.tells_offline("urine_often")
    expect(ines.page.locator("main")).to_have_attribute("data-report-urgency", "emergency")
    ines.person.sees("Go to the hospital now")


def test_a_session_that_ended_keeps_the_report_until_she_signs_in_again(device):
    ines = device().has_visited()
    ines.person.opens("/symptoms/report/")
    ines.context.clear_cookies(name="session")
    ines.reports("bleed_light", button="Save and tell my care team")
    assert ines.page.locator("main").get_attribute("data-report-urgency")
    ines.person.opens("/accounts/login/")
    ines.person.sees("1 report that was not sent stays on this device until you sign in again.")
    assert len(ines.queue()) == 1 and not ines.rows()
    ines.person.signs_in(ines.email)
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    assert [row["symptoms"] for row in ines.rows()] == [["BLEED_LIGHT"]]


def test_who_is_signed_out_and_has_no_network_gets_advice_and_hears_that_nothing_is_kept(device):
    stranger = device()
    stranger.person.opens("/")
    stranger.waits_until("() => navigator.serviceWorker.controller")
    stranger.loses_the_network()
    stranger.tells_offline("urine_often")
    expect(stranger.page.locator("main")).to_have_attribute("data-report-urgency", "urgent")
    stranger.person.sees("We could not keep this on your phone.")
    assert stranger.queue() == []


def test_saving_nothing_without_a_network_keeps_what_she_typed(device):
    ines = device().has_visited()
    ines.loses_the_network()
    ines.tells_offline(note="since <b>lunch</b> & before")
    ines.person.sees("Nothing is ticked yet")
    expect(ines.page.get_by_label("Anything else?")).to_have_value("since <b>lunch</b> & before")
    assert ines.queue() == []
