import phonenumbers


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
