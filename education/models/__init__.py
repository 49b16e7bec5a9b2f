"""What is taught. Holds no patient data."""

from education.models.checklist import ChecklistItem, HiddenItem, TeachBackQuestion
from education.models.lesson import Audience, Lesson
from education.models.signs import SignGroup, WarningSign
from education.models.sources import Source
from education.models.topics import Topic
from education.models.weeks import Week, WeekVisit

__all__ = [
    "Audience",
    "ChecklistItem",
    "HiddenItem",
    "Lesson",
    "SignGroup",
    "Source",
    "TeachBackQuestion",
    "Topic",
    "WarningSign",
    "Week",
    "WeekVisit",
]
