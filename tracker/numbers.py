"""The numbers to call while nothing can be read: her practice's, in a small signed cookie.

Nothing in the cookie is about her; it holds what stands on the clinic's own door.
"""

from dataclasses import astuple, dataclass, fields

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import Practice

SALT = "tracker.numbers"
# One whole pregnancy: she may need them long after her session has ended.
KEPT_FOR_SECONDS = 42 * 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom to call, by the names that :class:`accounts.models.Practice` uses. Empty when unknown."""

    name: str = ""
    phone: str = ""
    after_hours_phone: str = ""
    hospital_name: str = ""
    hospital_address: str = ""
    hospital_phone: str = ""
    country: str = ""
    emergency_number: str = ""
    crisis_number: str = ""
    mood_number: str = ""


def public_numbers() -> Numbers:
    """Return what anyone can call in the country of this site: lines of the US are not given elsewhere."""
    lines = ("crisis_number", "mood_number") if settings.PUBLIC_COUNTRY == "US" else ()
    return Numbers(
        country=settings.PUBLIC_COUNTRY,
        emergency_number=settings.PUBLIC_EMERGENCY_NUMBER,
        **{line: Practice._meta.get_field(line).default for line in lines},
    )


def numbers_of(practice: Practice) -> Numbers:
    return Numbers(**{field.name: getattr(practice, field.name) for field in fields(Numbers)})


def numbers_in(request: HttpRequest) -> Numbers | None:
    """Return the numbers her browser kept; None when there are none or someone else wrote them."""
    try:
        kept = signing.loads(request.COOKIES.get(settings.NUMBERS_COOKIE_NAME, ""), salt=SALT)
    except signing.BadSignature:
        return None
    # A cookie of another version has other fields: the next page sets it anew.
    return Numbers(*kept) if len(kept) == len(fields(Numbers)) else None


def keep_numbers(request: HttpRequest, response: HttpResponse, practice: Practice) -> None:
    """Give her browser the numbers, unless it has them already."""
    numbers = numbers_of(practice)
    if numbers_in(request) != numbers:
        response.set_cookie(
            settings.NUMBERS_COOKIE_NAME,
            signing.dumps(astuple(numbers), salt=SALT, compress=True),
            max_age=KEPT_FOR_SECONDS,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )


def forget_numbers(response: HttpResponse) -> None:
    response.delete_cookie(settings.NUMBERS_COOKIE_NAME, samesite="Lax")
