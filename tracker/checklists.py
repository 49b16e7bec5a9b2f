"""How far a patient is with her checklist: the items that are for her, and what happened to each."""

from dataclasses import dataclass, field

from education.models import Audience, ChecklistItem
from tracker.enums import MarkKind
from tracker.models import ChecklistMark, Pregnancy


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
    def for_cerclage(self) -> bool:
        return self.item.audience == Audience.CERCLAGE


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

    def now(self, week: int | None) -> list[Task]:
        """Return the tasks of this week, without those about the stitch."""
        return [
            task for task in self.tasks if not task.for_cerclage and self._has_begun(task, week)
        ]

    def stitch(self) -> list[Task]:
        return [task for task in self.tasks if task.for_cerclage]

    def later(self, week: int | None) -> list[Task]:
        return [
            task for task in self.tasks if not task.for_cerclage and not self._has_begun(task, week)
        ]

    @staticmethod
    def _has_begun(task: Task, week: int | None) -> bool:
        return week is None or task.item.week_from <= week


def items_for(pregnancy: Pregnancy):
    """Return the items of her practice's checklist that are for her."""
    ours = ChecklistItem.objects.live().of_practice(pregnancy.practice)
    return ours.for_audiences(pregnancy.audiences)


def progress_of(pregnancy: Pregnancy) -> Progress:
    """Return her tasks with what happened to each; two queries."""
    tasks = {item.pk: Task(item) for item in items_for(pregnancy).select_related("topic")}
    for mark in pregnancy.marks.standing().select_related("made_by"):
        if mark.item_id in tasks:
            tasks[mark.item_id].marks[mark.kind] = mark
    return Progress(list(tasks.values()))
