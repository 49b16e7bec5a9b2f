"""Web push: notifications to browsers, encrypted for each, signed with the site's own key (VAPID)."""

import json
import logging
import re
from email.utils import parseaddr
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from py_vapid import Vapid
from py_vapid.utils import b64urldecode, b64urlencode
from pywebpush import WebPushException, webpush

from accounts.models import User
from tracker.gateways import Undeliverable
from tracker.models import PushSubscription

logger = logging.getLogger(__name__)
KEPT_SECONDS = 4 * 3600
# Connecting and answering take so long at most. All browsers of a person fit into one lease of the outbox.
SECONDS = 5
MOST_BROWSERS = 5
GONE = {404, 410}
LATER = {408, 425, 429}
LONGEST_ENDPOINT = 500
# No user@, no backslash, nothing invisible: programs read such addresses in different ways.
ADDRESS = re.compile(r"(https?)://([A-Za-z0-9.-]+)(:[0-9]+)?/[!#-\[\]-~]*")


class SameHost(requests.Session):
    """Goes where the address says: a push service that sends elsewhere is not followed."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def public_key() -> str:
    """Return the key a browser subscribes with, or nothing where push is switched off or set up wrongly."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    try:
        key = Vapid.from_string(settings.VAPID_PRIVATE_KEY).public_key
    except ValueError:
        logger.error("VAPID_PRIVATE_KEY is not 32 bytes in base64url: no browser can subscribe.")
        return ""
    return b64urlencode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def validate_endpoint(address: str) -> None:
    """Refuse an address that is no push service: Cinta posts only to those it knows."""
    match = ADDRESS.fullmatch(address)
    scheme, host, port = match.groups() if match else ("", "", "")
    host = host.lower()
    known = any(host == name or host.endswith(f".{name}") for name in settings.PUSH_HOSTS)
    as_usual = scheme == "https" and port in (None, ":443")
    if not known or not (as_usual or host == "localhost") or len(address) > LONGEST_ENDPOINT:
        raise ValidationError(_("This browser’s notification service is not known to Cinta."))


def clean_keys(p256dh: str, auth: str) -> dict[str, str]:
    """Return a browser's keys, a point of P-256 and 16 random bytes, in plain base64url. Refuse others."""
    try:
        point, secret = b64urldecode(p256dh.encode()), b64urldecode(auth.encode())
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        point, secret = b"", b""
    if len(point) != 65 or len(secret) != 16:
        raise ValidationError(_("This browser’s keys for notifications are damaged."))
    return {"p256dh": b64urlencode(point), "auth": b64urlencode(secret)}


def subscribe(*, user: User, endpoint: str, p256dh: str, auth: str) -> None:
    """Notify this browser from now on. It belongs to whoever subscribed it last; the oldest make room."""
    validate_endpoint(endpoint)
    keys = clean_keys(p256dh, auth)
    PushSubscription.objects.update_or_create(endpoint=endpoint, defaults={"user": user, **keys})
    others = user.push_subscriptions.exclude(endpoint=endpoint).order_by("-pk")
    too_many = list(others.values_list("pk", flat=True)[MOST_BROWSERS - 1 :])
    PushSubscription.objects.filter(pk__in=too_many).delete()


def send_push(
    subscriptions: list[PushSubscription], *, title: str, words: str, page: str, key: str
) -> bool:
    """Notify each browser. Return whether at least one push service took the message.

    A browser that is gone is forgotten. When none took it, raise what a later try may mend; else
    Undeliverable if a service refused it for good.
    """
    taken, failure, refusal = False, None, None
    for subscription in subscriptions:
        try:
            _post(subscription, {"title": title, "words": words, "page": page, "key": key})
            taken = True
        except WebPushException as error:
            status = error.status_code or 500
            if status in GONE:
                subscription.delete()
            elif 400 <= status < 500 and status not in LATER:
                refusal = Undeliverable(f"the push service refused it: {status}")
            else:
                failure = error
        except Exception as error:
            # One browser's trouble, whatever it is, is no reason to leave out the next.
            failure = error
    if not taken and (failure or refusal):
        raise failure or refusal
    return taken


def _post(subscription: PushSubscription, data: dict[str, str]) -> None:
    # The library wants a subject that looks like its own examples; the standard allows any address.
    signer = Vapid.from_string(settings.VAPID_PRIVATE_KEY)
    signer.conf = {"no-strict": True}
    with SameHost() as session:
        webpush(
            subscription.info,
            json.dumps(data),
            vapid_private_key=signer,
            vapid_claims={"sub": subject()},
            ttl=KEPT_SECONDS,
            timeout=SECONDS,
            # The push service replaces an undelivered message of the same topic.
            headers={"Urgency": "high", "Topic": data["key"].replace("-", "")},
            requests_session=session,
        )


def subject() -> str:
    """Return whom a push service may ask about our messages: https: or mailto:, nothing else is allowed."""
    named = settings.VAPID_SUBJECT
    if urlsplit(named).scheme in {"https", "mailto"}:
        return named
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
