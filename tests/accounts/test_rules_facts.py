import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Fact
from accounts.rules import facts, field

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize("fact", Fact.values)
def test_every_fact_is_chosen_or_written_and_may_be_unknown(fact):
    assert bool(facts.values_of(fact)) != (fact in facts.WRITTEN)
    assert facts.is_value(fact, "")
    assert all(facts.is_value(fact, value) for value in facts.values_of(fact))


def test_foreign_values_facts_and_long_texts_are_refused():
    assert not facts.is_value("stance", "6")
    assert not facts.is_value("stance", "neutral")
    assert not facts.is_value("shoe_size", "44")
    assert facts.is_value("sore_spot", "x" * 400)
    assert not facts.is_value("sore_spot", "x" * 401)


def test_only_a_relationship_is_that_of_one_of_us():
    assert [fact for fact in Fact.values if facts.may_be_of_colleague(fact)] == [
        "level",
        "level_wanted",
    ]


@pytest.mark.parametrize(
    "tier, days", [("A", 90), ("B", 135), ("C", 180), ("N", 180), ("", 180), ("Z", 180)]
)
def test_shelf_life_of_a_stance_by_tier(tier, days):
    assert facts.shelf_days(field.default_shelf_life(), "stance", tier) == days


def test_the_companys_own_shelf_life_comes_first_and_gaps_fall_back():
    own = {"stance": {"A": 30}}
    assert facts.shelf_days(own, "stance", "A") == 30
    assert facts.shelf_days(own, "stance", "B") == 135
    assert facts.shelf_days({}, "power", "A") == 180


@pytest.mark.parametrize(
    "age, share, stale",
    [(0, 1.0, False), (45, 0.5, False), (90, 0.0, False), (91, 0.0, True), (900, 0.0, True)],
)
def test_the_ring_empties_with_age(age, share, stale):
    assert facts.ring_share(age, 90) == pytest.approx(share)
    assert facts.is_stale(age, 90) is stale


@given(st.integers(0, 4000), st.integers(1, 2000))
def test_a_value_is_stale_exactly_when_it_is_older_than_the_cut(age, shelf):
    day = DAY - dt.timedelta(days=age)
    assert facts.age_days(day, DAY) == age
    assert facts.is_stale(age, shelf) == (day < facts.cut_day(shelf, DAY))


def test_a_day_in_the_future_is_fresh():
    assert facts.age_days(DAY + dt.timedelta(days=3), DAY) == 0


def test_the_powerful_of_the_great_are_asked_after_first():
    order = [("3", "A"), ("3", "B"), ("1", "A"), ("3", "C"), ("2", "C"), ("", "C")]
    urgency = [facts.urgency(power, tier, 100, 90) for power, tier in order]
    assert urgency == sorted(urgency, reverse=True)
    assert facts.urgency("2", "A", 180, 90) == pytest.approx(12)


@pytest.mark.parametrize(
    "now, wanted, gap", [("1", "4", 3), ("3", "3", 0), ("4", "2", 0), ("", "3", 3), ("2", "", 0)]
)
def test_the_gap_is_in_steps(now, wanted, gap):
    assert facts.level_gap(now, wanted) == gap


@pytest.mark.parametrize(
    "level, strength, words",
    [
        ("4", 29, "weaker"), ("4", 30, ""), ("4", 100, ""), ("3", 19, "weaker"),
        ("3", 80, "stronger"), ("2", 9, "weaker"), ("2", 60, "stronger"), ("2", 59, ""),
        ("1", 0, ""), ("1", 40, "stronger"), ("", 50, ""),
    ],
)  # fmt: skip
def test_what_is_declared_is_held_against_what_is_lived(level, strength, words):
    assert facts.disagreement(level, strength) == words
