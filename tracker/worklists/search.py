"""Finding a patient by name, date of birth or phone, the way people type them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from tracker.worklists.rows import Row

# 2026-11-20, 11/20/2026, Nov 20 2026, November 20, 2026, 20 Nov 2026.
DATES = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%m/%d/%y",
    "%b %d %Y",
    "%B %d %Y",
    "%d %b %Y",
    "%d %B %Y",
)
PHONE = re.compile(r"[\d\s().+\-/]+")
# Two digits would find half the practice.
FEWEST_DIGITS = 3


def matcher(typed: str) -> Callable[[Row], bool]:
    """Return what tells whether a row is meant by what was typed: a date, a phone, else parts of a name."""
    born = date_in(typed)
    if born:
        return lambda row: row.born_on == born
    digits = re.sub(r"\D", "", typed)
    if PHONE.fullmatch(typed.strip()) and len(digits) >= FEWEST_DIGITS:
        return lambda row: has_digits(row.phone, digits)
    parts = fold(typed).split()
    return lambda row: all(part in fold(row.name) for part in parts)


def date_in(typed: str) -> date | None:
    """Return the date that was typed, or None when it is none."""
    plain = " ".join(typed.replace(",", " ").replace(".", " ").split())
    for pattern in DATES:
        try:
            return datetime.strptime(plain, pattern).date()
        except ValueError:
            continue
    return None


def has_digits(phone: str, digits: str) -> bool:
    """Tell whether a phone has these digits in a row, with or without the country's own 1 before them."""
    own = re.sub(r"\D", "", phone)
    national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return digits in own or national in own


def fold(text: str) -> str:
    """Return letters without case and accents: "Peña" as "pena"."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))
