"""People and pregnancies for tests. Ages are gestational ages as (weeks, days), counted back from today."""

import datetime

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from accounts.models import Practice, Role, User
from education.actions import approve, submit_for_review
from education.models import Approval, ChecklistItem, TeachBackQuestion, Topic
from education.models.approval import a_year_from_now
from education.permissions import REVIEWERS
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.codes import make_code
from tracker.enums import CerclageIndication
from tracker.invitations import VALID_FOR
from tracker.models import Cerclage, Invitation, Pregnancy

QUICK = "quick.reviewer@example.org"


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice

    name = factory.Sequence(lambda n: f"Practice {n}")
    phone = "(505) 555-0142"
    hospital_name = "St. Brigid Hospital"
    hospital_address = "400 Canyon Road"
    hospital_phone = "(505) 555-0177"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Marisol"
    last_name = factory.Sequence(lambda n: f"Reyes {n}")
    role = Role.PATIENT
    practice = factory.SubFactory(PracticeFactory)
    password = factory.django.Password("a long enough password")

    class Params:
        provider = factory.Trait(
            role=Role.PROVIDER, first_name="Ellen", last_name="Park", title="CNM"
        )
        manager = factory.Trait(role=Role.MANAGER)
        editor = factory.Trait(role=Role.EDITOR, practice=None)
        reviewer = factory.Trait(role=Role.REVIEWER, practice=None)


def approved(text, *, reviewer=None, writer=None):
    """Let the words a text has in memory pass a clinical review, and return it as patients read it."""
    if not text.live:
        text.save()
    revision = text.save_revision(user=writer)
    step = submit_for_review(text=text, by=writer or UserFactory(editor=True)).current_task_state
    reviewer = reviewer or a_reviewer()
    digest = revision.as_object().words_digest()
    approve(task_state=step, digest=digest, review_by=a_year_from_now(), by=reviewer)
    return type(text)._default_manager.get(pk=text.pk)


def approve_at_once(text) -> None:
    """Let a new text live with an approval of its words, without the steps of a review: for many rows."""
    reviewer = User.objects.filter(email=QUICK).first() or a_reviewer(email=QUICK)
    Approval.objects.create(
        text=text,
        revision=text.save_revision(clean=False, changed=False),
        digest=text.words_digest(),
        words=text.words(),
        reviewer=reviewer,
        review_by=a_year_from_now(),
    )
    text.live = True
    text.save()


def a_reviewer(**fields) -> User:
    """Return a clinician who reviews for the shared library."""
    named = {"first_name": "Grace", "last_name": "Liu", "title": "MD"} | fields
    reviewer = UserFactory(reviewer=True, **named)
    reviewer.groups.add(Group.objects.get(name=REVIEWERS))
    return reviewer


def open_at(practice: Practice, *stretches: tuple[int, str, str]) -> None:
    """Give a practice opening hours: (weekday from Monday 0, opens, closes), times as 08:00."""
    for weekday, opens, closes in stretches:
        practice.opening_hours.create(
            weekday=weekday,
            opens=datetime.time.fromisoformat(opens),
            closes=datetime.time.fromisoformat(closes),
        )


def put_on_call(practice: Practice, *people: User) -> None:
    """Say who is told first, second, third."""
    for position, person in enumerate(people, start=1):
        practice.on_call.create(person=person, position=position)


class PregnancyFactory(DjangoModelFactory):
    class Meta:
        model = Pregnancy

    class Params:
        age = (16, 3)

    practice = factory.SubFactory(PracticeFactory)
    patient = factory.SubFactory(UserFactory, practice=factory.SelfAttribute("..practice"))
    due_date = factory.LazyAttribute(lambda made: due_date_at(made.practice, made.age))


class ChecklistItemFactory(DjangoModelFactory):
    """An item of a practice's own."""

    class Meta:
        model = ChecklistItem
        skip_postgeneration_save = True

    practice = factory.SubFactory(PracticeFactory)
    locale = factory.LazyFunction(Locale.get_default)
    slug = factory.Sequence(lambda n: f"own-item-{n}")
    title = factory.Sequence(lambda n: f"I know where to park, {n}")
    text = "<p>Park on the roof.</p>"
    teach_back = "Ask: where do you park at night?"
    live = False

    @factory.post_generation
    def reviewed(self, create, extracted, **kwargs):
        """Let it be approved, unless a test wants a draft (reviewed=False)."""
        if create and extracted is not False:
            approve_at_once(self)


class TopicFactory(DjangoModelFactory):
    """A topic of a practice's own, which waits for nobody yet."""

    class Meta:
        model = Topic

    practice = factory.SubFactory(PracticeFactory)
    locale = factory.LazyFunction(Locale.get_default)
    slug = factory.Sequence(lambda n: f"own-topic-{n}")
    title = factory.Sequence(lambda n: f"Our parking lot, {n}")
    summary = "Where to leave your car."
    body = "<p>Park on the roof.</p>"
    live = False


class TeachBackQuestionFactory(DjangoModelFactory):
    class Meta:
        model = TeachBackQuestion

    ask = "You see pink discharge tonight. What do you do?"
    right = "I call right away"
    other = "I wait until my next visit"
    third = "I rest and see"
    feedback = "One sign is enough. Call right away, day or night."


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    practice = factory.SubFactory(PracticeFactory)
    code = factory.LazyFunction(make_code)
    first_name = "Ana"
    last_name = "Ruiz"
    born_on = datetime.date(1996, 4, 30)
    expires_at = factory.LazyFunction(lambda: timezone.now() + VALID_FOR)
    invited_by = factory.SubFactory(
        UserFactory, provider=True, practice=factory.SelfAttribute("..practice")
    )


def due_date_at(practice: Practice, age: tuple[int, int]) -> datetime.date:
    """Return the due date of someone who has this age today, at this practice."""
    return due_date_by_scan(practice.today(), GestationalAge.of(*age))


def place_stitch(pregnancy: Pregnancy, by: User, weeks_ago: int = 3) -> Cerclage:
    """Give a pregnancy a stitch and forget what it knew of its risk."""
    stitch = Cerclage.objects.create(
        pregnancy=pregnancy,
        placed_on=pregnancy.practice.today() - datetime.timedelta(weeks=weeks_ago),
        indication=CerclageIndication.HISTORY,
        recorded_by=by,
    )
    pregnancy.__dict__.pop("stitch_in_place", None)
    return stitch
