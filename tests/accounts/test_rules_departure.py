"""At stake by table, worked by hand."""

import pytest

from accounts.rules.departure import Stake, order


@pytest.mark.parametrize(
    ("revenue", "part", "threads", "money", "single"),
    [
        (1_000, 0.86, 1.34, 860, True),  # strengths 90, 10, 5: in truth one thread
        (1_000, 0.33, 3.77, 330, False),  # 60, 50, 40, 30
        (1_000, 1.0, 1.0, 1_000, True),
        (1_000, 0.0, 1.0, 0, False),  # another holds it alone: nothing goes with this one
        (1_000, None, 0.0, 1_000, True),  # nobody has a lived tie: unknown is not safe
        (-500, 0.5, 2.0, 0, False),  # credited in sum
    ],
)
def test_money_hangs_by_the_part_of_the_relationship(revenue, part, threads, money, single):
    stake = Stake(revenue, part, threads)
    assert (stake.money, stake.is_single) == (money, single)


def test_key_accounts_come_first_then_money_then_single_threads():
    rows = {
        "small key": (Stake(10, 1.0, 1.0), True),
        "large key": (Stake(900, 0.5, 2.0), True),
        "large": (Stake(5_000, 0.9, 1.1), False),
        "wide": (Stake(1_000, 0.5, 4.0), False),
        "narrow": (Stake(500, 1.0, 1.0), False),
    }
    found = sorted(rows, key=lambda name: order(rows[name][0], is_key=rows[name][1]))
    assert found == ["large key", "small key", "large", "narrow", "wide"]
