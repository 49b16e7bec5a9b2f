import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORT = re.compile(r"[0-9]{3,6}")
EXTENSION = re.compile(r"[\s,;]*(?:extension|ext\.?|x)\s*\d+\s*$", re.IGNORECASE)


def dial(number: str, country: str = "US") -> str:
    """Return what a phone dials: +15055550142 for (505) 555-0142. Short numbers such as 911 stay as they are."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if len(digits) <= 6:
        return digits
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def dialable(number: str, country: str = "US") -> bool:
    """Tell whether a phone in this country could dial this: long enough, not too long, no words.

    Not whether someone answers: the fictional numbers of the demonstration are dialable. An extension may follow.
    """
    if SHORT.fullmatch(number.strip()):
        return True
    plain = EXTENSION.sub("", number)
    if any(sign.isalpha() for sign in plain):
        return False
    try:
        parsed = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return False
    # Seven digits without an area code are "possible" too, but a cell phone elsewhere cannot dial them.
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE


def validate_phone(number: str) -> None:
    """Refuse what can never be dialed. Numbers of other countries than the US begin with +."""
    if not dialable(number):
        raise ValidationError(
            _(
                "“%(number)s” is not a number a phone can dial. Write it with its area code, such as "
                "(505) 555-0142; outside the US with + and the country code, such as +44 20 7946 0018."
            ),
            code="not_dialable",
            params={"number": number},
        )
