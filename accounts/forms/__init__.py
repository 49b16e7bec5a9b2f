"""What people type, checked before anything is stored."""

from accounts.forms.fields import DayField

__all__ = ["DayField"]
