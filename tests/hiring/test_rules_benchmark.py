import csv
import datetime as dt
from decimal import Decimal

import pytest

from hiring.commands.benchmark import SHIPPED
from hiring.rules import benchmark as rules


@pytest.mark.parametrize(
    ("ours", "low", "high", "median", "where", "share"),
    [
        (100, 80, 120, None, "within", 0),
        (80, 80, 120, None, "within", 0),
        (120, 80, 120, 90, "within", 0),
        (132, 80, 120, None, "above", "0.1"),
        (60, 80, 120, None, "below", "0.25"),
        (110, None, None, 100, "above", "0.1"),
        (90, None, None, 100, "below", "0.1"),
        (100, None, None, 100, "within", 0),
        (90, 100, None, None, "below", "0.1"),
        (110, None, 100, None, "above", "0.1"),
    ],
)
def test_how_far_off_a_range_is(ours, low, high, median, where, share):
    figures = [None if value is None else Decimal(value) for value in (low, high, median)]
    found = rules.standing(
        Decimal(ours), **dict(zip(("low", "high", "median"), figures, strict=True))
    )
    assert (found.where, found.share) == (where, Decimal(share))


def test_a_row_without_figures_says_nothing():
    assert rules.standing(Decimal(1), low=None, high=None, median=None) is None
    assert rules.middle(None, None) is None


@pytest.mark.parametrize(
    ("today", "age", "is_old"),
    [
        ("2015-12-01", 0, False),
        ("2017-03-31", 1, False),
        ("2017-04-01", 2, True),
        ("2026-11-22", 11, True),
    ],
)
def test_old_figures_say_so(today, age, is_old):
    on, today = dt.date(2015, 4, 1), dt.date.fromisoformat(today)
    assert (rules.age_in_years(on, today), rules.is_old(on, today)) == (age, is_old)


@pytest.mark.parametrize("name", ["St Petersburg", "санкт-петербург", "СПб", " San Pietroburgo "])
def test_a_city_is_known_by_all_its_names(name):
    assert rules.known_city(name) == "St Petersburg"


def test_a_city_of_ones_own_keeps_its_name():
    assert rules.known_city(" Lyon ") == "Lyon" and rules.city_name("Lyon") == "Lyon"


@pytest.mark.parametrize("employer", ["company", "agency"])
@pytest.mark.parametrize(
    ("grade", "experience", "pay"),
    [(1, "none", 45_000), (2, "two", 70_000), (3, "three", 140_000)],
)
def test_a_grade_is_held_beside_the_row_in_which_its_pay_lies(employer, grade, experience, pay):
    """Known of St Petersburg: about 70,000 for grade 2, for grade 3 at least twice that."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        fitting = [
            row["experience"]
            for row in csv.DictReader(file)
            if (row["city"], row["employer"]) == ("St Petersburg", employer)
            and row["low"] and Decimal(row["low"]) <= pay <= Decimal(row["high"])
        ]  # fmt: skip
    assert fitting == [experience] == [rules.experience_of(grade)]
