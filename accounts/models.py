"""Who people are: the practice they belong to, their role, and how they sign in."""

import datetime
import uuid
import zoneinfo

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone, such as America/Denver."), params={"name": name}
        )


class Role(models.TextChoices):
    """What a person does in Cinta; one role each."""

    PATIENT = "patient", _("Patient")
    PROVIDER = "provider", _("Provider")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    MANAGER = "manager", _("Practice manager")


class Practice(models.Model):
    """One clinic: the numbers it is reached at, its hours and its time zone. Practices never see each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(
        _("phone"),
        max_length=30,
        help_text=_("The number patients call first, as it should be read."),
    )
    after_hours_phone = models.CharField(_("after-hours phone"), max_length=30, blank=True)
    hospital_name = models.CharField(
        _("hospital"), max_length=120, blank=True, help_text=_("Where to go: Labor and Delivery.")
    )
    hospital_address = models.CharField(_("hospital address"), max_length=200, blank=True)
    hospital_phone = models.CharField(_("hospital phone"), max_length=30, blank=True)
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

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> datetime.date:
        """Return the calendar date at the practice: the only "today" that weeks are computed from."""
        return timezone.localdate(timezone=self.zone)

    def is_open(self, at: datetime.datetime) -> bool:
        """Tell whether the practice is open at a moment, by its own clock."""
        local = at.astimezone(self.zone)
        return any(
            hours.weekday == local.weekday() and hours.opens <= local.time() < hours.closes
            for hours in self.opening_hours.all()
        )


class OpeningHours(models.Model):
    """One stretch of one weekday when a practice answers its phone. Times are the practice's own clock."""

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
                condition=models.Q(closes__gt=models.F("opens")), name="hours_run_forward"
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, role=Role.MANAGER, **fields
        )

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """One person who signs in. The e-mail address is the name, compared without case."""

    username = None
    email = models.EmailField(_("email address"), unique=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PATIENT)
    practice = models.ForeignKey(
        Practice,
        verbose_name=_("practice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    title = models.CharField(
        _("title"), max_length=40, blank=True, help_text=_("Shown after the name: CNM, MD.")
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    language = models.CharField(_("preferred language"), max_length=8, default="en")
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="email_is_unique",
                violation_error_message=_("Someone already signs in with this email."),
            ),
            # Editors and reviewers of the shared library may belong to no practice; an operator signs in as manager.
            models.CheckConstraint(
                condition=~models.Q(role__in=[Role.PATIENT, Role.PROVIDER])
                | models.Q(practice__isnull=False),
                name="patients_and_providers_have_a_practice",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_language_name(self) -> str:
        """Return the name of the preferred language: Spanish for es."""
        return get_language_info(self.language)["name_translated"]

    @property
    def signature(self) -> str:
        """Return the name as colleagues and patients read it: Ellen Park, CNM."""
        return f"{self}, {self.title}" if self.title else str(self)
