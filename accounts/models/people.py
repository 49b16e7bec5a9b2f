from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models.practice import Practice, not_of_the_care_team
from accounts.models.roles import CARE_TEAM, Role
from accounts.phones import validate_phone


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
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
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

    def cares_at(self, practice: Practice) -> bool:
        """Tell whether this person may be told of this practice's alerts: at work there, on its care team."""
        return self.is_active and self.role in CARE_TEAM and self.practice_id == practice.pk


class OnCall(models.Model):
    """A person's turn at a practice: position 1 is told of an alert first. Numbers may leave gaps."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="on_call")
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="on_call_turns",
        limit_choices_to={"role__in": CARE_TEAM},
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        validators=[MinValueValidator(1)],
        help_text=_("The lowest number is told first. Numbers may leave gaps."),
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("turn on call")
        verbose_name_plural = _("on-call order")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "position"],
                name="one_person_a_position",
                violation_error_message=_("Someone else has this position. Take a free number."),
            ),
            models.UniqueConstraint(
                fields=["practice", "person"],
                name="one_position_a_person",
                violation_error_message=_("This person already has a position."),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.person}"

    def clean(self):
        """Refuse a person who could not read the alert: elsewhere, gone, or not on the care team."""
        if self.person_id and self.practice_id and not self.person.cares_at(self.practice):
            raise ValidationError({"person": not_of_the_care_team(self.person)})
