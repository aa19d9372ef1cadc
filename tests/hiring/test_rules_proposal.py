from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.rules.invitations import Costs, Group, Guards, advise
from hiring.rules.proposal import Room, propose
from hiring.rules.seat import Person, clashes

EVEN = Group(0, 50, 50)


def room(key=1, seats=8, others=(), **fields) -> Room:
    defaults = {"costs": Costs(2, 1), "guards": Guards(spare=99), "joining": {"": EVEN}}
    return Room(key=key, seats=seats, others=list(others), **{**defaults, **fields})


def people(number: int, **fields) -> list[Person]:
    return [Person(key, (f"p{key}",), **fields) for key in range(1, number + 1)]


def test_one_session_is_filled_as_far_as_the_calculator_says():
    one = room()
    more = advise(8, [], EVEN, one.costs, one.guards).more
    assert len(propose(people(60), [one]).proposals) == more


def test_the_cap_of_the_room_ends_it_earlier():
    guards = Guards(spare=2, too_many=0.05)
    more = advise(8, [], EVEN, Costs(2, 1), guards).more
    assert more < advise(8, [], EVEN, Costs(2, 1), Guards(spare=99)).more
    assert len(propose(people(60), [room(guards=guards)]).proposals) == more


def test_the_emptier_session_comes_first():
    emptier, fuller = room(1), room(2, others=[Group(7, 90, 10)])
    assert propose(people(1), [fuller, emptier]).proposals[0].room == 1


def test_colleagues_are_put_into_different_sessions():
    two = people(2, employer="nordpack")
    found = propose(two, [room(1), room(2)])
    assert {one.room for one in found.proposals} == {1, 2}


def test_whom_no_session_takes_is_left_and_the_next_is_asked():
    boss = Person(9, ("olga stein",))
    waiting = [Person(1, ("anna",), manager="olga stein"), Person(2, ("carl",))]
    found = propose(waiting, [room(people=[boss])], most=1)
    assert [one.person for one in found.proposals] == [2]
    assert found.left == [1]


def test_who_said_no_to_a_session_is_not_asked_again():
    found = propose(people(1), [room(1, closed_to=frozenset({1})), room(2)])
    assert [one.room for one in found.proposals] == [2]


def test_who_comes_seldom_takes_less_of_a_room_than_who_comes_often():
    joining = {"often": Group(0, 90, 10), "seldom": Group(0, 30, 70)}
    often = len(propose(people(60, kind="often"), [room(joining=dict(joining))]).proposals)
    seldom = len(propose(people(60, kind="seldom"), [room(joining=dict(joining))]).proposals)
    assert often == advise(8, [], joining["often"], Costs(2, 1), Guards(spare=99)).more
    assert seldom == advise(8, [], joining["seldom"], Costs(2, 1), Guards(spare=99)).more
    mixed = [Person(n, (f"p{n}",), kind=("often", "seldom")[n % 2]) for n in range(60)]
    assert often < len(propose(mixed, [room(joining=dict(joining))]).proposals) < seldom


def test_nobody_is_proposed_for_full_sessions_or_beyond_the_wish():
    assert propose(people(5), [room(others=[Group(20, 90, 10)])]).proposals == []
    assert len(propose(people(5), [room()], most=3).proposals) == 3
    assert propose([], [room()]).proposals == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=12), st.integers(1, 3))
def test_nobody_meets_a_colleague_and_nobody_is_asked_twice(employers, rooms):
    waiting = [Person(key, (f"p{key}",), employer) for key, employer in enumerate(employers, 1)]
    all_rooms = [room(key, seats=4) for key in range(rooms)]
    found = propose(waiting, all_rooms)
    assert len({one.person for one in found.proposals}) == len(found.proposals)
    for one in all_rooms:
        assert clashes(one.people) == []
