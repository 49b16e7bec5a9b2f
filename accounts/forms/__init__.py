"""What people type, checked before anything is stored."""

from accounts.forms.fields import DayField
from accounts.forms.holidays import HolidayForm
from accounts.forms.hours import WeekForm
from accounts.forms.on_call import OnCallForm
from accounts.forms.practice import PracticeForm
from accounts.forms.staff import ColleagueForm, InviteColleagueForm

__all__ = [
    "ColleagueForm",
    "DayField",
    "HolidayForm",
    "InviteColleagueForm",
    "OnCallForm",
    "PracticeForm",
    "WeekForm",
]
