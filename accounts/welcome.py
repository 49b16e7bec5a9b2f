"""The mail with which a colleague sets her first password."""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import note_change
from accounts.letters import letter
from accounts.models import ChangeSubject, User

logger = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600


def link_for(person: User) -> str:
    """Return the address at which a person sets her password; it works once, and ends by itself."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    path = reverse("account_reset_password_from_key", kwargs=dict(zip(("uidb36", "key"), key.split("-", 1), strict=True)))  # fmt: skip
    return settings.BASE_URL + path


def send_link(*, person: User, by: User) -> bool:
    """Mail the link, and write that it was sent or that it could not be. Return whether it was sent."""
    context = {
        "person": person,
        "by": by,
        "link": link_for(person),
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS,
    }
    body = render_to_string("accounts/welcome.txt", context)
    subject = _("Your sign-in for %(practice)s") % {"practice": person.practice}
    try:
        letter(subject=" ".join(subject.split()), words=body, to=person.email).send()
    except (OSError, SMTPException) as error:
        # Only the kind of error: what a mail server says names the person.
        logger.warning("A sign-in link was not sent: %s", type(error).__name__)
        was_sent = False
    else:
        was_sent = True
    note_change(
        practice=person.practice,
        subject=ChangeSubject.LINK_SENT if was_sent else ChangeSubject.LINK_FAILED,
        by=by,
        person=person,
        before={},
        after={"email": person.email},
    )
    return was_sent
