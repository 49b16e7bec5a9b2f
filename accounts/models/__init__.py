"""Who people are: the practice they belong to, their role, and how they sign in."""

from accounts.models.changes import ChangeSubject, PracticeChange
from accounts.models.people import OnCall, User, UserManager
from accounts.models.practice import Holiday, OpeningHours, Practice, validate_time_zone
from accounts.models.roles import CARE_TEAM, Role

__all__ = [
    "CARE_TEAM",
    "ChangeSubject",
    "Holiday",
    "OnCall",
    "OpeningHours",
    "Practice",
    "PracticeChange",
    "Role",
    "User",
    "UserManager",
    "validate_time_zone",
]
