"""What happens to one patient. Holds all patient data."""

from tracker.models.access_log import AccessLog
from tracker.models.alerts import Alert, AlertEvent
from tracker.models.cervix import Cerclage, CervicalLength
from tracker.models.checklist import ChecklistMark
from tracker.models.dating import DueDate
from tracker.models.endings import Ending
from tracker.models.enrolment import Consent, Invitation, Transfer
from tracker.models.entries import Entry
from tracker.models.escalation import EscalationStep
from tracker.models.follow_ups import FollowUp
from tracker.models.learning import PatientQuestion, Review, ReviewLine, TeachBackAnswer
from tracker.models.messages import Message, PushSubscription
from tracker.models.notes import HistoryEntry, Note, TeamMember
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
    "Consent",
    "DueDate",
    "Ending",
    "Entry",
    "EscalationStep",
    "FollowUp",
    "HistoryEntry",
    "Invitation",
    "Message",
    "Note",
    "PatientQuestion",
    "Pregnancy",
    "PushSubscription",
    "Review",
    "ReviewLine",
    "SymptomReport",
    "TeachBackAnswer",
    "TeamMember",
    "Transfer",
    "WorkerBeat",
]
