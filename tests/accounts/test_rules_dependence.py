"""What hangs on one person: worked examples of the field notes, and the laws behind them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import dependence, graph
from accounts.rules.dependence import Web, hanging, loss, parts_held, without

# strengths of their people, effective threads, the part that goes with the strongest
EXAMPLES = [
    ((90, 10, 5), 1.34, 0.86),
    ((60, 50, 40, 30), 3.77, 0.33),
    ((80,), 1.0, 1.0),
    ((50, 50), 2.0, 0.5),
]


def web(*strengths: float, colleague="karl") -> Web:
    whole = dict(enumerate(strengths))
    return Web(whole, {(one, colleague): value for one, value in whole.items()})


@pytest.mark.parametrize(("strengths", "threads", "goes"), EXAMPLES)
def test_the_strongest_takes_the_part_of_the_worked_examples(strengths, threads, goes):
    picture = web(*strengths)
    assert picture.threads == pytest.approx(threads, abs=0.005)
    assert loss(picture, theirs={0}) == pytest.approx(goes, abs=0.005)


@pytest.mark.parametrize(
    ("rows", "hangs", "unknown", "share"),
    [
        ([(1_000, 0.86)], 860, 0, 0.86),
        ([(1_000, 0.5), (3_000, 0.25)], 1_250, 0, 0.3125),
        ([(1_000, 0.5), (3_000, None)], 500, 3_000, 0.5),
        ([(1_000, None)], 0, 1_000, None),
        ([(-500, 1.0), (100, 1.0)], 100, 0, 1.0),
        ([], 0, 0, None),
    ],
)
def test_money_hangs_by_the_part_held_and_is_unknown_without_ties(rows, hangs, unknown, share):
    found = hanging(rows)
    assert (found.hanging, found.unknown, found.share) == (hangs, unknown, share)
    assert (found.accounts, found.untied) == (len(rows), sum(part is None for _m, part in rows))


def test_power_weighs_in_the_share_of_a_person():
    picture = Web({"chief": 30, "clerk": 90}, {}, {"chief": 3, "clerk": 1})
    assert loss(picture, theirs={"chief"}) == pytest.approx(0.5)


def test_the_part_of_one_of_ours_is_the_bow_tie():
    pairs = {("a", "karl"): 60, ("b", "karl"): 20, ("a", "lena"): 20}
    picture = Web({"a": 65, "b": 20}, pairs)
    assert loss(picture, ours={"karl"}) == pytest.approx(graph.bow_tie(picture.ours, "karl"))
    assert loss(picture, ours={"karl", "lena"}) == 1.0
    assert loss(picture, ours={"kim"}) == 0.0


def test_both_sides_leaving_lose_more_than_either_alone():
    pairs = {("a", "karl"): 60, ("b", "karl"): 30, ("b", "lena"): 30}
    picture = Web({"a": 60, "b": 60}, pairs)
    assert loss(picture, theirs={"a"}, ours={"karl"}) == pytest.approx(1 - 0.5 * 0.5)


def test_without_any_tie_the_part_is_unknown():
    assert loss(Web(), theirs={1}) is None
    assert loss(Web({1: 50}), ours={"karl"}) is None
    assert loss(Web({1: 50}), theirs={1}) == 1.0


def test_who_is_known_through_two_stays_known_by_the_part_of_the_other():
    picture = Web({"a": 60}, {("a", "karl"): 45, ("a", "lena"): 15})
    left = without(picture, ours={"karl"})
    assert left.whole == {"a": 15.0}
    assert (picture.is_tied, left.is_tied) == (True, False)


def test_who_is_known_to_nobody_by_name_stays_known():
    assert without(Web({"a": 40}), ours={"karl"}).whole == {"a": 40}


def test_parts_of_many_accounts_are_those_of_each():
    accounts = np.array([1, 1, 1, 2, 3])
    people = np.array([7, 8, 9, 7, 7])
    found = parts_held(accounts, people, np.array([90.0, 10.0, 5.0, 50.0, 0.5]))
    assert found.account.tolist() == [1, 1, 1, 2]
    assert found.part.round(2).tolist() == [0.86, 0.1, 0.05, 1.0]


def test_no_ties_have_no_parts():
    nothing = np.zeros(0, dtype=np.int64)
    assert len(parts_held(nothing, nothing, np.zeros(0)).part) == 0


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(10, 13)), st.floats(2, 100), max_size=12
    ),
    st.sets(st.integers(0, 4)),
    st.sets(st.integers(10, 13)),
)
def test_parts_add_up_and_losses_only_grow(pairs, theirs, ours):
    whole = {
        contact: max(v for (c, _u), v in pairs.items() if c == contact) for contact, _ in pairs
    }
    picture = Web(whole, pairs)
    if not pairs:
        return
    assert sum(loss(picture, ours={one}) for one in range(10, 14)) == pytest.approx(1)
    assert sum(loss(picture, theirs={one}) for one in range(5)) == pytest.approx(1)
    together = loss(picture, theirs=theirs, ours=ours)
    if together is not None:
        assert -1e-9 <= together <= 1 + 1e-9
        alone = loss(picture, theirs=theirs) if theirs else 0.0
        assert together >= alone - 1e-9
    left = without(picture, theirs=theirs, ours=ours)
    assert all(left.whole[one] <= whole[one] + 1e-9 for one in left.whole)
    assert dependence.VERSION == "hanging-1"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(-(10**6), 10**15),
            st.none() | st.floats(0, 1),
        )
    )
)
def test_of_many_people_at_once_as_much_hangs_as_on_each(rows):
    who, money, part = (np.array([row[at] for row in rows]) for at in range(3))
    found = dependence.hanging_by(who.astype(int), money.astype(np.int64), part.astype(float), 4)
    for person, one in enumerate(found):
        assert one == hanging([row[1:] for row in rows if row[0] == person])
