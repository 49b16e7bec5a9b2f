"""What happens to one patient. Holds all patient data."""

from tracker.models.access_log import AccessLog
from tracker.models.alerts import Alert, AlertEvent
from tracker.models.cervix import Cerclage, CervicalLength
from tracker.models.checklist import ChecklistMark
from tracker.models.escalation import EscalationStep
from tracker.models.follow_ups import FollowUp
from tracker.models.messages import Message, PushSubscription
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
    "EscalationStep",
    "FollowUp",
    "Message",
    "Pregnancy",
    "PushSubscription",
    "SymptomReport",
    "WorkerBeat",
]
