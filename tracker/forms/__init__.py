"""What people type, checked before anything is stored: one file per subject."""

from tracker.forms.alerts import ResolveForm
from tracker.forms.endings import EndForm, NewPregnancyForm
from tracker.forms.invitations import ImportForm, InviteForm
from tracker.forms.join import AccountForm, AgreeForm, CodeForm, IdentityForm
from tracker.forms.practice_checklist import PracticeItemForm, words_of_item
from tracker.forms.questions import AnswerForm, QuestionForm, TeachBackForm
from tracker.forms.reports import NOTE_LENGTH, ReportForm, said_at
from tracker.forms.review import ReviewForm, TakeBackForm
from tracker.forms.transfers import TransferForm

__all__ = [
    "AnswerForm",
    "PracticeItemForm",
    "QuestionForm",
    "ReviewForm",
    "TakeBackForm",
    "TeachBackForm",
    "words_of_item",
    "TransferForm",
    "AccountForm",
    "AgreeForm",
    "CodeForm",
    "IdentityForm",
    "ImportForm",
    "InviteForm",
    "NOTE_LENGTH",
    "EndForm",
    "NewPregnancyForm",
    "ReportForm",
    "ResolveForm",
    "said_at",
]
