import pytest

from hiring.queries.candidate_state import CandidateState, parse, parse_query


def test_an_address_and_its_state_say_the_same():
    state = CandidateState(view="active", q="jo", vacancy=(1, 2), stage=("call",), stale="yes")
    assert parse_query(state.query()) == state
    assert state.without("vacancy").vacancy == () and state.without("q").q == ""
    assert set(state.filters) == {"q", "vacancy", "stage", "stale"}


def test_values_that_mean_nothing_are_left_out():
    state = parse({"view": ["x"], "stage": ["x", "call"], "vacancy": ["1", "x"], "stale": ["1"],
                   "sort": ["pay_wish"], "q": ["a\x00b"]})  # fmt: skip
    assert state == CandidateState(stage=("call",), vacancy=(1,), q="ab")


@pytest.mark.parametrize("key", ["pay_wish__gte", "_connector", "page", "pay_wish"])
def test_unknown_keys_are_refused(key):
    with pytest.raises(ValueError):
        parse({key: ["1"]})
