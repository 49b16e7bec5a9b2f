"""Faults to put into a test, as real as they can be there, and the report she makes meanwhile."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connections
from django.urls import reverse

REPORT = reverse("report_symptoms")
CLINIC, HOSPITAL, EMERGENCY = "tel:+15055550142", "tel:+15055550177", "tel:911"


@contextmanager
def database_away():
    """Refuse every connection and every statement, as a stopped server or a vanished file does."""

    def refuse(*args, **kwargs):
        raise OperationalError("could not connect to server: Connection refused")

    wrapper = connections["default"]
    with pytest.MonkeyPatch.context() as patch:
        for door in ("ensure_connection", "cursor", "chunked_cursor"):
            patch.setattr(wrapper, door, refuse)
        yield


@contextmanager
def database_read_only():
    """Let the database itself refuse every write."""
    wrapper = connections["default"]
    on, off = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        # What a transaction forbids itself lasts until it goes back to before that.
        "postgresql": (
            "SAVEPOINT writable; SET TRANSACTION READ ONLY",
            "ROLLBACK TO SAVEPOINT writable",
        ),
    }[wrapper.vendor]
    with wrapper.cursor() as cursor:
        cursor.execute(on)
    yield
    with wrapper.cursor() as cursor:
        cursor.execute(off)


def fill_the_disk() -> None:
    """Let the database itself refuse a new report, in the words of a full disk."""
    wrapper = connections["default"]
    with wrapper.cursor() as cursor:
        if wrapper.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON tracker_symptomreport"
                " BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
            )
            return
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON tracker_symptomreport"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )


def tell(browser, *codes, **fields):
    return browser.post(REPORT, {"symptoms": codes, "report_id": uuid.uuid4()} | fields)


def level(response) -> str:
    return response.content.decode().split('data-report-urgency="')[1].split('"')[0]
