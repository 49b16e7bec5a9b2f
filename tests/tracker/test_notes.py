"""Notes for the next shift: read by the team, corrected in the open."""

import re

import pytest
from django.urls import reverse

from tracker.actions import add_note, correct_note


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def test_a_note_is_on_the_chart_with_who_wrote_it(ellen, pregnancy, provider):
    address = reverse("add_note", args=[pregnancy.pk])
    page = ellen.post(address, {"text": "Sister drives <her>."}, follow=True).content.decode()
    assert "Sister drives &lt;her&gt;." in page
    assert pregnancy.notes.get().recorded_by == provider


@pytest.mark.parametrize(
    ("text", "message"), [(" ", "Write something first."), ("x" * 2001, "under 2000 letters")]
)
def test_an_empty_or_endless_note_is_refused_and_kept(ellen, pregnancy, text, message):
    page = ellen.post(reverse("add_note", args=[pregnancy.pk]), {"text": text}).content.decode()
    assert message in page and text.strip() in page and "<title>Error:" in page
    assert not pregnancy.notes.exists()


def test_a_note_sent_twice_is_one_note(pregnancy, provider, colleague):
    for by in (provider, provider, colleague):
        add_note(pregnancy=pregnancy, text="Called her.", by=by)
    assert pregnancy.notes.count() == 2


def test_a_corrected_note_leaves_the_old_words_struck_through(ellen, pregnancy, provider):
    note = add_note(pregnancy=pregnancy, text="Left side.", by=provider)
    address = reverse("correct_note", args=[pregnancy.pk, note.public_id])
    assert "Say why" in ellen.post(address, {"text": "Right side."}).content.decode()
    told = {"text": "Right side.", "because": "Wrong side."}
    page = ellen.post(address, told, follow=True).content.decode()
    assert re.search(r"<s>Left side.</s>", page) and "Right side." in page
    assert "Struck through by Ellen Park, CNM" in page and "Wrong side." in page
    assert pregnancy.notes.standing().get().replaces == note
    assert correct_note(note=note, text="x", because="y", by=provider) is None


def test_a_struck_note_stays_readable(ellen, pregnancy, provider):
    note = add_note(pregnancy=pregnancy, text="Left side.", by=provider)
    address = reverse("strike_note", args=[pregnancy.pk, note.public_id])
    page = ellen.post(address, {"because": "Other patient."}, follow=True).content.decode()
    assert "<s>Left side.</s>" in page and "Other patient." in page
    assert ellen.get(address).status_code == 404


def test_the_patient_sees_no_note(sign_in, patient, pregnancy, provider):
    add_note(pregnancy=pregnancy, text="For the next shift.", by=provider)
    browser = sign_in(patient)
    for name in ("today", "timeline", "symptoms", "me"):
        assert "For the next shift." not in browser.get(reverse(name)).content.decode()


def test_a_note_of_another_record_is_not_found(ellen, pregnancy, stitched, provider):
    note = add_note(pregnancy=stitched, text="Hers.", by=provider)
    assert (
        ellen.get(reverse("correct_note", args=[pregnancy.pk, note.public_id])).status_code == 404
    )
