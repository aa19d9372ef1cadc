import pytest

from accounts.queries.load import AccountLoad, LoadNow
from accounts.queries.taker_words import load_words, over_words, part_words
from accounts.rules.choice import Case, Part
from accounts.rules.load import Figures, Load, Over


def carrying(hours: float, capacity: float = 120, key: int = 0) -> LoadNow:
    rows = tuple(AccountLoad(n, f"Firm {n}", "A", True, 1, 1.0) for n in range(key))
    return LoadNow(1, Load(hours, capacity), Figures(), 1.0, rows)


def test_a_load_is_hours_of_hours_and_a_share():
    assert load_words(carrying(96)).startswith("Would carry 96 of 120 hours a month, 80")


def test_a_passed_limit_is_said_too():
    assert load_words(carrying(96, key=4)).endswith("4 key accounts; the limit is 3.")


def test_nobody_there_carries_nothing():
    assert load_words(carrying(96, 0)) == "Away for the whole month."


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (Over.HOURS, "130 hours asked for, 120 to be had this month."),
        (Over.KEY, "4 key accounts; the limit is 3."),
        (Over.REGULAR, "0 other accounts; the limit is 25."),
    ],
)
def test_every_limit_has_its_sentence(over, words):
    assert over_words(over, carrying(130, key=4)) == words


def test_what_says_nothing_has_no_words():
    said = part_words(Case(share_after=0.5), None, None)
    assert {part for part, words in said.items() if words} == {Part.TIES}
