"""A report kept on a device whose clock is wrong arrives with the time it was made."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.conftest import WHOLE_CHROMIUM
from tests.browser.device import CHANGE, KEEP_THE_WORKER_FROM_SENDING, LET_THE_PAGE_SEND

pytestmark = [pytest.mark.browser, pytest.mark.once]
# The one without a screen has no Background Sync, which these hold still.
BROWSER = WHOLE_CHROMIUM


@pytest.mark.parametrize(("days_ago", "clock_off"), [(5, 0), (1, -365), (0, 365)])
def test_the_time_of_a_late_report_is_true_though_the_clock_is_wrong(device, days_ago, clock_off):
    # Given a report made days ago on a device whose clock is off by so many days
    ines = device().has_visited()
    ines.loses_the_network()
    ines.tells_offline("bleed_light")
    (entry,) = ines.queue()
    shown = datetime.now(UTC) - timedelta(days=days_ago - clock_off)
    ines.page.evaluate(CHANGE, [entry["number"], {"device_made_at": shown.isoformat()}])
    # When it is sent, with the clock still off (that of the page: it does the sending)
    ines.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=clock_off))
    ines.page.evaluate(KEEP_THE_WORKER_FROM_SENDING)
    ines.finds_the_network()
    ines.page.evaluate(LET_THE_PAGE_SEND)
    ines.is_empty()
    # Then the row has the true time, and what the device showed
    (row,) = ines.rows()
    made = datetime.fromisoformat(row["made"])
    assert abs(made - (datetime.now(UTC) - timedelta(days=days_ago))) < timedelta(minutes=3)
    assert abs(datetime.fromisoformat(row["clock"]) - shown) < timedelta(seconds=1)
