"""What every mail of Cinta looks like: the same words twice, as plain text and in linen and thread."""

import re
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

PARAGRAPHS = re.compile(r"\n[ \t]*\n")
ADDRESS_AT_THE_END = re.compile(r"(?P<words>.*?)\s*(?P<link>https?://\S+)", re.DOTALL)
CODE = re.compile(r"\d{4}-\d{4}")


@dataclass(frozen=True)
class Part:
    """One paragraph: its words, and the address or the code that it ends with, if any."""

    words: str = ""
    link: str = ""
    code: str = ""


def letter(
    *, subject: str, words: str, to: str, headers: dict[str, str] | None = None
) -> EmailMultiAlternatives:
    """Return a mail that says the words, in both looks."""
    return dress(EmailMultiAlternatives(subject, words, None, [to], headers=headers))


def dress(mail: EmailMultiAlternatives) -> EmailMultiAlternatives:
    """Write the foot under a mail's words, and add the same words as HTML."""
    mail.attach_alternative(as_html(mail.body), "text/html")
    mail.body = f"{mail.body.strip()}\n\n{foot()}\n"
    return mail


def as_html(words: str) -> str:
    """Return the words as a page for a mail program: nothing is loaded, nobody is followed."""
    parts = [part_of(each) for each in PARAGRAPHS.split(words.strip())]
    return render_to_string("mail/layout.html", {"parts": parts, "foot": foot()})


def foot() -> str:
    # She might write back how she feels, and wait for an answer.
    return _("Please do not answer this e-mail. Nobody reads the answers.")


def part_of(paragraph: str) -> Part:
    """Read one paragraph: an address at its end becomes the button, a code of its own is set large."""
    paragraph = paragraph.strip()
    if CODE.fullmatch(paragraph):
        return Part(code=paragraph)
    found = ADDRESS_AT_THE_END.fullmatch(paragraph)
    return Part(**found.groupdict()) if found else Part(words=paragraph)
