import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.conflict import differing, three_way

TEXT = st.sampled_from(["", "a", "b", "c"])


def meet(before: str, theirs: str, mine: str):
    return three_way(["x"], before={"x": before}, theirs={"x": theirs}, mine={"x": mine})[0]


@pytest.mark.parametrize(
    ("before", "theirs", "mine", "proposal", "is_both"),
    [
        ("a", "a", "a", "a", False),
        ("a", "b", "a", "b", False),
        ("a", "a", "c", "c", False),
        ("a", "b", "b", "b", False),
        ("a", "b", "c", "c", True),
    ],
)
def test_what_only_one_side_changed_settles_itself(before, theirs, mine, proposal, is_both):
    found = meet(before, theirs, mine)
    assert (found.proposal, found.is_both) == (proposal, is_both)
    assert bool(differing([found])) == (len({before, theirs, mine}) > 1)


@given(before=TEXT, theirs=TEXT, mine=TEXT)
def test_no_change_of_either_side_is_lost_in_silence(before, theirs, mine):
    found = meet(before, theirs, mine)
    if theirs != before and mine != theirs:
        assert found.is_both or found.proposal == theirs
    if mine != before:
        assert found.proposal == mine


def test_without_what_was_shown_the_other_side_counts_as_unchanged():
    (found,) = three_way(["x"], before={}, theirs={"x": "a"}, mine={"x": "b"})
    assert (found.proposal, found.is_both) == ("b", False)
