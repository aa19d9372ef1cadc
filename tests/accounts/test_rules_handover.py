import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import HandoverState
from accounts.rules import handover as rules
from accounts.rules.handover import Gap, Part, Refusal, Verb

DAY = dt.date(2026, 3, 1)
ALL = frozenset(Part)


def test_the_road_leads_from_planning_to_the_watch():
    states = ["planned"]
    while following := rules.next_state(states[-1]):
        states.append(following)
    assert states == ["planned", "captured", "introduced", "joint", "watch"]
    assert [rules.next_state(end) for end in ("closed", "undone", "cancelled")] == [None] * 3


@pytest.mark.parametrize(("verb", "state"), list(product(Verb, HandoverState.values)))
def test_a_step_is_open_in_its_own_states_and_to_its_own_people(verb, state):
    when = rules.WHEN.get(verb, rules.BEFORE)
    for part in Part:
        found = rules.refusal(verb, state=state, parts={part})
        allowed = part in rules.WHO[verb] and state in when
        assert (found is None) == allowed
        if part not in rules.WHO[verb]:
            assert found == Refusal.NOT_YOURS
    assert rules.refusal(verb, state=state, parts=frozenset()) == Refusal.NOT_YOURS


@pytest.mark.parametrize(
    ("verb", "state", "refusal"),
    [
        (Verb.ACCEPT, "planned", Refusal.NOT_YET),
        (Verb.ACCEPT, "watch", Refusal.OVER),
        (Verb.JOINT, "captured", Refusal.NOT_YET),
        (Verb.CAPTURED, "joint", Refusal.OVER),
        (Verb.UNDO, "joint", Refusal.NOT_ACCEPTED),
        (Verb.UNDO, "undone", Refusal.OVER),
        (Verb.CANCEL, "watch", Refusal.OVER),
        (Verb.TELL, "cancelled", Refusal.OVER),
    ],
)
def test_what_is_said_when_a_step_comes_too_early_or_too_late(verb, state, refusal):
    assert rules.refusal(verb, state=state, parts=ALL) == refusal


def test_nobody_but_the_new_manager_signs():
    for parts in ({Part.DIRECTOR}, {Part.GIVER}, {Part.PROPOSER}, ALL - {Part.TAKER}):
        assert rules.refusal(Verb.ACCEPT, state="joint", parts=parts) == Refusal.NOT_YOURS


def test_one_person_may_be_several_parts():
    found = rules.parts_of(1, is_director=True, giver=1, taker=2, proposer=1)
    assert found == {Part.DIRECTOR, Part.GIVER, Part.PROPOSER}
    assert rules.parts_of(3, is_director=False, giver=None, taker=2, proposer=None) == frozenset()


@given(st.dictionaries(st.sampled_from(Gap), st.integers(0, 9)), st.sampled_from(rules.ROAD))
def test_what_is_missing_early_keeps_from_every_later_step(missing, state):
    found = rules.gaps_before(state, missing)
    for later in rules.ROAD[rules.ROAD.index(state) :]:
        assert set(found) <= set(rules.gaps_before(later, missing))
    assert set(rules.gaps_before("watch", missing)) == {g for g, n in missing.items() if n}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("Elena Vorontsova", None), ("  elena   VORONTSOVA ", None), ("", Refusal.UNSIGNED),
        ("   ", Refusal.UNSIGNED), ("Elena", Refusal.OTHER_NAME), ("E. V.", Refusal.OTHER_NAME),
    ],
)  # fmt: skip
def test_one_signs_by_the_own_whole_name(typed, refusal):
    assert rules.signature_refusal(name="Elena Vorontsova", typed=typed) == refusal


@pytest.mark.parametrize(
    ("days", "refusal"),
    [(0, None), (29, None), (30, None), (31, Refusal.TOO_LATE), (400, Refusal.TOO_LATE)],
)
def test_it_is_reversible_for_the_days_the_company_says(days, refusal):
    today = DAY + dt.timedelta(days=days)
    assert rules.undo_refusal(accepted_on=DAY, today=today, undo_days=30) == refusal


@pytest.mark.parametrize(
    ("present", "others", "introduced"),
    [
        ({1, 2}, {2}, True), ({1}, {2}, False), ({2}, {2}, False), ({1, 3}, {2, 3}, True),
        ({1}, set(), True), (set(), set(), False),
    ],
)  # fmt: skip
def test_an_introduction_has_the_new_manager_and_one_for_the_former(present, others, introduced):
    assert rules.is_introduced(present=present, taker=1, others=others) is introduced
