import datetime
import uuid
import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import hours
from accounts.models.roles import CARE_TEAM
from accounts.phones import validate_phone

if TYPE_CHECKING:
    from accounts.models.people import User


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone, such as America/Denver."), params={"name": name}
        )


def not_of_the_care_team(person: "User") -> ValidationError:
    return ValidationError(
        _("%(name)s is not an active provider of this practice. Choose someone who is."),
        code="not_of_the_care_team",
        params={"name": str(person)},
    )


class Practice(models.Model):
    """One clinic: the numbers it is reached at, its hours and its time zone. Practices never see each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(
        _("phone"),
        max_length=30,
        validators=[validate_phone],
        help_text=_("The number patients call first, as it should be read."),
    )
    after_hours_phone = models.CharField(
        _("after-hours phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    hospital_name = models.CharField(
        _("hospital"), max_length=120, blank=True, help_text=_("Where to go: Labor and Delivery.")
    )
    hospital_address = models.CharField(_("hospital address"), max_length=200, blank=True)
    hospital_phone = models.CharField(
        _("hospital phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        default="US",
        help_text=_("Two letters. Facts that differ by country follow it."),
    )
    emergency_number = models.CharField(_("emergency number"), max_length=10, default="911")
    crisis_number = models.CharField(
        _("crisis line"), max_length=30, default="988", help_text=_("For thoughts of self-harm.")
    )
    mood_number = models.CharField(
        _("maternal mental health line"), max_length=30, default="1-833-852-6262"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/Denver", validators=[validate_time_zone]
    )
    strict_reading = models.BooleanField(
        _("strict reading"),
        default=False,
        help_text=_(
            "Any sign of cervical insufficiency in weeks 14 to 36 means “go to the hospital”, for everyone."
        ),
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"role__in": CARE_TEAM},
        help_text=_("Told last, when nobody on call has read an alert."),
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a lead who is not, or no longer, of this practice's care team: alerts stay in the practice."""
        if self.lead and not self.lead.cares_at(self):
            raise ValidationError({"lead": not_of_the_care_team(self.lead)})

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> datetime.date:
        """Return the calendar date at the practice: the only "today" that weeks are computed from."""
        return timezone.localdate(timezone=self.zone)

    def calendar(self) -> hours.Calendar:
        """Return its clock, hours and holidays as plain data: two queries, or none when both are prefetched."""
        weekly = [(each.weekday, each.opens, each.closes) for each in self.opening_hours.all()]
        # Where no hours are on record, no day off changes anything.
        holidays = {each.day for each in self.holidays.all()} if weekly else set()
        return hours.Calendar(zone=self.zone, hours=weekly, holidays=holidays)

    def is_open(self, at: datetime.datetime) -> bool:
        """Tell whether the practice is open at a moment, by its own clock and calendar."""
        return hours.is_open(self.calendar(), at)

    def is_closed(self, at: datetime.datetime) -> bool:
        """Tell whether the practice keeps hours and is shut now. Without hours on record, nobody can say."""
        calendar = self.calendar()
        return bool(calendar.hours) and not hours.is_open(calendar, at)

    def keeps_hours(self) -> bool:
        """Tell whether opening hours are on record at all."""
        return self.opening_hours.exists()

    def opens_next(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return the first opening after a moment; None when there is none within 60 days."""
        return hours.opens_next(self.calendar(), at)

    def after_opening(
        self, start: datetime.datetime, worked: datetime.timedelta
    ) -> datetime.datetime:
        """Return when so much opening time has passed since a moment; by the plain clock if it never opens."""
        return hours.after_opening(self.calendar(), start, worked)

    def on_call_order(self) -> "list[User]":
        """Return who is told first, second, third. Whoever left is passed over, and the next moves up."""
        turns = self.on_call.select_related("person")
        return [turn.person for turn in turns if turn.person.cares_at(self)]

    def present_lead(self) -> "User | None":
        """Return the lead, or None once the lead has left."""
        return self.lead if self.lead and self.lead.cares_at(self) else None


class OpeningHours(models.Model):
    """One stretch of one weekday when a practice answers its phone. Times are the practice's own clock.

    One that closes at 00:00 ends with the day.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")) | models.Q(closes=hours.MIDNIGHT),
                name="hours_run_forward",
            )
        ]

    def __str__(self):
        closes = "24:00" if self.closes == hours.MIDNIGHT else f"{self.closes:%H:%M}"
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{closes}"


class Holiday(models.Model):
    """One date, by the practice's own calendar, on which it is closed all day."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "day"], name="one_holiday_a_day")
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"
