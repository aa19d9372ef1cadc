import pytest

from kpi.rules import week as rules
from kpi.rules.week import Claim


@pytest.mark.parametrize(
    ("kind", "share", "minutes", "late", "expected"),
    [
        ("task", 0.0, 15, 0, 0.8),  # 1000 x .02 x .6 / 15
        ("task", 0.18, 15, 0, 8.0),  # 1000 x .20 x .6 / 15
        ("task", 0.18, 60, 0, 2.0),
        ("task", 0.18, 15, 7, 16.0),  # a week late weighs twice
        ("task", 0.18, 15, 14, 24.0),  # two weeks late three times
        ("task", 0.18, 15, 90, 24.0),  # and no more
        ("promise_ours", 0.18, 16, 0, 10.0),  # 1000 x .20 x .8 / 16
        ("confirm", 0.08, 3, 0, 10.0),  # 1000 x .10 x .3 / 3
        ("hole", 0.08, 0, 0, 25.0),  # at least a minute
        ("cadence", -0.5, 20, 0, 0.5),  # credit notes make no negative stake
    ],
)
def test_weight_is_stake_times_chance_over_minutes(kind, share, minutes, late, expected):
    assert rules.weight(Claim(kind, share, minutes, late)) == pytest.approx(expected)


def test_what_is_overdue_comes_before_everything_else():
    small = Claim("undated", 0.0, 480, late_days=1)
    large = Claim("meeting", 1.0, 1)
    assert sorted([large, small], key=rules.order) == [small, large]


def test_every_kind_of_line_has_its_chance_and_its_minutes():
    assert set(rules.CHANCES) - set(rules.MINUTES) == {"task", "undated"}
    assert all(0 < chance < 1 for chance in rules.CHANCES.values())
