"""What was before this pregnancy: changed with a reason, and never made less risky by accident."""

import pytest
from django.urls import reverse

from accounts.models import User
from tracker.actions import change_history
from tracker.actions.history import RiskNotChecked, known_of
from tracker.models import Pregnancy

RISK = "earlier_loss"


@pytest.fixture
def ellen(sign_in, provider):
    return sign_in(provider)


def send(browser, pregnancy, **said):
    told = {"gravida": "3", "para": "0111", "language": "en", "reason": "She told me."} | said
    return browser.post(reverse("change_history", args=[pregnancy.pk]), told, follow=True)


def fresh(pregnancy) -> Pregnancy:
    return Pregnancy.objects.with_people().get(pk=pregnancy.pk)


def test_her_history_is_stored_with_the_reason_and_what_stood_before(ellen, pregnancy, provider):
    page = send(
        ellen, pregnancy, earlier_loss="on", language="es", needs_interpreter="on",
        phone="(505) 555-0131",
    ).content.decode()  # fmt: skip
    now = fresh(pregnancy)
    assert (now.gravida, now.para, now.earlier_loss, now.is_high_risk) == (3, "0111", True, True)
    assert (now.patient.language, now.patient.needs_interpreter) == ("es", True)
    assert "G3 P0111" in page and "Spanish, needs interpreter" in page
    entry = pregnancy.history_entries.get()
    assert (entry.before["gravida"], entry.after["gravida"]) == (None, 3)
    assert (entry.reason, entry.recorded_by) == ("She told me.", provider)


def test_earlier_states_stay_visible(ellen, pregnancy):
    send(ellen, pregnancy)
    send(ellen, pregnancy, para="0121", gravida="4", reason="One more.")
    page = ellen.get(reverse("change_history", args=[pregnancy.pk])).content.decode()
    assert "<s>0111</s> now 0121" in page and "<s>3</s> now 4" in page
    assert "One more." in page and "She told me." in page


def test_taking_a_risk_away_needs_a_tick(ellen, pregnancy):
    Pregnancy.objects.filter(pk=pregnancy.pk).update(earlier_loss=True)
    page = send(ellen, pregnancy).content.decode()
    assert "You take away: Earlier second-trimester loss." in page and "<title>Error:" in page
    assert fresh(pregnancy).is_high_risk and not pregnancy.history_entries.exists()
    send(ellen, pregnancy, checked="on")
    assert not fresh(pregnancy).is_high_risk


def test_a_risk_that_arrived_meanwhile_is_not_taken_away(pregnancy, provider):
    right = known_of(pregnancy, pregnancy.patient) | {"gravida": 2}
    Pregnancy.objects.filter(pk=pregnancy.pk).update(earlier_insufficiency=True)
    with pytest.raises(RiskNotChecked):
        change_history(pregnancy=pregnancy, right=right, reason="x", checked=False, by=provider)
    assert fresh(pregnancy).earlier_insufficiency and fresh(pregnancy).gravida is None


@pytest.mark.parametrize("para", ["0111", "1-0-2-1", "10-0-2-9", ""])
def test_para_is_kept_as_it_is_written(ellen, pregnancy, para):
    send(ellen, pregnancy, para=para, gravida="20")
    assert fresh(pregnancy).para == para


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("para", "111", "Write four digits, such as 0111"),
        ("para", "none", "Write four digits, such as 0111"),
        ("para", "1-2-3", "Write four digits, such as 0111"),
        ("para", "3333", "more than gravida 3"),
        ("gravida", "two", "Write a whole number, such as 3."),
        ("gravida", "0", "This pregnancy counts too"),
        ("gravida", "300", "write 30 or less"),
        ("language", "xx", "Choose a language from the list."),
        ("phone", "call me", "phone"),
        ("reason", "", "Say why, so that the next reader understands."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(ellen, pregnancy, field, typed, message):
    page = send(ellen, pregnancy, **{field: typed}).content.decode()
    assert f'id="id_{field}_error"' in page and message in page
    assert not pregnancy.history_entries.exists()
    assert User.objects.get(pk=pregnancy.patient_id).language == "en"


def test_saving_what_stands_already_makes_no_row(ellen, pregnancy):
    send(ellen, pregnancy)
    page = send(ellen, pregnancy).content.decode()
    assert "Nothing was stored." in page
    assert pregnancy.history_entries.count() == 1
