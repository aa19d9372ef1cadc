import pytest

from accounts.rules.care import RANGES, are_days, are_hours, tidy, wrong

HOURS = {"A": 4, "B": 2, "C": 1, "N": 0.5}


def test_every_figure_has_its_ends():
    for name, (least, most) in RANGES.items():
        assert not wrong({name: least}) and not wrong({name: most})
        assert wrong({name: least - 1}) == [name] == wrong({name: most + 1})


@pytest.mark.parametrize(("hours", "may"), [
    (HOURS, True),
    (HOURS | {"A": 0}, True),
    (HOURS | {"A": 100}, True),
    (HOURS | {"A": -1}, False),
    (HOURS | {"A": 101}, False),
    (HOURS | {"A": float("nan")}, False),
    (HOURS | {"A": float("inf")}, False),
    (HOURS | {"D": 1}, False),
    ({"A": 1}, False),
])  # fmt: skip
def test_hours_by_tier(hours, may):
    assert are_hours(hours) == may
    assert bool(wrong({"hours_by_tier": hours})) != may


@pytest.mark.parametrize(("days", "may"), [
    ([], True), ([30], True), ([30, 90], True), ([1, 2, 3, 4], True), ([1, 2, 3, 4, 5], False),
    ([30, 30], False), ([90, 30], False), ([0], False), ([91], False),
])  # fmt: skip
def test_days_the_customer_is_asked_on(days, may):
    assert are_days(days, most=90) == may


def test_an_undo_is_not_longer_than_the_watch():
    assert wrong({"watch_days": 30, "undo_days": 31}) == ["undo_days"]


def test_whole_hours_are_written_whole():
    assert [tidy(4.0), tidy(0.5)] == [4, 0.5] and isinstance(tidy(4.0), int)
