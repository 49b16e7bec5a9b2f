"""Cinta on a home screen: the browser agrees, it opens without a network, and its icon counts what is open."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, WHOLE_CHROMIUM
from tests.browser.device import PUT, UNSENT, WAIT

pytestmark = [pytest.mark.browser, pytest.mark.once]
# The one without a screen does not look whether a page can be installed.
BROWSER = WHOLE_CHROMIUM
# What the system shows on the icon; a browser in a test has none.
ICON = """
const bear = number => { sessionStorage.shown = number; return Promise.resolve(); };
Object.defineProperty(navigator, "setAppBadge", { value: bear });
Object.defineProperty(navigator, "clearAppBadge", { value: () => bear(0) });
"""
OFFER = """
const offer = new Event("beforeinstallprompt", { cancelable: true });
offer.prompt = () => { self.asked = true; };
self.dispatchEvent(offer);
"""
# A person closes her alert.
CLOSE = """
from tracker import actions
from tracker.enums import AlertOutcome
from tracker.models import Alert
from accounts.models import User
alert = Alert.objects.open().get(pregnancy__patient__email="{email}")
ellen = User.objects.get(email="provider@example.com")
actions.acknowledge_alert(alert=alert, by=ellen)
actions.resolve_alert(alert=alert, outcome=AlertOutcome.REACHED, note="", by=ellen)
"""


@pytest.fixture
def ines(device):
    """Ines with Cinta on her home screen, whose icon the test can read."""
    phone = device()
    phone.context.add_init_script(ICON)
    return phone.has_visited()


def counts(someone, number: int) -> None:
    """The icon shows that number."""
    assert someone.page.evaluate(
        WAIT.format(condition=f"() => sessionStorage.shown === '{number}'")
    ), f"{someone.page.evaluate('sessionStorage.shown')} stands on the icon, not {number}"


def test_the_browser_finds_nothing_that_keeps_it_from_the_home_screen(person):
    anyone = person()
    anyone.opens("/")
    anyone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    asks = anyone.page.context.new_cdp_session(anyone.page)
    told = asks.send("Page.getAppManifest")
    assert told["errors"] == [] and told["manifest"]["name"] == "Cinta"
    found = {
        each["errorId"]
        for each in asks.send("Page.getInstallabilityErrors")["installabilityErrors"]
    }
    # Each person of these tests has a window that forgets her, and such a window installs nothing.
    assert found == {"in-incognito"}


def test_her_page_offers_the_home_screen_only_while_the_browser_does(person, patients):
    ines = person().signs_in(next(patients))
    ines.opens("/me/")
    button = ines.page.get_by_role("button", name="Put Cinta on my home screen")
    expect(button).to_be_hidden()
    ines.page.evaluate(OFFER)
    ines.is_served_well()
    button.click()
    expect(button).to_be_hidden()
    assert ines.page.evaluate("self.asked")
    ines.page.evaluate("self.dispatchEvent(new Event('appinstalled'))")
    ines.sees("Cinta is on your home screen now.")
    # On any other page the browser's own offer does not come over the numbers.
    ines.opens("/warning-signs/")
    assert ines.page.evaluate(f"(() => {{ {OFFER} return offer.defaultPrevented; }})()")


def test_from_the_home_screen_cinta_opens_without_a_network_and_says_what_is_true(ines):
    ines.person.looks_closely = True
    start = ines.page.evaluate("fetch('/manifest.webmanifest').then(found => found.json())")[
        "start_url"
    ]
    ines.loses_the_network()
    ines.person.opens(start)
    ines.person.sees("There is no network right now", "Without a network nobody is told.")
    expect(ines.page.locator("main a[href='tel:+15055550142']").first).to_be_visible()
    expect(ines.page.get_by_role("link", name="Lesson of week 18")).to_be_visible()


def test_the_icon_counts_her_open_advice_and_what_waits_on_the_device(ines, site):
    counts(ines, 0)
    # Given something she could not send
    ines.loses_the_network()
    ines.tells_offline("bleed_light")
    counts(ines, 1)
    ines.person.opens("/")
    counts(ines, 1)
    # When it has arrived, it is no longer what waits here, but the advice that is open
    ines.finds_the_network()
    expect(ines.notice()).to_contain_text("Sent at", timeout=20_000)
    ines.is_empty()
    ines.person.opens("/today/")
    counts(ines, 1)
    ines.page.evaluate(
        PUT, UNSENT | {"owner": ines.notice().get_attribute("data-owner"), "state": "broken"}
    )
    ines.person.opens("/today/")
    counts(ines, 2)
    ines.notice().get_by_role("button", name="I called. Take this off my phone.").click()
    counts(ines, 1)
    # And when her care team has closed it, nothing
    site.manage("shell", "-v", "0", "-c", CLOSE.format(email=ines.email))
    ines.person.opens("/today/")
    counts(ines, 0)


def test_signing_out_takes_the_number_off_the_icon_also_without_a_network(ines):
    # Pages that the device keeps leave the number as it is.
    counts(ines, 0)
    ines.page.evaluate("navigator.setAppBadge(1)")
    ines.loses_the_network()
    for path in ("/warning-signs/", "/today/"):
        ines.person.opens(path)
        ines.page.evaluate("cinta.queue.all()")
        counts(ines, 1)
    ines.finds_the_network()
    # Whoever is not signed in has none, and signing out takes hers off at once.
    ines.person.opens("/me/")
    ines.page.evaluate("navigator.setAppBadge(1)")
    ines.loses_the_network()
    with ines.page.expect_navigation():
        ines.page.locator("main").get_by_role("button", name="Sign out on this phone").click()
    ines.person.sees("Your pages are off this device")
    counts(ines, 0)
    ines.page.evaluate("navigator.setAppBadge(1)")
    ines.finds_the_network()
    ines.person.opens("/accounts/login/")
    counts(ines, 0)


def test_the_icon_of_a_provider_counts_what_is_to_act_on(person):
    someone = person(DESK)
    someone.page.add_init_script(ICON)
    someone.looks_closely = False
    someone.signs_in("provider@example.com")
    counts(someone, int(someone.page.locator("#worklist").get_attribute("data-number")))
    # And goes along with the list.
    someone.page.evaluate("""() => {
      document.getElementById("worklist").dataset.number = "7";
      document.dispatchEvent(new Event("htmx:afterSettle"));
    }""")
    counts(someone, 7)
