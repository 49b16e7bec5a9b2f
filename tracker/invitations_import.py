"""Invitations from the lines of a file: every line is checked, then all are stored or none."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources, results, widgets
from tablib import Dataset

from accounts.models import Practice, User
from accounts.phones import validate_phone
from tracker.codes import make_code
from tracker.invitations import (
    SPOKEN,
    VALID_FOR,
    check_born_on,
    check_due_date,
    check_email,
    check_name,
    known_here,
    language_named,
    person_key,
)
from tracker.invitations_csv import BEYOND, COLUMNS, LINE
from tracker.models import Invitation


class DayWidget(widgets.Widget):
    """A date as 1996-04-30, as 30.4.1996, or as 4/30/1996: Excel in the US writes it so by itself."""

    FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y")

    def clean(self, value, row=None, **kwargs) -> datetime.date | None:
        if not value:
            return None
        for form in self.FORMATS:
            try:
                return datetime.datetime.strptime(value, form).date()
            except ValueError:
                continue
        raise ValueError(
            _("“%(day)s” is not a date of the calendar. Write it as year-month-day: 1996-04-30.")
            % {"day": value}
        )


class LanguageWidget(widgets.Widget):
    """A language as es, Spanish or Español; nothing means English."""

    def clean(self, value, row=None, **kwargs) -> str:
        code = language_named(value or "")
        if code is None:
            words = _("We do not know the language “%(name)s”. Use one of: %(codes)s.")
            raise ValueError(words % {"name": value, "codes": ", ".join(SPOKEN)})
        return code


class InvitationResource(resources.ModelResource):
    """One invitation per line, for one practice. Nothing is updated, every line is a new one."""

    born_on = fields.Field("born_on", "born_on", widget=DayWidget())
    due_date = fields.Field("due_date", "due_date", widget=DayWidget())
    language = fields.Field("language", "language", widget=LanguageWidget())

    class Meta:
        model = Invitation
        fields = COLUMNS
        import_id_fields = ()
        force_init_instance = True
        use_bulk = True
        batch_size = 200
        skip_diff = True
        store_row_values = True
        store_instance = True

    def __init__(self, practice: Practice, by: User):
        super().__init__()
        self.practice, self.by = practice, by
        self.today, self.expires_at = practice.today(), timezone.now() + VALID_FOR
        self.lines: dict[tuple, str] = {}
        self.known: dict[tuple, str] = {}

    def before_import(self, dataset, **kwargs):
        """Look up once who is known here, for all lines."""
        self.lines, days = {}, set()
        for text in dataset["born_on"]:
            try:
                days.add(DayWidget().clean(text))
            except ValueError:
                continue
        self.known = known_here(self.practice, days - {None})

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.practice, instance.invited_by = self.practice, self.by
        instance.code, instance.expires_at = make_code(), self.expires_at

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Check one line as the form checks one person; every message names its column."""
        errors = dict(import_validation_errors or {})
        for name, check in self.checks(instance):
            if name in errors:
                continue
            try:
                check()
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def checks(self, person: Invitation):
        """Yield what each column of one line must pass."""
        for name in ("first_name", "last_name"):
            yield name, lambda name=name: self.check_name(getattr(person, name))
        yield "born_on", lambda: self.check_born_on(person.born_on)
        if person.email:
            yield "email", lambda: self.check_email(person)
        if person.phone:
            yield "phone", lambda: validate_phone(person.phone)
        if person.due_date:
            yield "due_date", lambda: check_due_date(person.due_date, self.today)

    def check_name(self, name: str) -> None:
        if not name:
            raise ValidationError(_("This is needed. Fill it in."))
        if len(name) > 150:
            raise ValidationError(_("A name has at most 150 letters."))
        check_name(name)

    def check_born_on(self, born_on) -> None:
        if born_on is None:
            raise ValidationError(_("This is needed. Fill it in."))
        check_born_on(born_on, self.today)

    def check_email(self, person: Invitation) -> None:
        check_email(person.email)
        try:
            validate_email(person.email)
        except ValidationError as error:
            raise ValidationError(
                _("“%(email)s” is not an e-mail address.") % {"email": person.email}
            ) from error

    def before_save_instance(self, instance, row, **kwargs):
        """Refuse what no single column shows: one value too many, and the same person twice."""
        if row[BEYOND]:
            words = _(
                "There is more on this line than columns: “%(cells)s”. Put a value with a comma"
            )
            raise ValidationError(words % {"cells": row[BEYOND]} + " " + _("in quotes."))
        key = person_key(instance.first_name, instance.last_name, instance.born_on)
        if key in self.lines:
            words = _("This person is on line %(line)s already. Take one of the lines out.")
            raise ValidationError(words % {"line": self.lines[key]})
        self.lines[key] = row[LINE]
        if key in self.known:
            words = _("Take this line out, or invite her by herself under “Invite a patient”.")
            raise ValidationError(f"{self.known[key]} {words}")


def check_rows(rows: list[list[str]], practice: Practice, by: User) -> results.Result:
    """Try all lines and store nothing; the result says what each would become, or what is wrong."""
    return InvitationResource(practice, by).import_data(dataset_of(rows), dry_run=True)


def store_rows(rows: list[list[str]], practice: Practice, by: User) -> results.Result:
    """Store all lines, or none of them when one is wrong."""
    return InvitationResource(practice, by).import_data(
        dataset_of(rows), use_transactions=True, rollback_on_validation_errors=True
    )


def dataset_of(rows: list[list[str]]) -> Dataset:
    return Dataset(*rows, headers=[LINE, *COLUMNS, BEYOND])
