import pytest

from hiring.rules.sourcing import Circle, is_exhausted, may_open, share


@pytest.mark.parametrize(
    ("found", "reached", "percent", "answer"),
    [(10, 8, 80, True), (10, 7, 80, False), (0, 0, 80, False), (3, 2, 66, True), (1, 0, 0, True),
     (3, 2, 67, False)],
)  # fmt: skip
def test_a_circle_is_exhausted_when_enough_of_those_found_were_reached(
    found, reached, percent, answer
):
    assert is_exhausted(Circle(True, found, reached, percent)) is answer


def test_the_first_opens_always_and_others_when_all_before_are_exhausted():
    done, going = Circle(True, 10, 9, 80), Circle(True, 10, 1, 80)
    assert may_open([]) and may_open([done, done])
    assert not may_open([done, going]) and not may_open([done._replace(is_open=False)])


def test_the_share_of_nobody_is_unknown():
    assert share(Circle(True, 0, 0, 80)) is None and share(Circle(True, 4, 1, 80)) == 0.25
