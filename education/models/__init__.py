"""What is taught. Holds no patient data."""

from education.models.approval import Approval
from education.models.checklist import ChecklistItem, TeachBackQuestion
from education.models.glossary import Term
from education.models.lesson import Audience, Lesson
from education.models.practice_words import Acceptance, HiddenItem, HiddenTopic, OwnParagraph
from education.models.review import ClinicalReview, ReviewMail, ReviewReminder
from education.models.reviewed import NotApproved, ReviewedText
from education.models.signs import SignGroup, WarningSign
from education.models.sources import Source
from education.models.topics import Topic
from education.models.weeks import Week, WeekVisit

__all__ = [
    "Acceptance",
    "Approval",
    "Audience",
    "ChecklistItem",
    "ClinicalReview",
    "HiddenItem",
    "HiddenTopic",
    "Lesson",
    "NotApproved",
    "OwnParagraph",
    "ReviewMail",
    "ReviewReminder",
    "ReviewedText",
    "SignGroup",
    "Source",
    "TeachBackQuestion",
    "Term",
    "Topic",
    "WarningSign",
    "Week",
    "WeekVisit",
]
