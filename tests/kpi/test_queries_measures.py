"""Definitions, words and choices of measures."""

import datetime as dt
import re
from pathlib import Path

import pytest

from common import formats
from kpi.choices import Scope, Unit
from kpi.models import Reading
from kpi.queries.measures import BY_CODE, DEFINITIONS, RECORDED, explorer, words
from kpi.queries.measures.choice import Choice, choice_of, usual_base
from kpi.queries.measures.figures import figures
from tests.cast import make_cast
from tests.kpi.measures import DAY, make_measured

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"


def reading(numerator, denominator=None, value=None, **fields) -> Reading:
    if value is None and denominator:
        value = numerator / denominator
    return Reading(numerator=numerator, denominator=denominator, value=value, **fields)


def test_codes_are_unique_and_every_definition_answers_a_question():
    assert len(BY_CODE) == len(DEFINITIONS)
    for one in DEFINITIONS:
        assert str(one.question).endswith("?"), one.code
        assert str(one.formula).endswith("."), one.code
        assert one.is_recorded or one.missing, one.code


def test_the_document_lists_every_definition():
    text = PAGE.read_text()
    for one in DEFINITIONS:
        row = re.search(rf"^\| `{one.code}` \|.*$", text, re.MULTILINE)
        assert row, one.code
        for words_of in (one.name, one.question, one.formula):
            assert str(words_of) in row.group(0), one.code
        assert f"`{one.version}`" in row.group(0) if one.version else "not recorded" in row.group(0)
    assert len(re.findall(r"^\| `[a-z-]+` \|", text, re.MULTILINE)) == len(DEFINITIONS)


@pytest.mark.django_db
def test_every_recorded_measure_is_read():
    make_measured()
    codes = {one.code for one in figures(DAY, is_newest=True)}
    wanted = {one.code for one in RECORDED if not one.missing}  # there is no plan
    assert wanted - codes <= {"touchpoints"}  # nobody spoke with anybody


def test_counts_come_before_the_rate():
    found = reading(2, 3, low=0.21, high=0.94)
    retention = BY_CODE["retention"]
    assert words.count_words(retention, found, "EUR") == "2 of 3"
    assert words.range_words(found).startswith("21")


def test_what_may_outgrow_its_base_comes_after_it_not_out_of_it():
    found = reading(173_000_0000, 166_000_0000)
    assert " after " in words.count_words(BY_CODE["nrr"], found, "EUR")
    assert " of " in words.count_words(BY_CODE["grr"], found, "EUR")


def test_an_unknown_figure_is_no_zero():
    assert words.value_words(BY_CODE["nrr"], reading(0, 0), "EUR") == ""
    assert words.value_words(BY_CODE["nrr"], None, "EUR") == ""


def test_a_change_within_what_the_counts_allow_is_neither_good_nor_bad():
    retention = BY_CODE["retention"]
    few, many = (reading(2, 3, low=0.2, high=0.9), reading(600, 1000, low=0.57, high=0.63))
    before = reading(8, 10, low=0.7, high=0.95)
    assert words.change(retention, few, before).tone == ""
    assert words.change(retention, many, before).tone == "dan"
    assert words.change(BY_CODE["churn"], many, before).tone == "pos"


def test_a_change_of_ten_times_and_more_is_told_in_times():
    revenue = BY_CODE["revenue"]
    told = [
        words.change(revenue, reading(1, value=now), reading(1, value=2.0)).words
        for now in (19.0, 20.0)
    ]
    assert told == [formats.percent(8.5, signed=True), "×10"]


def test_a_figure_that_is_never_a_quota_is_never_judged():
    found = words.change(BY_CODE["touchpoints"], reading(5, value=5.0), reading(9, value=9.0))
    assert found.tone == ""


def test_nothing_is_compared_with_nothing():
    assert words.change(BY_CODE["revenue"], reading(5, value=5.0), None) is None
    assert words.change(BY_CODE["revenue"], reading(5, value=5.0), reading(0, value=0.0)) is None


def test_the_base_is_the_same_day_a_year_ago_or_the_month_before():
    days = [DAY, dt.date(2026, 2, 28), dt.date(2025, 3, 31)]
    assert usual_base(DAY, days) == dt.date(2025, 3, 31)
    assert usual_base(DAY, days[:2]) == dt.date(2026, 2, 28)
    assert usual_base(dt.date(2025, 3, 31), days) is None


@pytest.mark.django_db
def test_an_address_holds_the_whole_choice():
    cast = make_measured()
    asked = {"of": f"manager:{cast.kim.pk}", "day": "2026-02-28", "base": "2025-12-31"}
    choice = choice_of(cast.dora, asked)
    query = choice.query()
    for part in (f"of=manager%3A{cast.kim.pk}", "day=2026-02-28", "base=2025-12-31"):
        assert part in query


@pytest.mark.django_db
def test_a_company_rate_among_few_managers_tells_a_manager_nothing():
    cast = make_measured()
    choice = choice_of(cast.karl, {})
    shares = [one for one in RECORDED if one.unit == Unit.SHARE]
    assert explorer.company_rates(cast.karl, choice, shares) == {}
    for pk in range(10_000, 10_005):
        Reading.objects.create(
            code="retention", scope=Scope.MANAGER, key=str(pk), day=DAY, first=DAY, last=DAY,
            version="retention-1", numerator=1, denominator=1, value=1.0,
        )  # fmt: skip
    assert set(explorer.company_rates(cast.karl, choice, shares)) == {"retention"}


@pytest.mark.django_db
def test_a_choice_before_the_first_night_has_no_day():
    cast = make_cast()
    choice = choice_of(cast.dora, {})
    assert isinstance(choice, Choice)
    assert choice.day is None
    assert choice_of(cast.rita, {"of": "company"}) is None
