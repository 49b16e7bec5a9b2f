"""The provider's list: every current patient of the practice with what a glance must tell."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import Practice, User
from education.models import Audience, ChecklistItem
from tracker.enums import MarkKind
from tracker.models import Alert, Cerclage, CervicalLength, ChecklistMark, Pregnancy, SymptomReport
from tracker.models.cervix import with_risk
from tracker.signs import labels_of


@dataclass
class Row:
    """One patient on the list."""

    pregnancy: Pregnancy
    alert: Alert | None
    words: list[str]
    last_report: SymptomReport | None
    stitch: Cerclage | None
    read: int
    taught_back: int
    items: int

    @property
    def days(self) -> int | None:
        return self.pregnancy.age.total_days if self.pregnancy.age else None


@dataclass
class Worklist:
    """The three parts of the list: to act on, taken but open, and everyone else."""

    unread: list[Row]
    acknowledged: list[Row]
    quiet: list[Row]

    @property
    def is_empty(self) -> bool:
        return not (self.unread or self.acknowledged or self.quiet)


def worklist_of(user: User) -> Worklist:
    """Return the list of one provider in a fixed number of queries, however many patients there are."""
    pregnancies = list(_pregnancies(user))
    alerts = _open_alerts(user)
    counts, items = _counts(pregnancies), _items(user.practice)
    stitches = {
        stitch.pregnancy_id: stitch
        for stitch in Cerclage.objects.in_place().filter(pregnancy__in=pregnancies)
    }
    reports = _last_reports(pregnancies)
    words = labels_of(code for report in reports.values() for code in report.symptoms)
    rows = [
        Row(
            pregnancy=pregnancy,
            alert=alerts.get(pregnancy.pk),
            words=[words[code] for code in reports[pregnancy.pk].symptoms]
            if pregnancy.pk in reports
            else [],
            last_report=reports.get(pregnancy.pk),
            stitch=stitches.get(pregnancy.pk),
            read=counts[pregnancy.pk, MarkKind.READ],
            taught_back=counts[pregnancy.pk, MarkKind.TEACH_BACK],
            items=sum(items[audience] for audience in pregnancy.audiences),
        )
        for pregnancy in pregnancies
    ]
    return _parted(rows, alerts)


def _parted(rows: list[Row], alerts: dict) -> Worklist:
    """Part the rows; those with an alert stand in the order of the alerts."""
    by_pregnancy = {row.pregnancy.pk: row for row in rows}
    with_alert = [by_pregnancy[pk] for pk in alerts if pk in by_pregnancy]
    return Worklist(
        unread=[row for row in with_alert if not row.alert.acknowledged_at],
        acknowledged=[row for row in with_alert if row.alert.acknowledged_at],
        quiet=[row for row in rows if not row.alert],
    )


def _pregnancies(user: User):
    last_length = CervicalLength.objects.filter(pregnancy=OuterRef("pk")).order_by(
        "-measured_on", "-recorded_at"
    )
    # An alert that is still open stays on the list, also when the pregnancy has ended meanwhile.
    waits = Exists(Alert.objects.open().filter(pregnancy=OuterRef("pk")))
    listed = Pregnancy.objects.visible_to(user).filter(Q(ended_on=None) | waits)
    return with_risk(listed.with_people()).annotate(
        last_length_mm=Subquery(last_length.values("length_mm")[:1]),
        last_length_on=Subquery(last_length.values("measured_on")[:1]),
    )


def _open_alerts(user: User) -> dict:
    """Return the open alert of each pregnancy, most urgent first, then the longest wait."""
    alerts = Alert.objects.visible_to(user).open().most_urgent_first()
    return {alert.pregnancy_id: alert for alert in alerts.with_people()}


def _last_reports(pregnancies: list[Pregnancy]) -> dict:
    """Return each pregnancy's newest report, looked up by index for each row in one query."""
    newest = SymptomReport.objects.filter(pregnancy=OuterRef("pk")).newest_first().values("pk")[:1]
    ids = Pregnancy.objects.filter(pk__in=[each.pk for each in pregnancies]).annotate(
        newest=Subquery(newest)
    )
    reports = SymptomReport.objects.filter(pk__in=list(ids.values_list("newest", flat=True)))
    return {report.pregnancy_id: report for report in reports}


def _counts(pregnancies: list[Pregnancy]) -> Counter:
    """Return how many items each patient has read and taught back."""
    marks = ChecklistMark.objects.standing().filter(pregnancy__in=pregnancies, item__live=True)
    return Counter(marks.values_list("pregnancy", "kind"))


def _items(practice: Practice) -> Counter:
    """Return how many items of the practice's checklist there are for each audience."""
    items = ChecklistItem.objects.live().of_practice(practice)
    return Counter(dict.fromkeys(Audience, 0)) + Counter(items.values_list("audience", flat=True))
