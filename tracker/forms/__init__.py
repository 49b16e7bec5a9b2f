"""What people type, checked before anything is stored: one file per subject."""

from tracker.forms.alerts import ResolveForm
from tracker.forms.reports import NOTE_LENGTH, ReportForm, said_at

__all__ = ["NOTE_LENGTH", "ReportForm", "ResolveForm", "said_at"]
