"""How far a patient is with her checklist: the items that are for her, and what happened to each."""

import zlib
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Practice
from education.models import Audience, ChecklistItem, HiddenItem, TeachBackQuestion, Topic
from education.shown import items_shown_to, shown_to
from tracker.enums import MarkKind
from tracker.models import ChecklistMark, PatientQuestion, Pregnancy, TeachBackAnswer


@dataclass
class Task:
    """One item for one patient with its standing marks, by kind."""

    item: ChecklistItem
    marks: dict[str, ChecklistMark] = field(default_factory=dict)

    @property
    def read(self) -> ChecklistMark | None:
        return self.marks.get(MarkKind.READ)

    @property
    def reviewed(self) -> ChecklistMark | None:
        return self.marks.get(MarkKind.REVIEWED)

    @property
    def teach_back(self) -> ChecklistMark | None:
        return self.marks.get(MarkKind.TEACH_BACK)

    @property
    def gone_over(self) -> bool:
        """Tell whether the care team went over it with her, in whatever way."""
        return bool(self.reviewed or self.teach_back)

    @property
    def for_cerclage(self) -> bool:
        return self.item.audience == Audience.CERCLAGE

    def has_begun(self, week: int | None) -> bool:
        return week is None or self.item.week_from <= week


@dataclass
class Progress:
    """All tasks of one patient, in order."""

    tasks: list[Task]

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def read(self) -> int:
        return sum(task.read is not None for task in self.tasks)

    @property
    def reviewed(self) -> int:
        return sum(task.reviewed is not None for task in self.tasks)

    @property
    def taught_back(self) -> int:
        return sum(task.teach_back is not None for task in self.tasks)

    @property
    def next(self) -> ChecklistItem | None:
        """Return the first item she has not read."""
        return next((task.item for task in self.tasks if not task.read), None)

    @property
    def begun(self) -> list[Task]:
        """Return the tasks something happened to."""
        return [task for task in self.tasks if task.marks]

    @property
    def untouched(self) -> list[Task]:
        return [task for task in self.tasks if not task.marks]

    def now(self, week: int | None) -> list[Task]:
        """Return the tasks of this week, without those about the stitch."""
        return [task for task in self.tasks if not task.for_cerclage and task.has_begun(week)]

    def stitch(self) -> list[Task]:
        return [task for task in self.tasks if task.for_cerclage]

    def later(self, week: int | None) -> list[Task]:
        return [task for task in self.tasks if not task.for_cerclage and not task.has_begun(week)]


def items_for(pregnancy: Pregnancy):
    """Return the items of her practice's checklist that are for her."""
    return items_shown_to(pregnancy.practice).for_audiences(pregnancy.audiences)


def checklist_waits(pregnancy: Pregnancy) -> bool:
    """Tell whether items are meant for her that nobody may read yet."""
    hers = ChecklistItem.objects.of_practice(pregnancy.practice)
    return hers.for_audiences(pregnancy.audiences).live().exists()


def lesson_of(item: ChecklistItem, pregnancy: Pregnancy) -> Topic | None:
    """Return the lesson an item points at, unless her practice hid it or it may not be read yet."""
    practice = pregnancy.practice
    topics = Topic.objects.of_practice(practice).in_country(practice.country)
    return shown_to(practice, topics.filter(pk=item.topic_id)).first() if item.topic_id else None


def progress_of(pregnancy: Pregnancy) -> Progress:
    """Return her tasks with what happened to each; two queries."""
    tasks = {item.pk: Task(item) for item in items_for(pregnancy).select_related("topic")}
    for mark in pregnancy.marks.standing().select_related("made_by"):
        if mark.item_id in tasks:
            tasks[mark.item_id].marks[mark.kind] = mark
    return Progress(list(tasks.values()))


def questions_of(pregnancy: Pregnancy) -> list[PatientQuestion]:
    """Return what she asked and did not take back, with the answers; one query."""
    asked = pregnancy.questions.filter(withdrawn_at=None).select_related("item", "answered_by")
    return list(asked)


# -- Teach-back questions -----------------------------------------------------------


@dataclass
class Quiz:
    """One teach-back question as she meets it: the answers in their order, and what she chose last."""

    question: TeachBackQuestion
    last: TeachBackAnswer | None

    @property
    def answers(self) -> list[str]:
        return answers_in_order(self.question)


def answers_in_order(question: TeachBackQuestion) -> list[str]:
    """Return the answers in an order that is the same every time, and tells nothing about which fits."""
    answers = [each for each in (question.right, question.other, question.third) if each]
    return sorted(answers, key=lambda answer: zlib.crc32(f"{question.ask}|{answer}".encode()))


def quizzes_of(pregnancy: Pregnancy, item: ChecklistItem) -> list[Quiz]:
    """Return the teach-back questions of an item with her last answer to each; two queries."""
    last = {each.question_id: each for each in pregnancy.teach_back_answers.filter(item=item)}
    return [Quiz(question, last.get(question.pk)) for question in item.questions.all()]


# -- The practice's own list --------------------------------------------------------


def items_of_practice(practice: Practice):
    """Return all a practice may have on its checklist: the library's items and its own, hidden, waiting or not."""
    return ChecklistItem.objects.filter(Q(practice=None, live=True) | Q(practice=practice))


def list_of_practice(practice: Practice) -> list[ChecklistItem]:
    """Return these items by week, each with ``hiding``: who took it off the list, and when; two queries."""
    hidden = HiddenItem.objects.filter(practice=practice).select_related("hidden_by")
    hidings = {each.item_id: each for each in hidden}
    items = items_of_practice(practice).select_related(
        "topic", "latest_revision__user", "approval__reviewer"
    )
    items = list(items.order_by("week_from", "week_to", "order", "title"))
    for item in items:
        item.hiding = hidings.get(item.pk)
    return items
