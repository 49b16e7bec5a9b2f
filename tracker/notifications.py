"""The words of messages and the ways they leave Cinta.

No message carries a symptom, a name or a clinical word: whoever finds the phone learns nothing.
Each ``send_*`` returns only when the other side took the message. It raises Undeliverable when
trying again cannot help, anything else when it can.
"""

import smtplib

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.letters import letter
from accounts.phones import dial, dialable
from tracker.enums import Channel
from tracker.gateways import Undeliverable, gateway
from tracker.models import Message
from tracker.push import send_push


def page_of(message: Message) -> str:
    """Return the address a message sends its reader to."""
    if message.invitation:
        return settings.BASE_URL + reverse("join", args=[message.invitation.code])
    if message.question_id:
        return settings.BASE_URL + reverse("checklist")
    if message.review_mail_id:
        return settings.BASE_URL + reverse("waiting")
    name = "worklist" if message.alert_id else "today"
    return settings.BASE_URL + reverse(name)


def words_of(message: Message) -> str:
    """Return all that a message says."""
    if message.invitation:
        words = _("%(practice)s invites you to Cinta. The link works once, for 14 days.")
        return words % {"practice": message.invitation.practice}
    if message.question_id:
        return _("Your care team has written to you. Open Cinta.")
    if message.follow_up_id:
        return _("Cinta has a short question for you. Open Cinta.")
    if message.review_mail_id:
        return _("Lessons you review are to be looked at again soon. Open Cinta.")
    return _("Open Cinta now. Something waits for you there.")


def send(message: Message) -> None:
    """Hand a message over to the mail server, the push services or the gateway."""
    SENDERS[message.channel](message)


def send_email(message: Message) -> None:
    if not message.address:
        raise Undeliverable("no e-mail address")
    words = words_of(message)
    mail = letter(
        subject=_("Open Cinta"),
        words=f"{words}\n\n{page_of(message)}",
        to=message.address,
        # The same for every try, so that the receiver can drop a repeat.
        headers={"Message-ID": f"<{message.pk}@cinta>", "X-Cinta-Key": message.key},
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        _give_up_if_refused(*error.recipients[message.address], error)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        _give_up_if_refused(error.smtp_code, error.smtp_error, error)


def _give_up_if_refused(code: int, answer: bytes, error: Exception) -> None:
    """Tell a refusal for good (5xx) from one for now (4xx), which is raised again."""
    if code < 500:
        raise error
    words = answer.decode("ascii", "replace")
    raise Undeliverable(f"the mail server refused it: {code} {words}") from error


def send_phone(message: Message) -> None:
    """Send a text, or place an automatic call."""
    way, written = gateway(), message.to.phone
    country = message.to.practice.country if message.to.practice else "US"
    if way is None:
        raise Undeliverable("no gateway to phones is set up")
    number = dial(written, country)
    # A short number is nobody's own phone, and may be the emergency line.
    if not dialable(written, country) or not number.startswith("+"):
        raise Undeliverable("not a phone number")
    way.send(
        number=number,
        words=f"{words_of(message)} {page_of(message)}",
        key=message.key,
        voice=message.channel == Channel.VOICE,
    )


def send_to_browsers(message: Message) -> None:
    """Notify every browser the person subscribed; one that took it is enough."""
    if not send_push(
        list(message.to.push_subscriptions.all()),
        title=_("Open Cinta"),
        words=words_of(message),
        page=page_of(message),
        key=str(message.pk),
    ):
        raise Undeliverable("no browser is subscribed any more")


SENDERS = {
    Channel.EMAIL: send_email,
    Channel.SMS: send_phone,
    Channel.VOICE: send_phone,
    Channel.PUSH: send_to_browsers,
}
