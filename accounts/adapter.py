import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.letters import dress

logger = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):
    """People come to Cinta by invitation of a practice; nobody signs herself up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "This e-mail and this password do not fit together. Check both, or let us mail you a code."
        ),
        "enter_current_password": gettext_lazy("This is not your password. Please type it again."),
        "incorrect_code": gettext_lazy("This is not the code we sent. Check it and try again."),
        "too_many_login_attempts": gettext_lazy(
            "There were too many tries. Please wait a few minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        ours = {"allauth.account.stages.LoginByCodeStage": "accounts.stages.CodeStage"}
        return [ours.get(each, each) for each in super().get_login_stages()]

    def render_mail(self, template_prefix, email, context, headers=None):
        return dress(super().render_mail(template_prefix, email, context, headers))

    def send_mail(self, template_prefix, email, context):
        """Mail it, or say that it could not be mailed: never wait for a mail that does not come."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            # Only the kind of error: what a mail server says names the person.
            logger.warning("A mail about signing in was not sent: %s", type(error).__name__)
            words = _("We cannot send e-mail right now. Please try again in a few minutes.")
            messages.error(self.request, words)
            raise ImmediateHttpResponse(HttpResponseRedirect(self.request.path)) from error
