"""A provider switches notifications on and off on her device, and reads the truth about it.

The browser's own push service is out of reach, so a few lines stand in for it; everything else is real.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, WHOLE_CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.once]
# The one without a screen knows no notifications.
BROWSER = WHOLE_CHROMIUM
# What the browser's maker does: gives the browser an address, and remembers it until it is given up.
MAKER = """
(() => {
  const stored = () => JSON.parse(localStorage.getItem("maker") || "null");
  const made = kept => kept && {
    endpoint: kept.endpoint,
    options: { applicationServerKey: new Uint8Array(kept.key).buffer },
    toJSON: () => ({ endpoint: kept.endpoint, keys: {
      p256dh: "BG5mQAYTdHUMstkb8uoeyyJ8iQZJLYniBKUNNkN7rJNcUX74HnOk9Kf7XPNvkV0wBe3btEzTcz44CqZGtOg9Yek",
      auth: "MDEyMzQ1Njc4OWFiY2RlZg",
    } }),
    unsubscribe: () => { localStorage.removeItem("maker"); return Promise.resolve(true); },
  };
  PushManager.prototype.getSubscription = () => Promise.resolve(made(stored()));
  PushManager.prototype.subscribe = options => {
    if (stored()) return Promise.reject(Error("subscribed with another key"));
    const endpoint = window.strangeEndpoint || "https://fcm.googleapis.com/fcm/send/" + Math.random();
    const kept = { endpoint: endpoint, key: Array.from(options.applicationServerKey) };
    localStorage.setItem("maker", JSON.stringify(kept));
    return Promise.resolve(made(kept));
  };
})();
"""
ON = "This device is notified when an alert is sent to you."


@pytest.fixture
def ellen(person, site):
    """Ellen Park, at a desk whose browser may show notifications."""
    someone = person(DESK, permissions=["notifications"])
    someone.page.add_init_script(MAKER)
    return someone.signs_in("provider@example.com")


def switch(someone, name: str) -> None:
    someone.page.get_by_role("button", name=name).click()


def is_off(someone) -> None:
    expect(someone.page.get_by_role("button", name="Notify me on this device")).to_be_visible()
    expect(someone.page.get_by_text(ON)).to_be_hidden()


def test_a_provider_switches_notifications_on_and_off(ellen):
    is_off(ellen)
    switch(ellen, "Notify me on this device")
    ellen.sees(ON, "Stop on this device")
    # It is still so on the next page, and after the list has renewed itself
    ellen.opens("/worklist/")
    ellen.sees(ON)
    switch(ellen, "Stop on this device")
    is_off(ellen)
    assert ellen.page.evaluate("localStorage.getItem('maker')") is None
    ellen.opens("/worklist/")
    is_off(ellen)


def test_a_subscription_with_an_old_key_of_the_site_counts_as_off_and_is_replaced(ellen):
    switch(ellen, "Notify me on this device")
    ellen.sees(ON)
    ellen.page.evaluate(
        "localStorage.maker = JSON.stringify(Object.assign(JSON.parse(localStorage.maker), {key: [1]}))"
    )
    ellen.opens("/worklist/")
    is_off(ellen)
    switch(ellen, "Notify me on this device")
    ellen.sees(ON)


def test_on_a_shared_desk_a_colleagues_notifications_are_not_shown_as_hers(ellen):
    switch(ellen, "Notify me on this device")
    ellen.sees(ON)
    ellen.page.locator(".menu--me > summary").click()
    ellen.page.get_by_role("button", name="Sign out").click()
    ellen.signs_in("oncall@example.com")
    is_off(ellen)


def test_what_the_server_refuses_is_said_and_undone(ellen):
    ellen.page.evaluate("window.strangeEndpoint = 'https://push.example.org/x'")
    switch(ellen, "Notify me on this device")
    ellen.sees("That did not work. Please try again.")
    is_off(ellen)
    assert ellen.page.evaluate("localStorage.getItem('maker')") is None
    ellen.complaints.remove(
        "Failed to load resource: the server responded with a status of 400 (Bad Request)"
    )


def test_without_javascript_there_is_no_switch(person):
    ellen = person(DESK, java_script_enabled=False)
    ellen.page.goto(ellen.site.address + "/accounts/login/")
    ellen.page.get_by_label("Email").fill("provider@example.com")
    ellen.page.get_by_label("Password").fill("cinta-demo-only")
    ellen.page.locator("main").get_by_role("button", name="Sign in").click()
    expect(ellen.page.get_by_role("heading", name="Worklist")).to_be_visible()
    expect(ellen.page.locator("#push")).to_be_hidden()
