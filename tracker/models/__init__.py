"""What happens to one patient. Holds all patient data."""

from tracker.models.access_log import AccessLog
from tracker.models.alerts import Alert, AlertEvent
from tracker.models.cervix import Cerclage, CervicalLength
from tracker.models.checklist import ChecklistMark
from tracker.models.pregnancy import Pregnancy
from tracker.models.symptoms import SymptomReport
from tracker.models.worker import WorkerBeat

__all__ = [
    "AccessLog",
    "Alert",
    "AlertEvent",
    "Cerclage",
    "CervicalLength",
    "ChecklistMark",
    "Pregnancy",
    "SymptomReport",
    "WorkerBeat",
]
