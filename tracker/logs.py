"""What she reported, what she was told, and what was done: the log of one record."""

from dataclasses import dataclass

from tracker.advice import Advice, advice_of_alert, advice_of_report
from tracker.models import Pregnancy, SymptomReport
from tracker.signs import labels_of

NEWEST = 20
BEHIND_ALERT = 10


@dataclass
class Line:
    """One report with her words for the symptoms. Never edited, so nothing here can be corrected."""

    report: SymptomReport
    words: list[str]

    @property
    def advice(self) -> Advice | None:
        """Return what she was told; nothing for "I feel OK"."""
        return None if self.report.feels_ok else advice_of_report(self.report)


def log_of(pregnancy: Pregnancy, *, everything: bool = False) -> dict:
    """Return the newest reports, or all of them, and the open alert with the reports behind it."""
    alerts = pregnancy.alerts.with_people().prefetch_related("reports", "events__by", "events__to")
    alert = alerts.open().first()
    closed = None if alert else alerts.order_by("-resolved_at").first()
    reports = list(
        pregnancy.reports.newest_first().select_related(
            "alert__resolved_by", "alert__acknowledged_by"
        )
    )
    shown = reports if everything else reports[:NEWEST]
    behind = [each for each in reports if alert and each.alert_id == alert.pk]
    words = labels_of(code for each in [*shown, *behind[:BEHIND_ALERT]] for code in each.symptoms)

    def line(report: SymptomReport) -> Line:
        return Line(report, [words[code] for code in report.symptoms])

    return {
        "alert": alert,
        "closed": closed,
        "advice": advice_of_alert(alert) if alert else None,
        "alert_log": [line(each) for each in behind[:BEHIND_ALERT]],
        "alert_log_more": len(behind[BEHIND_ALERT:]),
        "log": [line(each) for each in shown],
        "log_total": len(reports),
        "reports": reports,
    }
