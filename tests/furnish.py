"""A demonstration in which something has happened: reports of each level, a review, endings, a transfer.

For the crawler and the pictures: what only stands on a page when there is a row of it is there.
Runs inside a site: `manage.py shell -c "from tests.furnish import furnish; furnish()"`.
"""

import json
import uuid

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Practice, User
from education.models import ChecklistItem, HiddenTopic, OwnParagraph, Topic
from education.paragraphs import replaceable
from tests.factories import ChecklistItemFactory, TopicFactory, due_date_at, place_stitch
from tracker.actions import (
    acknowledge_alert,
    add_note,
    ask_question,
    ask_transfer,
    end_pregnancy,
    invite,
    remove_stitch,
    resolve_alert,
    save_review,
)
from tracker.enums import AlertOutcome, NotDone, PregnancyEnd, RemovalReason, ReviewOutcome
from tracker.management.commands.seed_demo import PASSWORD
from tracker.models import Alert, Pregnancy, ReviewLine

# Whom the demonstration lacks: first name, age, and what she reports.
PEOPLE = {
    "grace": ((20, 2), ["self_harm"]),
    "wanda": ((25, 0), ["low_mood"]),
    "edith": ((30, 1), []),
    "petra": ((24, 3), []),
    "rosa": ((19, 0), []),
    "nadia": ((39, 0), []),
}
REPORTS = {
    "hannah": ["bleed_light"],
    "denise": ["fluid_gush", "bleed_heavy"],
    "aisha": ["urine_often"],
} | {name: codes for name, (_, codes) in PEOPLE.items() if codes}
NOTE = "It began at noon. There is a little pink on the paper, and it comes and goes."


def furnish() -> None:
    """Let things happen, and print the addresses that no link leads to."""
    juniper = Practice.objects.get(name="Juniper Street Care")
    ellen = User.objects.get(email="provider@example.com")
    for name, (age, _) in PEOPLE.items():
        enrol(name, age, juniper)
    User.objects.create(**account("nobody", juniper))
    for name, codes in REPORTS.items():
        report(name, symptoms=codes, note=NOTE)
    report("edith", feel_ok="on")
    resolve_alert(
        alert=Alert.objects.get(pregnancy=of("aisha")),
        outcome=AlertOutcome.REACHED,
        note="Sent a urine test, no fever. She calls again if it burns.",
        by=ellen,
    )
    acknowledge_alert(alert=Alert.objects.get(pregnancy=of("denise")), by=ellen)
    learn(of("marisol"), ellen)
    ask_question(pregnancy=of("hannah"), item=ChecklistItem.objects.first(), text="Can I swim?")
    end("petra", PregnancyEnd.PAUSED)
    end("rosa", PregnancyEnd.MISCARRIAGE)
    end("nadia", PregnancyEnd.BIRTH)
    print(json.dumps(settle(juniper, ellen)))  # noqa: T201 - the caller reads it


def account(name: str, practice: Practice) -> dict:
    return {
        "email": f"{name}@example.com",
        "password": make_password(PASSWORD),
        "first_name": name.title(),
        "last_name": "Quintanilla-Washington",
        "practice": practice,
        "role": "patient",
    }


def enrol(name: str, age: tuple[int, int], practice: Practice) -> None:
    """Make a patient with a long name, of this age today."""
    Pregnancy.objects.create(
        patient=User.objects.create(**account(name, practice)),
        practice=practice,
        due_date=due_date_at(practice, age),
        gravida=2,
        para="0010",
    )


def of(name: str) -> Pregnancy:
    return Pregnancy.objects.get(patient__email=f"{name}@example.com")


def signed_in(name: str) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(email=f"{name}@example.com"))
    return browser


def report(name: str, **told) -> None:
    """Report as she does, through the form."""
    body = {"report_id": str(uuid.uuid4()), "started": "today"} | told
    signed_in(name).post(reverse("report_symptoms"), body)


def learn(pregnancy: Pregnancy, by: User) -> None:
    """A visit with what was gone over and what was not; a question that waits; a note; a struck scan."""
    items = list(ChecklistItem.objects.filter(practice=None).order_by("pk")[:3])
    lines = [
        ReviewLine(item=items[0], outcome=ReviewOutcome.DONE, taught_back=True),
        ReviewLine(item=items[1], outcome=ReviewOutcome.DONE),
        ReviewLine(item=items[2], outcome=ReviewOutcome.NOT_DONE, why=NotDone.NO_TIME),
    ]
    words = "Call us about small changes too. You did the right thing."
    save_review(
        pregnancy=pregnancy, review_id=uuid.uuid4(), lines=lines, answers={}, for_her=words, by=by
    )
    ask_question(pregnancy=pregnancy, item=items[1], text="Can I lift my nephew? He is 30 pounds.")
    add_note(pregnancy=pregnancy, text="Talked over the signs with an interpreter.", by=by)


def end(name: str, kind: PregnancyEnd) -> None:
    pregnancy = of(name)
    end_pregnancy(
        pregnancy=pregnancy,
        kind=kind,
        ended_on=pregnancy.practice.today(),
        by=pregnancy.patient,
    )


def settle(practice: Practice, by: User) -> dict[str, list[str]]:
    """What a practice has of its own, and asks of another; return addresses no link leads to, by role."""
    take_out(of("edith"), by)
    tamika, dana = of("tamika"), User.objects.get(email="other.provider@example.com")
    ask_transfer(pregnancy=tamika, to_practice=practice, reason="She moves here.", by=dana)
    born_on = timezone.localdate().replace(year=1996, day=1)
    card = invite(practice=practice, by=by, first_name="Ana", last_name="Ruíz", born_on=born_on)
    add_own_words(practice, by)
    return {"anyone": [reverse("join", args=[card.code])]}


def take_out(pregnancy: Pregnancy, by: User) -> None:
    """A stitch that was placed, and is out again."""
    remove_stitch(
        stitch=place_stitch(pregnancy, by),
        removed_on=pregnancy.practice.today(),
        because=RemovalReason.LABOR,
        note="",
        by=by,
    )


def add_own_words(practice: Practice, by: User) -> None:
    """A topic, a checklist item and a paragraph of the practice's own, and an item it hides."""
    TopicFactory(practice=practice)
    ChecklistItemFactory(practice=practice, reviewed=False)
    lesson = Topic.objects.get(slug="visits-and-vaccines")
    original = replaceable(lesson.body, practice)[0].html
    words = {"original": original, "text": "<p>Ring us.</p>", "live": False}
    OwnParagraph.objects.create(practice=practice, topic=lesson, **words)
    hidden = Topic.objects.get(slug="twins-and-more")
    HiddenTopic.objects.create(practice=practice, topic=hidden, hidden_by=by)
