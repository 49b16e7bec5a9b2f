"""What there is to go over with a patient at a visit, and what was gone over: read from her record."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.utils import timezone

from tracker.checklists import Task, progress_of, questions_of
from tracker.clinical.cervix import next_scan
from tracker.clinical.dating import GestationalAge, date_of
from tracker.enums import NotDone, ReviewOutcome
from tracker.models import Cerclage, PatientQuestion, Pregnancy, Review, ReviewLine, TeachBackAnswer


@dataclass
class Point:
    """One item at a visit: what happened to it, what she asked about it and answered otherwise."""

    task: Task
    otherwise: list[TeachBackAnswer] = field(default_factory=list)
    asked: list[PatientQuestion] = field(default_factory=list)
    last: ReviewLine | None = None

    @property
    def pk(self) -> int:
        return self.task.item.pk

    @property
    def is_for_her(self) -> bool:
        """Tell whether the last visit left it on her list."""
        return self.last is None or self.last.why != NotDone.NOT_FOR_HER


@dataclass
class Visit:
    """All there is to go over, each item in one group only: what she needs first comes first."""

    points: list[Point]
    questions: list[PatientQuestion]
    week: int | None

    @property
    def groups(self) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = {name: [] for name in GROUPS}
        for point in self.points:
            found[group_of(point, self.week)].append(point)
        # What she asked about or answered otherwise is the first thing to talk about.
        found["due"].sort(key=lambda point: not (point.otherwise or point.asked))
        return found

    @property
    def open_questions(self) -> list[PatientQuestion]:
        return [each for each in self.questions if each.answered_at is None]


GROUPS = ("due", "otherwise", "to_teach_back", "ahead", "gone_over")


def group_of(point: Point, week: int | None) -> str:
    """Return where an item stands at a visit; an item that is not for her is never due."""
    task = point.task
    if not task.gone_over and point.is_for_her and task.has_begun(week):
        return "due"
    if point.otherwise:
        return "otherwise"
    if task.gone_over:
        return "gone_over" if task.teach_back else "to_teach_back"
    return "ahead"


def visit_of(pregnancy: Pregnancy) -> Visit:
    """Return what there is to go over with her; five queries, however much she did."""
    tasks = progress_of(pregnancy).tasks
    points = {task.item.pk: Point(task) for task in tasks}
    questions = questions_of(pregnancy)
    for question in questions:
        if question.answered_at is None and question.item_id in points:
            points[question.item_id].asked.append(question)
    for answer in last_answers(pregnancy):
        if answer.item_id in points and is_open(answer, points[answer.item_id].task):
            points[answer.item_id].otherwise.append(answer)
    for line in ReviewLine.objects.filter(review__pregnancy=pregnancy).order_by("pk"):
        if line.item_id in points:
            points[line.item_id].last = line
    week = pregnancy.age.weeks if pregnancy.age else None
    return Visit(list(points.values()), questions, week)


def last_answers(pregnancy: Pregnancy) -> list[TeachBackAnswer]:
    """Return her last answer to each teach-back question."""
    answers = pregnancy.teach_back_answers.select_related("question").order_by("answered_at")
    return list({(each.item_id, each.asked): each for each in answers}.values())


def is_open(answer: TeachBackAnswer, task: Task) -> bool:
    """Tell whether an answer is still to be talked about: it was another one, and no teach-back came after it."""
    taught = task.teach_back
    return not answer.fits and (taught is None or taught.made_at < answer.answered_at)


# -- The summary of a visit ---------------------------------------------------------


@dataclass
class Summary:
    """What one visit went over, what she asked, and what comes next: as it is stored."""

    review: Review
    lines: list[ReviewLine]
    questions: list[PatientQuestion]
    stitch: Cerclage | None
    next_scan: datetime.date | None

    @property
    def pregnancy(self) -> Pregnancy:
        return self.review.pregnancy

    @property
    def age(self) -> GestationalAge | None:
        """Return how far she was on the day of the visit."""
        zone = self.pregnancy.practice.zone
        return self.pregnancy.age_on(timezone.localdate(self.review.reviewed_at, timezone=zone))

    @property
    def scan_is_due(self) -> bool:
        return bool(self.next_scan and self.next_scan <= self.pregnancy.practice.today())

    @property
    def small_signs_too(self) -> bool:
        """Tell whether small signs mean the hospital for her: at high risk, or where all are read strictly."""
        return self.pregnancy.is_high_risk or self.pregnancy.practice.strict_reading

    @property
    def done(self) -> list[ReviewLine]:
        return [line for line in self.lines if line.outcome == ReviewOutcome.DONE]

    @property
    def left(self) -> list[ReviewLine]:
        """Return what was left for another time; what is not for her is not."""
        return [
            line
            for line in self.lines
            if line.outcome == ReviewOutcome.NOT_DONE and line.why != NotDone.NOT_FOR_HER
        ]


def reviews_of(pregnancy: Pregnancy):
    """Return the reviews of a pregnancy, the newest first, with their items."""
    lines = ReviewLine.objects.select_related("item")
    return pregnancy.reviews.select_related("reviewed_by").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def summary_of(review: Review) -> Summary:
    """Return the summary of a visit; the same few queries however much there is."""
    pregnancy = review.pregnancy
    return Summary(
        review=review,
        lines=list(review.lines.all()),
        questions=questions_at(review),
        stitch=pregnancy.cerclages.in_place().first(),
        next_scan=next_scan_of(pregnancy),
    )


def next_scan_of(pregnancy: Pregnancy) -> datetime.date | None:
    """Return the day around which her next scan of the cervix is due, by what is stored."""
    if pregnancy.age is None or pregnancy.due_date is None:
        return None
    last = pregnancy.cervical_lengths.standing().order_by("measured_on").last()
    due = next_scan(
        pregnancy.age_on(last.measured_on) if last else None,
        pregnancy.age,
        high_risk=pregnancy.is_high_risk,
        stitch=pregnancy.stitch_in_place,
    )
    return date_of(pregnancy.due_date, due) if due else None


def questions_at(review: Review) -> list[PatientQuestion]:
    """Return what she had asked by then, without what an earlier visit had answered already."""
    asked = review.pregnancy.questions.filter(withdrawn_at=None, asked_at__lte=review.reviewed_at)
    before = review.pregnancy.reviews.filter(reviewed_at__lt=review.reviewed_at).first()
    if before is not None:
        asked = asked.filter(Q(answered_at=None) | Q(answered_at__gt=before.reviewed_at))
    return list(asked.select_related("item", "answered_by"))
