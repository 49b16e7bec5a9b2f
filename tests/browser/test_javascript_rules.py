"""The rules in the browser against the rules in Python: the whole truth table, and what no table holds."""

import datetime
import json
import random
import zoneinfo
from pathlib import Path

import pytest

from tests.tracker.clinical.truth_table import SYMPTOMS, cells
from tracker.advice import advice_of
from tracker.clinical.dating import gestational_age
from tracker.clinical.triage import Answers, assess, strictest
from tracker.enums import Symptom
from tracker.management.commands.build_rules import PATH

pytestmark = [pytest.mark.browser, pytest.mark.once]
SCRIPT = Path(__file__).resolve().parents[2] / "static/js/triage.js"
ASSESS = """([rules, questions]) => questions.map(([symptoms, days, highRisk, strict]) => {
  const found = cinta.assess(rules, {symptoms, days, highRisk, strict});
  return [found.urgency, found.rules, found.version, cinta.toneOf(rules, found, symptoms)];
})"""
DAYS = """questions => questions.map(([due, zone, now]) => cinta.daysAlong(due, zone, new Date(now)))"""
SAFELY = "([rules, answers]) => cinta.assessSafely(rules, answers)"
# Zones with a clock change at midnight, half an hour, a whole day skipped, and none.
ZONES = [
    "America/Denver",
    "America/New_York",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
]


@pytest.fixture(scope="module")
def page(chromium):
    opened = chromium.new_page()
    opened.add_script_tag(content=SCRIPT.read_text())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def rules():
    return json.loads(PATH.read_text())


def differences(page, rules, questions) -> list[str]:
    """Name each question that JavaScript answers in another level, rule, version or tone than Python."""
    asked = [
        [list(each.symptoms), each.gestational_days, each.high_risk, each.strict]
        for each in questions
    ]
    wrong = []
    for question, found in zip(questions, page.evaluate(ASSESS, [rules, asked]), strict=True):
        expected = assess(question)
        tone = advice_of(expected, question.symptoms).tone
        if found != [expected.urgency, list(expected.rules), expected.version, tone]:
            wrong.append(f"{question}: Python {expected} {tone}, JavaScript {found}")
    return wrong


def test_every_cell_of_the_truth_table_is_the_same(page, rules):
    questions = [
        Answers(frozenset({cell.symptom}), cell.days, cell.high_risk, strict)
        for symptom in SYMPTOMS
        for cell in cells(symptom)
        for strict in (False, True)
    ]
    assert len(questions) == 64 * 2 * (46 * 2 + 1) * 2
    assert differences(page, rules, questions) == []


def test_several_signs_at_once_are_the_same(page, rules):
    chance = random.Random(20261120)
    codes = [*Symptom.values, "STITCH_OF_TOMORROW", "NOBODY_KNOWS", ""]

    def question():
        return Answers(
            frozenset(chance.sample(codes, chance.randint(2, 7))),
            chance.choice([None, -1, 0, *range(20, 310), 10_000]),
            chance.random() < 0.5,
            chance.random() < 0.5,
        )

    assert differences(page, rules, [question() for _ in range(8_000)]) == []


@pytest.mark.parametrize(
    "symptoms", [[], ["NOBODY_KNOWS"], ["STITCH_OF_TOMORROW", "BLEED_LIGHT"], ["constructor"]]
)
def test_nothing_ticked_and_what_no_rule_knows_are_the_same(page, rules, symptoms):
    days = [None, -7, 0, 27, 28, 97, 98, 258, 259, 300, 301, 315]
    questions = [
        Answers(frozenset(symptoms), day, risk, strict)
        for day in days
        for risk in (False, True)
        for strict in (False, True)
    ]
    assert differences(page, rules, questions) == []


@pytest.mark.parametrize(
    "broken", [None, {}, {"rules": []}, "text", {"rules": [{"symptom": "ITCH"}], "codes": None}]
)
def test_rules_that_are_missing_or_damaged_give_the_strictest_advice(page, broken):
    found = page.evaluate(SAFELY, [broken, {"symptoms": ["ITCH"], "days": 140}])
    assert (found["urgency"], tuple(found["rules"])) == (strictest().urgency, strictest().rules)


def test_a_table_without_sound_levels_gives_the_strictest_advice(page, rules):
    damaged = rules | {"rules": [row | {"urgency": 0} for row in rules["rules"]]}
    answers = {"symptoms": ["ITCH"], "days": 140, "highRisk": False, "strict": False}
    assert page.evaluate(SAFELY, [damaged, answers])["urgency"] == strictest().urgency


def days_in_python(due: datetime.date, zone: str, now: datetime.datetime) -> int | None:
    try:
        return gestational_age(due, now.astimezone(zoneinfo.ZoneInfo(zone)).date()).total_days
    except ValueError:
        return None


def moments():
    """Return moments around leap days, year ends and clock changes, minute by minute at midnight, and random ones."""
    chance = random.Random(7)
    utc = datetime.UTC
    dates = [(2024, 2, 29), (2028, 2, 29), (2100, 3, 1), (2026, 12, 31), (2026, 3, 8), (2026, 11, 1),
             (2026, 3, 29), (2026, 10, 25), (2018, 11, 4), (2011, 12, 30), (2026, 4, 5)]  # fmt: skip
    for year, month, day in dates:
        start = datetime.datetime(year, month, day, tzinfo=utc) - datetime.timedelta(days=1)
        yield from (start + datetime.timedelta(minutes=29 * step) for step in range(150))
    for _ in range(300):
        yield datetime.datetime.fromtimestamp(chance.randint(1_600_000_000, 2_500_000_000), utc)


def test_days_along_follow_the_calendar_of_the_practice_in_every_zone(page):
    chance, questions, expected = random.Random(8), [], []
    for now in moments():
        for zone in ZONES:
            due = now.date() + datetime.timedelta(days=chance.randint(-40, 290))
            questions.append([due.isoformat(), zone, now.timestamp() * 1000])
            expected.append(days_in_python(due, zone, now))
    assert len(questions) > 10_000
    found = page.evaluate(DAYS, questions)
    wrong = [each for each in zip(questions, found, expected, strict=True) if each[1] != each[2]]
    assert wrong == []


@pytest.mark.parametrize(
    ("due", "zone"),
    [
        ("", "America/Denver"),
        ("2027-02-30", "America/Denver"),
        ("May 4, 2027", "America/Denver"),
        ("2027-05-04", ""),
        ("2027-05-04", "Mars/Olympus"),
        (None, None),
    ],
)
def test_a_date_or_zone_that_is_none_means_that_the_week_is_unknown(page, due, zone):
    assert page.evaluate(DAYS, [[due, zone, 1_795_000_000_000]]) == [None]


FACTS = "([data, clock]) => cinta.factsOf(data, clock)"
KEPT = {
    "dueDate": "2027-05-04",
    "timeZone": "America/Denver",
    "highRisk": "no",
    "strict": "no",
    "madeAt": "2026-11-20T15:12:00+00:00",
}
MADE = datetime.datetime.fromisoformat(KEPT["madeAt"]).timestamp() * 1000
DAY = 24 * 3600 * 1000


def test_a_clock_that_was_a_year_off_from_the_start_is_put_right(page):
    ahead = {"clockAhead": str(365 * DAY)}
    known = page.evaluate(FACTS, [KEPT | ahead, MADE + 366 * DAY])
    assert known == {"days": 280 - 164, "highRisk": False, "strict": False}


@pytest.mark.parametrize("off", [-365 * DAY, -2 * DAY, 365 * DAY, 60 * DAY])
def test_a_clock_that_went_wrong_since_makes_the_week_unknown(page, off):
    assert page.evaluate(FACTS, [KEPT | {"clockAhead": "0"}, MADE + off])["days"] is None


@pytest.mark.parametrize("lost", ["dueDate", "timeZone", "highRisk", "madeAt"])
def test_a_fact_that_is_lost_is_read_in_the_strictest_way(page, lost):
    known = page.evaluate(FACTS, [{name: KEPT[name] for name in KEPT if name != lost}, MADE])
    assert known["highRisk"] if lost == "highRisk" else known["days"] is None
