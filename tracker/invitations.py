"""What an invitation must hold, what becomes of it, and the words a patient agrees to."""

import datetime
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Practice, Role, User
from tracker.models import Invitation
from tracker.models.enrolment import WRONG_TRIES

VALID_FOR = datetime.timedelta(days=14)
# Languages a practice may note for a patient; the pages themselves speak settings.LANGUAGES.
SPOKEN = ("en", "es", "ar", "de", "fr", "hi", "ko", "pt", "ru", "uk", "vi", "zh-hans")
AGES = range(10, 71)
# A due date lies at most a whole pregnancy ahead, and at most three weeks back (43 weeks).
DUE_AHEAD, DUE_BACK = datetime.timedelta(days=280), datetime.timedelta(days=21)
# What a spreadsheet would run when someone opens a list of names in it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

STAGES = {
    "open": gettext_lazy("Open"),
    "used": gettext_lazy("Used"),
    "expired": gettext_lazy("Expired"),
    "blocked": gettext_lazy("Blocked"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
CONSENT_VERSION = "2026-11"


def spoken_languages() -> list[tuple[str, str]]:
    """Return the languages to choose from, each in its own words."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in SPOKEN]


def language_named(words: str) -> str | None:
    """Return the code of a language given as es, Spanish or Español; None when we do not know it."""
    wanted = words.strip().casefold() or "en"
    for code in SPOKEN:
        info = get_language_info(code)
        if wanted in {code, info["name"].casefold(), info["name_local"].casefold()}:
            return code
    return None


def name_key(name: str) -> str:
    """Return a name without case, accents, spaces and signs: "Ana-María  Ruiz" is "ANA MARIA RUIZ"."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if sign.isalnum()).casefold()


def person_key(first_name: str, last_name: str, born_on: datetime.date | None) -> tuple:
    """Return what two entries about the same person have in common."""
    return name_key(first_name), name_key(last_name), born_on


def is_person(invitation: Invitation, first_name: str, last_name: str, born_on) -> bool:
    """Tell whether someone gives the name and the date of birth that stand in the invitation."""
    expected = person_key(invitation.first_name, invitation.last_name, invitation.born_on)
    return person_key(first_name, last_name, born_on) == expected


def check_name(name: str) -> None:
    """Refuse a name that a spreadsheet would run, and one that no letter is in."""
    if name.startswith(FORMULA_SIGNS):
        raise ValidationError(_("A name cannot begin with “%(sign)s”.") % {"sign": name[0].strip()})
    if not name_key(name):
        raise ValidationError(_("Write the name with letters."))


def check_email(email: str) -> None:
    """Refuse an address that a spreadsheet would run."""
    if email.startswith(FORMULA_SIGNS):
        raise ValidationError(_("Enter an e-mail address such as ana@example.org."))


def check_born_on(born_on: datetime.date, today: datetime.date) -> None:
    """Refuse a date of birth in the future, and one that makes her a child or too old."""
    if born_on > today:
        raise ValidationError(_("This date of birth is in the future. Check the year."))
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if age not in AGES:
        raise ValidationError(
            _("By this date of birth she is %(age)s years old. Check the year.") % {"age": age}
        )


def check_due_date(due_date: datetime.date, today: datetime.date) -> None:
    """Refuse a due date that no pregnancy of today can have."""
    if due_date > today + DUE_AHEAD:
        raise ValidationError(
            _("This due date is more than 40 weeks away: the pregnancy would not have begun.")
        )
    if due_date < today - DUE_BACK:
        raise ValidationError(
            _("This due date is more than 3 weeks ago. Check the date, or leave it empty.")
        )


def known_here(practice: Practice, born_on: Iterable[datetime.date]) -> dict[tuple, str]:
    """Return who is known at this practice, by person: an open invitation, or a patient.

    Looks at this practice only: nobody learns here who is in care elsewhere.
    """
    days = set(born_on)
    invited = Invitation.objects.open(timezone.now()).filter(practice=practice)
    patients = User.objects.filter(practice=practice, role=Role.PATIENT)
    known = {}
    for people, words in (
        (invited, _("An open invitation for this person exists already.")),
        (patients, _("A patient of yours has this name and date of birth.")),
    ):
        for row in people.values_list("first_name", "last_name", "born_on"):
            if row[2] in days:
                known[person_key(*row)] = words
    return known


def of_stage(stage: str) -> Q:
    """Return the condition for invitations of one stage, in the order of ``Invitation.stage``."""
    unused = Q(used_at=None)
    kept = unused & Q(withdrawn_at=None)
    tried = kept & Q(wrong_tries__lt=WRONG_TRIES)
    return {
        "used": Q(used_at__isnull=False),
        "withdrawn": unused & Q(withdrawn_at__isnull=False),
        "blocked": kept & Q(wrong_tries__gte=WRONG_TRIES),
        "expired": tried & Q(expires_at__lte=timezone.now()),
        "open": tried & Q(expires_at__gt=timezone.now()),
    }[stage]


def stage_counts(invitations: QuerySet[Invitation]) -> dict[str, int]:
    """Return how many invitations there are of each stage, in one query."""
    return invitations.order_by().aggregate(
        **{stage: Count("pk", filter=of_stage(stage)) for stage in STAGES}
    )


def consent_words(practice: Practice) -> list[str]:
    """Return, in plain words, what a patient agrees to. Change CONSENT_VERSION with every change."""
    names = {"practice": practice.name, "number": practice.emergency_number}
    paragraphs = [
        _(
            "%(practice)s keeps in Cinta: your name, date of birth, phone and e-mail, your due date, "
            "your scans, how you feel when you tell us, and what you have read."
        ),
        _(
            "Your care team at %(practice)s can read this. Each time one of them opens your record, "
            "Cinta writes down who and when."
        ),
        _(
            "If you change to another practice, and both practices agree, your record goes there. "
            "Then your new care team can read it, and the old one cannot."
        ),
        _(
            "Nobody watches Cinta at all hours. It can take time until someone reads what you write. "
            "If you need help, call. In an emergency, call %(number)s."
        ),
        _("Cinta sends you short messages by e-mail. They say nothing about your health."),
        _("There are no ads. We never sell your data."),
        _(
            "You can stop at any time. You do not have to say why. It does not change the care you get."
        ),
    ]
    return [words % names for words in paragraphs]
