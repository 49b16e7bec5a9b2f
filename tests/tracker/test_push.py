"""Browser notifications: subscribed by whoever sits there, encrypted, signed, and silent about her."""

import base64
import json
import threading
import uuid
from datetime import timedelta
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from py_vapid import Vapid02

from tests.factories import UserFactory, put_on_call
from tracker.actions import report_symptoms
from tracker.clinical.triage import Assessment
from tracker.enums import Channel, MessageState, Urgency
from tracker.models import Message, PushSubscription
from tracker.outbox import deliver_due
from tracker.push import MOST_BROWSERS, public_key, validate_endpoint

pytestmark = pytest.mark.django_db
ADDRESS = reverse("push_subscription")
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc-123:DEF_456"


def plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """The keys of one browser, and what it makes of a notification."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = uuid.uuid4().bytes
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": plain(point), "auth": plain(self.secret)}

    def read(self, body: bytes) -> dict:
        decrypted = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret)
        return json.loads(decrypted)


class PushService(ThreadingHTTPServer):
    """A push service on this machine. ``answers`` holds what it says at an address; 201 elsewhere."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), PushAnswers)
        self.address = f"http://localhost:{self.server_port}"
        self.answers: dict[str, int] = {}
        self.got: list[tuple[str, HTTPMessage, bytes]] = []

    def subscribe(self, user, name: str, answer: int = 201) -> Browser:
        """Subscribe a new browser of a person, at /name."""
        browser, self.answers[f"/{name}"] = Browser(), answer
        PushSubscription.objects.create(
            user=user, endpoint=f"{self.address}/{name}", **browser.keys
        )
        return browser


class PushAnswers(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.got.append((self.path, self.headers, body))
        status = self.server.answers.get(self.path, 201)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"{self.server.address}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *arguments):
        """Keep quiet."""


@pytest.fixture
def push_service(settings):
    server = PushService()
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.PUSH_HOSTS = [*settings.PUSH_HOSTS, "localhost"]
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def raised(practice, provider, pregnancy):
    """Return a function that raises an alert, which Ellen Park is told of; its push message comes back."""
    put_on_call(practice, provider)

    def alert(urgency=Urgency.URGENT) -> Message:
        report = report_symptoms(
            pregnancy=pregnancy,
            report_id=uuid.uuid4(),
            symptoms=["BLEED_LIGHT"],
            assessment=Assessment(urgency, ("BLEED_LIGHT.any.4-42",)),
            by=pregnancy.patient,
        )
        return report.alert.messages.get(channel=Channel.PUSH)

    return alert


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


# -- Subscribing ----------------------------------------------------------------------


def test_a_provider_is_notified_on_this_device_until_she_stops_it(ellen, provider):
    keys = Browser().keys
    assert ellen.post(ADDRESS, {"endpoint": ENDPOINT, **keys}).status_code == 204
    (stored,) = provider.push_subscriptions.all()
    assert stored.info == {"endpoint": ENDPOINT, "keys": keys}
    assert ellen.post(ADDRESS, {"endpoint": ENDPOINT, "stop": "1"}).status_code == 204
    assert not PushSubscription.objects.exists()


def test_only_who_may_open_an_alert_is_notified_of_it(sign_in, manager, patient):
    form = {"endpoint": ENDPOINT, **Browser().keys}
    for person in (patient, manager):
        assert sign_in(person).post(ADDRESS, form).status_code == 403
    assert Client().post(ADDRESS, form).status_code == 302
    assert not PushSubscription.objects.exists()


def test_another_site_cannot_subscribe_anyone(provider):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(provider)
    assert browser.post(ADDRESS, {"endpoint": ENDPOINT, **Browser().keys}).status_code == 403


def test_a_shared_browser_belongs_to_whoever_subscribed_last(ellen, colleague, sign_in):
    ellen.post(ADDRESS, {"endpoint": ENDPOINT, **Browser().keys})
    sign_in(colleague).post(ADDRESS, {"endpoint": ENDPOINT, **Browser().keys})
    assert PushSubscription.objects.get().user == colleague


def test_nobody_stops_the_notifications_of_someone_else(ellen, colleague, sign_in):
    ellen.post(ADDRESS, {"endpoint": ENDPOINT, **Browser().keys})
    sign_in(colleague).post(ADDRESS, {"endpoint": ENDPOINT, "stop": "1"})
    assert PushSubscription.objects.exists()


def test_the_oldest_browser_makes_room_and_the_one_just_subscribed_stays(ellen, provider):
    def subscribe(number: int) -> None:
        ellen.post(ADDRESS, {"endpoint": f"{ENDPOINT}{number}", **Browser().keys})

    for number in range(MOST_BROWSERS + 1):
        subscribe(number)
    subscribe(1)
    endpoints = set(provider.push_subscriptions.values_list("endpoint", flat=True))
    assert endpoints == {f"{ENDPOINT}{number}" for number in range(1, MOST_BROWSERS + 1)}


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/send",
        "http://fcm.googleapis.com/send",
        "https://push.example.org/send",
        "https://evil-fcm.googleapis.com.example.org/send",
        "https://evilfcm.googleapis.com/send",
        "https://fcm.googleapis.com.example.org/",
        "https://fcm.googleapis.com@example.org/send",
        "https://user@fcm.googleapis.com/send",
        "https://example.org\\@fcm.googleapis.com/send",
        "https://example.org#@fcm.googleapis.com/send",
        "https://example.org/?@fcm.googleapis.com/send",
        "https://fcm.googleapis.com:22/send",
        "https://fcm.googleapis.com\n/send",
        "https://fcm.googleapis.com/se nd",
        "https://127.0.0.1/send",
        "https://[::1]/send",
        "https://[fcm.googleapis.com/send",
        "https://2130706433/send",
        "http://localhost/send",
        "https://localhost/send",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 500,
    ],
)
def test_only_an_address_of_a_known_push_service_is_taken(ellen, endpoint):
    answer = ellen.post(ADDRESS, {"endpoint": endpoint, **Browser().keys})
    assert answer.status_code == 400
    assert "notification service is not known" in answer.content.decode()
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        ENDPOINT,
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABn-_=",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAAB%2bx%3d",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://FCM.googleapis.com:443/send",
    ],
)
def test_the_services_of_the_great_browsers_are_known(endpoint):
    validate_endpoint(endpoint)


def test_a_push_service_can_be_taken_off_the_list(settings):
    settings.PUSH_HOSTS = ["push.example.org"]
    with pytest.raises(ValidationError):
        validate_endpoint(ENDPOINT)
    validate_endpoint("https://push.example.org/send")


@pytest.mark.parametrize(
    "damage",
    [
        {"p256dh": ""},
        {"auth": ""},
        {"auth": plain(b"short")},
        {"p256dh": plain(b"\x02" + b"x" * 64)},
        {"p256dh": plain(b"\x04" + b"x" * 64)},
        {"p256dh": "é!?"},
    ],
    ids=["no key", "no secret", "short secret", "compressed", "not on the curve", "not base64"],
)
def test_keys_that_nothing_can_be_encrypted_with_are_refused(ellen, damage):
    answer = ellen.post(ADDRESS, {"endpoint": ENDPOINT, **Browser().keys} | damage)
    assert answer.status_code == 400 and "damaged" in answer.content.decode()


# -- The worklist --------------------------------------------------------------------------


def test_the_worklist_carries_the_key_and_only_her_own_browsers(ellen, provider, colleague):
    for number, user in enumerate((provider, colleague)):
        PushSubscription.objects.create(user=user, endpoint=f"{ENDPOINT}{number}", **Browser().keys)
    page = ellen.get(reverse("worklist")).content.decode()
    assert f'data-key="{public_key()}"' in page and f'action="{ADDRESS}"' in page
    assert f"{ENDPOINT}0 " in page and f"{ENDPOINT}1" not in page


def test_the_part_of_the_worklist_that_renews_itself_leaves_the_switch_alone(ellen):
    part = ellen.get(reverse("worklist"), headers={"HX-Request": "true"}).content.decode()
    assert 'id="worklist"' in part and 'id="push"' not in part


@pytest.mark.parametrize("key", ["", "not a key"])
def test_without_a_sound_key_there_is_a_worklist_and_no_switch(ellen, settings, key):
    settings.VAPID_PRIVATE_KEY = key
    answer = ellen.get(reverse("worklist"))
    assert answer.status_code == 200 and 'id="push"' not in answer.content.decode()


# -- What arrives ---------------------------------------------------------------------------


def test_the_notification_says_open_cinta_and_only_that_browser_can_read_it(
    push_service, provider, raised, settings
):
    browser = push_service.subscribe(provider, "desk")
    message = raised()
    deliver_due()
    ((path, headers, body),) = push_service.got
    assert path == "/desk" and b"Cinta" not in body
    assert browser.read(body) == {
        "title": "Open Cinta",
        "words": "Open Cinta now. Something waits for you there.",
        "page": f"{settings.BASE_URL}/worklist/",
        "key": str(message.pk),
    }
    with pytest.raises(http_ece.ECEException):
        Browser().read(body)
    assert headers["Urgency"] == "high" and headers["TTL"] == str(4 * 3600)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.parametrize(
    ("named", "subject"),
    [
        ("mailto:operator@example.org", "mailto:operator@example.org"),
        ("https://cinta.example.org:8443/about", "https://cinta.example.org:8443/about"),
        # A push service takes no http: address, which is what a demonstration is reached at.
        ("http://127.0.0.1:8000", "mailto:cinta@localhost"),
    ],
)
def test_the_notification_is_signed_with_the_sites_own_key(
    push_service, provider, raised, settings, named, subject
):
    settings.VAPID_SUBJECT = named
    push_service.subscribe(provider, "desk")
    raised()
    deliver_due()
    ((_, headers, _),) = push_service.got
    signature = headers["Authorization"]
    assert Vapid02.verify(signature) and f"k={public_key()}" in signature
    claims = signature.split("t=")[1].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert claims["aud"] == push_service.address and claims["sub"] == subject
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600
    forged = signature.replace("t=e", "t=f", 1)
    assert not Vapid02.verify(forged)


def test_a_repeat_replaces_the_first_at_the_push_service(push_service, provider, raised):
    push_service.subscribe(provider, "desk", 500)
    message = raised()
    deliver_due()
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        deliver_due()
    topics = [headers["Topic"] for _, headers, _ in push_service.got]
    assert topics == [message.pk.hex] * 2 and len(message.pk.hex) <= 32


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_said(push_service, provider, raised, status):
    push_service.subscribe(provider, "desk", status)
    message = raised()
    deliver_due()
    assert not PushSubscription.objects.exists()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    trouble = message.alert.events.get(kind="not_told")
    assert trouble.note == "no browser is subscribed any more"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_push_service_in_trouble_is_tried_again(push_service, provider, raised, status):
    push_service.subscribe(provider, "desk", status)
    message = raised()
    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and str(status) in message.error
    push_service.answers["/desk"] = 201
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        deliver_due()
    message.refresh_from_db()
    assert (message.state, message.tries) == (MessageState.SENT, 2)


@pytest.mark.parametrize("status", [400, 403, 413])
def test_a_refusal_for_good_is_said_at_once(push_service, provider, raised, status):
    push_service.subscribe(provider, "desk", status)
    message = raised()
    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.error == f"the push service refused it: {status}"


def test_a_push_service_that_is_away_is_tried_again(push_service, provider, raised):
    push_service.subscribe(provider, "desk")
    PushSubscription.objects.update(endpoint="http://localhost:1/desk")
    message = raised()
    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and "ConnectionError" in message.error


@pytest.mark.parametrize("trouble", [410, 500, 403])
def test_one_browser_in_trouble_keeps_no_other_from_being_notified(
    push_service, provider, raised, trouble
):
    push_service.subscribe(provider, "gone", trouble)
    browser = push_service.subscribe(provider, "desk")
    message = raised()
    deliver_due()
    assert [path for path, _, _ in push_service.got] == ["/gone", "/desk"]
    assert browser.read(push_service.got[1][2])["title"] == "Open Cinta"
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_keys_that_went_bad_keep_no_other_browser_from_being_notified(
    push_service, provider, raised
):
    push_service.subscribe(provider, "bad")
    PushSubscription.objects.update(p256dh=plain(b"\x04" + b"x" * 64))
    push_service.subscribe(provider, "desk")
    message = raised()
    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_push_service_that_sends_elsewhere_is_not_followed(
    push_service, provider, raised, status
):
    push_service.subscribe(provider, "desk", status)
    message = raised()
    deliver_due()
    assert [path for path, _, _ in push_service.got] == ["/desk"]
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


def test_who_subscribed_no_browser_gets_a_mail_only(practice, pregnancy, provider, raised):
    with pytest.raises(Message.DoesNotExist):
        raised()
    assert Message.objects.get().channel == Channel.EMAIL


def test_with_push_switched_off_no_notification_is_promised(
    push_service, provider, raised, settings
):
    push_service.subscribe(provider, "desk")
    settings.VAPID_PRIVATE_KEY = ""
    with pytest.raises(Message.DoesNotExist):
        raised()


def test_a_key_set_up_wrongly_does_not_stop_the_mail(
    push_service, provider, raised, settings, mailbox
):
    push_service.subscribe(provider, "desk")
    settings.VAPID_PRIVATE_KEY = "not a key"
    message = raised()
    deliver_due()
    assert [letter["To"] for letter in mailbox.arrived] == [provider.email]
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and message.error


def test_a_colleague_elsewhere_is_not_notified(push_service, provider, raised):
    push_service.subscribe(provider, "desk")
    push_service.subscribe(UserFactory(provider=True), "elsewhere-desk")
    raised()
    deliver_due()
    assert [path for path, _, _ in push_service.got] == ["/desk"]
