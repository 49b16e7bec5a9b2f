from django.utils.functional import SimpleLazyObject

from accounts.models import Role
from tracker.access import own_record
from tracker.advice import advice_of_alert
from tracker.models import Alert, WorkerBeat
from tracker.signs import labels_of


def open_advice(request):
    """Give every page of a patient her record, and the alert that stands until a person closes it."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated or user.role != Role.PATIENT:
        return {}
    standing = SimpleLazyObject(lambda: standing_advice(user))
    return {
        "own_record": SimpleLazyObject(lambda: own_record(request)),
        "standing": standing,
        "badge": SimpleLazyObject(lambda: badge_of(request, standing)),
        "worker_is_alive": SimpleLazyObject(WorkerBeat.is_alive),
    }


def standing_advice(user) -> dict:
    """Return her open alert with its advice, or nothing."""
    alert = Alert.objects.visible_to(user).open().prefetch_related("reports").with_people().first()
    if alert is None:
        return {}
    # From the alert itself: read by itself, a report that arrives meanwhile would not fit the alert.
    report = max(alert.reports.all(), key=lambda report: report.reported_at, default=None)
    return {
        "alert": alert,
        "advice": advice_of_alert(alert),
        "report": report,
        "words": SimpleLazyObject(lambda: list(labels_of(report.symptoms).values())),
    }


def badge_of(request, standing) -> int:
    """Return the number on her icon: 1 while advice is open, and none once the pregnancy has ended."""
    return int(bool(standing) and own_record(request).ended_on is None)
