"""The background worker: alive or not, and what it does while it lives."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from education.models import Topic
from tests.factories import approved
from tracker.management.commands.worker import do_what_is_due
from tracker.models import WorkerBeat

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def test_ready_only_while_the_worker_has_shown_itself_within_a_minute(client):
    assert client.get(reverse("readyz")).json() == {
        "database": True,
        "migrations": True,
        "worker": False,
    }
    do_what_is_due()
    assert client.get(reverse("readyz")).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        assert client.get(reverse("readyz")).status_code == 503


def test_healthy_means_only_that_the_process_answers(client):
    assert client.get(reverse("healthz")).json() == {"status": "up"}


def test_the_worker_publishes_what_an_editor_scheduled():
    topic = Topic.objects.get(slug="bleeding")
    topic.summary = "New words, from now on."
    topic.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    approved(topic)
    assert Topic.objects.get(slug="bleeding").summary != "New words, from now on."
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        do_what_is_due()
    assert Topic.objects.get(slug="bleeding").summary == "New words, from now on."


def test_the_worker_stops_when_asked(tmp_path):
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = [process.stderr.readline() for _ in range(2)]
    assert any("failed, next try in 5 s" in line for line in said), "no table yet: it says so"
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_one_row_tells_of_life_however_often_it_beats():
    WorkerBeat.beat()
    WorkerBeat.beat()
    assert WorkerBeat.objects.count() == 1
