"""A mail server of our own, in a thread: what Cinta sends really arrives, and can really be refused."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

DROP = "drop"
FOOT = "Please do not answer this e-mail. Nobody reads the answers."
TAKEN = "250 OK"


def plain(mail: EmailMessage) -> str:
    """Return what a mail says to a program that shows plain text."""
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


class Mailbox(Controller):
    """Takes every mail, unless told otherwise: ``answers`` holds what it says next, in order, at each stage.

    DROP at the stage DATA takes the whole mail and then drops the line without a word.
    """

    def __init__(self):
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.arrived: list[EmailMessage] = []
        self.answers: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def answer(self, stage: str) -> str:
        waiting = self.answers[stage]
        return waiting.pop(0) if waiting else TAKEN

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.answer("MAIL")
        if answer == TAKEN:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answer("RCPT")
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.answer("DATA")
        if answer in (TAKEN, DROP):
            self.arrived.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer == DROP:
            server.transport.abort()
        return answer
