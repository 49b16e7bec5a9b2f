"""The fictional people of a demonstration. Ages are counted back from today, so it never goes stale."""

from datetime import date, time, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import OpeningHours, Practice, Role, User
from education.permissions import EDITORS, REVIEWERS, prepare_desk
from tracker.actions import mark_item
from tracker.checklists import items_for
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.enums import CerclageIndication, DatingMethod, MarkKind
from tracker.models import Cerclage, CervicalLength, Pregnancy

PASSWORD = "cinta-demo-only"

PRACTICES = {
    "Juniper Street Care": {
        "phone": "(505) 555-0142",
        "after_hours_phone": "(505) 555-0143",
        "hospital_name": "St. Brigid Hospital, Door B",
        "hospital_address": "400 Canyon Road",
        "hospital_phone": "(505) 555-0177",
    },
    "Mesa Women’s Clinic": {
        "phone": "(505) 555-0190",
        "after_hours_phone": "(505) 555-0191",
        "hospital_name": "Mesa General Hospital",
        "hospital_address": "12 Orchard Way",
        "hospital_phone": "(505) 555-0192",
    },
}
JUNIPER, MESA = PRACTICES
# Told first, told second; and the lead, who is told last.
ON_CALL = {
    JUNIPER: (["oncall@example.com", "provider@example.com"], "provider@example.com"),
    MESA: (["other.provider@example.com"], None),
}

STAFF = [
    ("provider@example.com", "Ellen", "Park", "CNM", Role.PROVIDER, JUNIPER),
    ("oncall@example.com", "Kofi", "Osei", "MD", Role.PROVIDER, JUNIPER),
    ("manager@example.com", "Joan", "Whitfield", "", Role.MANAGER, JUNIPER),
    ("other.provider@example.com", "Dana", "Cole", "MD", Role.PROVIDER, MESA),
    ("editor@example.com", "Ruth", "Abeyta", "", Role.EDITOR, None),
    ("reviewer@example.com", "Nora", "Kim", "MD", Role.REVIEWER, None),
]
DESKS = {Role.EDITOR: EDITORS, Role.REVIEWER: REVIEWERS}

# Born, phone; age today; age when the stitch was placed; scans as (age, mm); items read; more about the pregnancy.
PATIENTS = {
    "marisol@example.com": {
        "name": ("Marisol", "Reyes"),
        "practice": JUNIPER,
        "person": {
            "born_on": date(1997, 2, 11),
            "phone": "(505) 555-0131",
            "language": "es",
            "needs_interpreter": True,
        },
        "age": (16, 3),
        "stitch": (13, 2),
        "scans": [((16, 1), 27)],
        "read": 5,
        "pregnancy": {"earlier_loss": True, "gravida": 2, "para": "0010"},
    },
    "hannah@example.com": {
        "name": ("Hannah", "Lindqvist"),
        "practice": JUNIPER,
        "person": {"born_on": date(1990, 8, 27), "phone": "(505) 555-0186"},
        "age": (18, 0),
        "scans": [((17, 0), 34)],
        "read": 3,
        "pregnancy": {"gravida": 1, "para": "0000"},
    },
    "aisha@example.com": {
        "name": ("Aisha", "Rahman"),
        "practice": JUNIPER,
        "person": {"born_on": date(1995, 12, 2), "phone": "(505) 555-0155"},
        "age": (11, 0),
        "read": 2,
        "pregnancy": {"earlier_loss": True, "gravida": 2, "para": "0010"},
    },
    "sofia@example.com": {
        "name": ("Sofia", "Petrov"),
        "practice": JUNIPER,
        "person": {"born_on": date(1988, 9, 30), "phone": "(505) 555-0118"},
        "age": (36, 1),
        "stitch": (13, 0),
        "scans": [((18, 0), 31), ((20, 0), 29), ((22, 0), 30)],
        "read": 11,
        "pregnancy": {"earlier_insufficiency": True, "gravida": 3, "para": "0111"},
    },
    "denise@example.com": {
        "name": ("Denise", "Okafor"),
        "practice": JUNIPER,
        "person": {"born_on": date(1994, 6, 3), "phone": "(505) 555-0163"},
        "age": (22, 5),
        "stitch": (19, 4),
        "indication": CerclageIndication.ULTRASOUND,
        "scans": [
            ((16, 2), 33),
            ((17, 2), 31),
            ((18, 2), 27),
            ((19, 2), 22),
            ((20, 4), 26),
            ((22, 2), 27),
        ],
        "talked_over": (19, 2),
        "notes": ["Scan 22 mm at 19w2d, talked over with her. Stitch planned for 19w4d."],
        "read": 7,
        "pregnancy": {
            "earlier_loss": True,
            "earlier_preterm_birth": True,
            "gravida": 3,
            "para": "0111",
        },
    },
    "tamika@example.com": {
        "name": ("Tamika", "Boyd"),
        "practice": MESA,
        "person": {"born_on": date(1997, 5, 19), "phone": "(505) 555-0109"},
        "age": (21, 1),
        "stitch": (13, 4),
        "scans": [((19, 5), 29)],
        "read": 9,
        "pregnancy": {"earlier_preterm_birth": True, "gravida": 2, "para": "0101"},
    },
}


class Command(BaseCommand):
    help = "Make the fictional people of the demonstration. Safe to run again: keeps what they reported."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Fictional people belong in a demonstration only. Set DEMO=true for one."
            )
        prepare_desk()
        known = set(Practice.objects.values_list("name", flat=True))
        practices = {name: practice(name, fields) for name, fields in PRACTICES.items()}
        for email, first, last, title, role, place in STAFF:
            staff = person(email, first, last, role, practices.get(place), title=title)
            if role in DESKS:
                staff.groups.add(Group.objects.get(name=DESKS[role]))
        # Only at a new practice: whoever changed the order by hand keeps it, and may have emptied it.
        for name in practices.keys() - known:
            put_on_call(practices[name], *ON_CALL[name])
        for email, story in PATIENTS.items():
            patient(email, story, practices[story["practice"]])
        self.stdout.write(
            f"{len(STAFF) + len(PATIENTS)} fictional people are ready; password: {PASSWORD}"
        )


def practice(name: str, fields: dict) -> Practice:
    made, is_new = Practice.objects.get_or_create(name=name, defaults=fields)
    if is_new:
        for weekday in range(5):
            OpeningHours.objects.create(
                practice=made, weekday=weekday, opens=time(8), closes=time(17)
            )
    return made


def put_on_call(place: Practice, order: list[str], lead: str | None) -> None:
    """Say who is told first and second at a practice, and who leads it, by their e-mail addresses."""
    for position, email in enumerate(order, start=1):
        for who in place.people.filter(email=email):
            place.on_call.create(person=who, position=position)
    place.lead = place.people.filter(email=lead).first()
    place.save()


def person(email: str, first: str, last: str, role: Role, place: Practice | None, **fields) -> User:
    known = User.objects.filter(email=email).first()
    return known or User.objects.create(
        email=email,
        password=demonstration_password(),
        first_name=first,
        last_name=last,
        role=role,
        practice=place,
        **fields,
    )


@cache
def demonstration_password() -> str:
    """Return the one hash all fictional people share: their password is on the sign-in page anyway."""
    return make_password(PASSWORD)


def patient(email: str, story: dict, place: Practice) -> None:
    """Make one patient; on a later day only her dates move, so that her week stays the one of her story.

    Where someone has dated or ended her pregnancy meanwhile, that stays as it is.
    """
    who = person(email, *story["name"], Role.PATIENT, place, **story["person"])
    today = place.today()
    due_date = due_date_by_scan(today, GestationalAge.of(*story["age"]))
    if not who.pregnancies.exists():
        record(make(who, place, due_date, story), story, today)
    for untouched in who.pregnancies.current().filter(due_dates=None):
        Pregnancy.objects.filter(pk=untouched.pk).update(due_date=due_date)
        move(untouched, story, today)


def make(who: User, place: Practice, due_date: date, story: dict) -> Pregnancy:
    return Pregnancy.objects.create(
        patient=who,
        practice=place,
        due_date=due_date,
        dating_method=DatingMethod.ULTRASOUND,
        **story["pregnancy"],
    )


def day_at(story: dict, age: tuple[int, int], today: date) -> date:
    """Return the calendar date on which she had this age."""
    return today - timedelta(
        GestationalAge.of(*story["age"]).total_days - GestationalAge.of(*age).total_days
    )


def record(pregnancy: Pregnancy, story: dict, today: date) -> None:
    provider = (
        User.objects.filter(practice=pregnancy.practice, role=Role.PROVIDER).order_by("pk").first()
    )
    if "stitch" in story:
        Cerclage.objects.create(
            pregnancy=pregnancy,
            placed_on=day_at(story, story["stitch"], today),
            indication=story.get("indication", CerclageIndication.HISTORY),
            technique="McDonald",
            surgeon="Kofi Osei, MD",
            recorded_by=provider,
        )
    for age, millimeters in story.get("scans", []):
        CervicalLength.objects.create(
            pregnancy=pregnancy,
            measured_on=day_at(story, age, today),
            gestational_days=GestationalAge.of(*age).total_days,
            length_mm=millimeters,
            recorded_by=provider,
            **talked_over(provider if story.get("talked_over") == age else None),
        )
    for text in story.get("notes", []):
        pregnancy.notes.create(text=text, recorded_by=provider)
    for item in items_for(pregnancy)[: story["read"]]:
        mark_item(pregnancy=pregnancy, item=item, kind=MarkKind.READ, by=pregnancy.patient)


def talked_over(by: User | None) -> dict:
    """Return the fields of a length that someone has talked over with her."""
    return {"discussed_at": timezone.now(), "discussed_by": by} if by else {}


def move(pregnancy: Pregnancy, story: dict, today: date) -> None:
    if "stitch" in story:
        pregnancy.cerclages.in_place().update(placed_on=day_at(story, story["stitch"], today))
    # The last one first: on a later day each then moves to a day that is free.
    for age, _millimeters in reversed(story.get("scans", [])):
        move_scan(pregnancy, GestationalAge.of(*age).total_days, day_at(story, age, today))


def move_scan(pregnancy: Pregnancy, days: int, to: date) -> None:
    """Move the scan of this age, unless someone recorded another one on that day."""
    standing = pregnancy.cervical_lengths.standing()
    scan = standing.filter(gestational_days=days).first()
    if scan and not standing.filter(measured_on=to).exists():
        CervicalLength.objects.filter(pk=scan.pk).update(measured_on=to)
