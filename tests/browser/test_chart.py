"""A provider at a chart: she records, corrects, writes and joins, and the page says what stands."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.once]

# A patient of her own for this journey, so that nobody else's story changes.
MAKE_HER = """
from accounts.models import Practice, User
from tracker.clinical.dating import GestationalAge, due_date_by_scan
from tracker.models import Pregnancy
place = Practice.objects.get(name="Juniper Street Care")
who = User.objects.create(email="ines@example.net", first_name="Ines", last_name="Duarte", role="patient", practice=place)
due = due_date_by_scan(place.today(), GestationalAge.of(19, 0))
print(Pregnancy.objects.create(patient=who, practice=place, due_date=due).pk)
"""


@pytest.fixture
def chart_of_ines(site):
    return f"/patients/{site.manage('shell', '--verbosity', '0', '-c', MAKE_HER).strip()}/"


def test_a_short_cervix_is_recorded_seen_corrected_and_noted(person, chart_of_ines):
    # Given a provider at the chart of a patient at 19w0d with no known risk
    ellen = person(DESK).signs_in("provider@example.com")
    ellen.opens(chart_of_ines)
    ellen.sees("No scan recorded.", "None known")
    # When she writes centimeters, the page proposes millimeters and keeps what she typed
    ellen.presses("Add scan")
    length = ellen.page.get_by_label("Length in millimeters")
    length.fill("2.2 cm")
    ellen.presses("Save the scan")
    ellen.sees("Write whole millimeters: 22")
    expect(length).to_have_value("2.2 cm")
    length.fill("22")
    ellen.ticks("Funneling seen")
    ellen.presses("Save the scan")
    # Then the plot, the risk and what is to be discussed are there
    ellen.sees("Saved: 22 mm at 19w0d.", "22 mm, short", "High: cervix 25 mm or less")
    plot = ellen.page.get_by_role("img", name="Cervical length in millimeters, by week")
    expect(plot).to_have_accessible_description("Cervical length: 22 mm at 19w0d.")
    ellen.sees("Discuss: short cervix, 22 mm", "Next scan due at 21w0d")
    ellen.presses("Talked over with her")
    ellen.sees("Talked over by Ellen Park, CNM")
    # When it was a misreading, the right row stands and the old one stays, struck through
    ellen.presses("Correct")
    ellen.page.get_by_label("Length in millimeters").fill("27")
    ellen.page.get_by_label("Why is it corrected?").fill("Read the wrong line.")
    ellen.presses("Save the correction")
    expect(ellen.page.locator("s", has_text="22 mm")).to_be_visible()
    ellen.sees("27 mm", "Read the wrong line.", "None known")
    # And she leaves a note and joins the team
    ellen.presses("Add note")
    ellen.page.get_by_label("Note").fill("Sister drives her.")
    ellen.presses("Save the note")
    ellen.sees("Sister drives her.")
    ellen.presses("Join her team")
    ellen.sees("You are on her team.", "Leave her team")
    # And the whole history asks before it lets a risk go
    ellen.presses("Change history")
    ellen.ticks("Earlier second-trimester loss")
    ellen.page.get_by_label("Why is it changed?").fill("She told me.")
    ellen.presses("Save the history")
    ellen.sees("High: earlier second-trimester loss")
    ellen.presses("Change history")
    ellen.page.get_by_role("checkbox", name="Earlier second-trimester loss").uncheck()
    ellen.page.get_by_label("Why is it changed?").fill("A mix-up.")
    ellen.presses("Save the history")
    ellen.sees("You take away: Earlier second-trimester loss.")
