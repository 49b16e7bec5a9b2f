"""What is taught. Holds no patient data."""

from education.models.checklist import ChecklistItem
from education.models.lesson import Audience, Lesson
from education.models.signs import SignGroup, WarningSign
from education.models.sources import Source
from education.models.topics import Topic
from education.models.weeks import Week, WeekVisit

__all__ = [
    "Audience",
    "ChecklistItem",
    "Lesson",
    "SignGroup",
    "Source",
    "Topic",
    "WarningSign",
    "Week",
    "WeekVisit",
]
