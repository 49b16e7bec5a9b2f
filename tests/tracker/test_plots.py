"""Plots drawn on the server: each says what it shows, and its table has the same figures."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from tests.factories import PregnancyFactory
from tracker.clinical.dating import GestationalAge
from tracker.enums import Urgency
from tracker.lengths import Reading
from tracker.models import CervicalLength, SymptomReport
from tracker.stitches import Stitch
from tracker.timelines import ribbon_of

CONTACT, URGENT, EMERGENCY = Urgency.CONTACT, Urgency.URGENT, Urgency.EMERGENCY


def draw(source, **given):
    page = Template("{% load plot plots report_plot %}" + source).render(Context(given))
    return ElementTree.fromstring(f"<div>{page}</div>")


def lengths(*measured, stitches=()):
    readings = [
        Reading(CervicalLength(length_mm=mm, gestational_days=day), GestationalAge(day))
        for day, mm in measured
    ]
    sewn = [Stitch(None, GestationalAge(day), None, None, "", None) for day in stitches]
    return draw("{% length_plot readings stitches %}", readings=readings, stitches=sewn)


def reports(*told):
    made = [SymptomReport(gestational_days=day, urgency=level, feels_ok=not level) for day, level in told]  # fmt: skip
    return draw("{% report_plot reports %}", reports=made)


def with_class(root, name):
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def numbers(root, band="pl-w"):
    return sorted(int(each.text) for each in with_class(with_class(root, band)[0], "v"))


def is_named(root) -> bool:
    """Tell whether the picture points to a title and a description that are there and say something."""
    picture = next(each for each in root.iter("svg") if each.get("role") == "img")
    title, description = picture.find("title"), picture.find("desc")
    return bool(
        title.text
        and "".join(description.itertext()).strip()
        and (picture.get("aria-labelledby"), picture.get("aria-describedby"))
        == (title.get("id"), description.get("id"))
    )


@pytest.mark.parametrize(
    "root",
    [
        lengths((112, 30)),
        reports((100, URGENT), (120, None)),
        draw('{% bars "b" "Bars" "Some bars" rows %}', rows=[("Jan", 1), ("Feb", None)]),
        draw('{% lines "l" "Lines" "A line" labels shares %}', labels=["18"], shares=[("Read", [5])]),
    ],
    ids=["lengths", "reports", "bars", "lines"],
)  # fmt: skip
def test_every_plot_has_a_title_and_a_description_and_nothing_that_shrinks_its_letters(root):
    assert is_named(root)
    assert not [each for each in root.iter("svg") if each.get("viewBox") and each.get("role")]
    assert " style=" not in ElementTree.tostring(root, encoding="unicode")


def test_without_a_scan_there_is_no_drawing_and_one_is_enough():
    assert not list(lengths().iter("svg"))
    assert numbers(lengths((112, 30))) == [30]


def test_the_last_and_the_lowest_of_forty_scans_carry_their_number():
    measured = [(90 + 5 * n, 60 - (n * 7) % 58) for n in range(40)]
    root = lengths(*measured)
    for band in ("pl-n", "pl-w"):
        assert {min(mm for _day, mm in measured), measured[-1][1]} <= set(numbers(root, band))
    assert len(numbers(root, "pl-n")) < 40


def test_nought_and_sixty_millimeters_stay_inside():
    root = lengths((112, 0), (140, 60))
    assert numbers(root) == [0, 60]
    heights = [float(each.get("y").removesuffix("em")) for each in root.iter("text")]
    assert min(heights) > 0.5 and max(heights) < float(root[0][0].get("height")[:-2])


def test_a_short_length_has_another_form_than_the_others():
    root = lengths((112, 25), (126, 26))
    assert [each.tag for each in with_class(root, "pt-low")] == ["rect"]
    assert [each.tag for each in with_class(root, "pt") if each.tag == "circle"] == ["circle"]


def test_two_stitches_on_one_day_have_names_in_rows():
    names = with_class(with_class(lengths((112, 30), stitches=[110, 111]), "pl-n")[0], "cer-t")
    assert len({each.get("y") for each in names}) == 2


def test_each_level_has_a_row_and_a_form_of_its_own():
    root = reports((100, EMERGENCY), (101, URGENT), (102, CONTACT), (103, None))
    rows = [each.text for each in root.iter("text") if each.get("x") == "0"]
    assert rows == ["Emergency", "Call now", "Call today", "“I feel OK”"]
    forms = {(each.tag, each.get("transform")) for each in with_class(root, "rb-rep")}
    assert len(forms) == 4


def test_reports_of_a_day_and_level_are_one_mark_and_the_table_counts_each():
    root = reports((100, URGENT), (100, URGENT), (101, URGENT), (120, None), (None, CONTACT))
    assert len(with_class(root, "rb-rep")) == 3
    rows = [[cell.text for cell in row] for row in root.iter("tr")]
    assert rows[1:] == [["14", "0", "3", "0", "0"], ["17", "0", "0", "0", "1"]]
    assert "1 report has no week and is not drawn." in ElementTree.tostring(
        root, encoding="unicode"
    )


def test_of_one_report_the_log_says_all():
    assert not list(reports((100, URGENT)).iter("svg"))


def test_nothing_is_a_gap_and_none_of_something_is_a_bar():
    source = '{% bars "b" "t" "d" rows %}'
    root = draw(source, rows=[("Jan", None), ("Feb", 0), ("Mar", 5)])
    assert [each.get("x")[:2] for each in with_class(root, "bar")] == ["38", "71"]


def test_lines_have_gaps_where_there_is_no_share():
    source = '{% lines "l" "t" "d" labels shares %}'
    root = draw(source, labels=list("abcd"), shares=[("Read", [5, 6, None, 7])])
    drawn = [each for each in with_class(root, "series__line") if each.get("x1").endswith("%")]
    assert len(drawn) == 1 and len(list(with_class(root, "series")[0].iter("circle"))) == 3


@pytest.mark.django_db
def test_the_chart_draws_reports_over_time_and_her_own_pages_do_not(
    patient, pregnancy, provider, sign_in
):
    for days, level in ((100, URGENT), (120, EMERGENCY)):
        SymptomReport.objects.create(
            pregnancy=pregnancy, symptoms=["CRAMPS"], urgency=level, gestational_days=days
        )
    page = sign_in(provider).get(pregnancy.get_absolute_url()).content.decode()
    assert "Reports over time" in page and page.count("rb-rep--emergency") == 2
    hers = sign_in(patient)
    for address in ("/symptoms/", "/today/", "/timeline/"):
        assert not re.search("rb-rep|Reports over time", hers.get(address).content.decode())


@pytest.mark.django_db
def test_her_ribbon_has_what_was_done_and_what_is_planned(pregnancy, provider):
    day = pregnancy.practice.today()
    pregnancy.cerclages.create(
        placed_on=day,
        indication="abdominal",
        recorded_by=provider,
        planned_removal_on=day + timedelta(days=60),
    )
    drawn = ribbon_of(pregnancy)
    assert drawn["stitch_stays"] and [each["kind"] for each in drawn["events"]] == ["out_planned"]


@pytest.mark.django_db
def test_staff_see_the_next_scan_on_the_ribbon_and_in_words(practice, provider, sign_in):
    pregnancy = PregnancyFactory(practice=practice, age=(16, 3), earlier_loss=True)
    page = sign_in(provider).get(pregnancy.get_absolute_url()).content.decode()
    assert "rb-dot--next" in page and "Next scan: " in page
