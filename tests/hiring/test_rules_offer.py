import doctest
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from hiring.choices import OfferState
from hiring.models.offer import LIVE
from hiring.rules import offer as rules

# Written by hand from the plan, not from the rules: state, action, who, whether makers may.
DECLARED = {
    ("draft", "edit"): ("draft", {"recruiter"}),
    ("draft", "propose"): ("proposed", {"recruiter"}),
    ("draft", "take_back"): ("withdrawn", {"recruiter", "director"}),
    ("proposed", "revise"): ("draft", {"recruiter"}),
    ("proposed", "approve"): ("approved", {"director"}),
    ("proposed", "send_back"): ("draft", {"director"}),
    ("proposed", "take_back"): ("withdrawn", {"recruiter", "director"}),
    ("approved", "send"): ("sent", {"recruiter"}),
    ("approved", "take_back"): ("withdrawn", {"recruiter", "director"}),
    ("sent", "accept"): ("accepted", {"candidate"}),
    ("sent", "decline"): ("declined", {"candidate", "recruiter"}),
    ("sent", "expire"): ("expired", {"machine"}),
    ("sent", "take_back"): ("withdrawn", {"recruiter", "director"}),
}


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(rules).failed == 0


def test_states_are_those_of_the_table():
    assert set(rules.STATES) == set(OfferState.values)
    assert set(rules.LIVE) == set(LIVE)


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.parametrize("action", rules.STEPS)
def test_every_state_action_role_and_authorship(state, action):
    leads, allowed = DECLARED.get((state, action), (None, set()))
    assert rules.next_state(state, action) == leads
    for role, is_maker in product(rules.ACTORS, (True, False)):
        may = role in allowed and not (action == "approve" and is_maker)
        assert rules.may_do(state, action, {role}, is_maker=is_maker) == may, (role, is_maker)
        listed = action in rules.actions(state, {role}, is_maker=is_maker)
        assert listed == may


def test_nothing_leaves_an_end():
    for state in set(rules.STATES) - set(rules.LIVE):
        assert not any(rules.next_state(state, action) for action in rules.STEPS)


class Life(RuleBasedStateMachine):
    """Whatever people try, an offer is only sent after somebody else approved it."""

    def __init__(self):
        super().__init__()
        self.state, self.approved, self.sent = "draft", False, False

    @rule(
        action=st.sampled_from(list(rules.STEPS)),
        role=st.sampled_from(rules.ACTORS),
        is_maker=st.booleans(),
    )
    def try_step(self, action, role, is_maker):
        if not rules.may_do(self.state, action, {role}, is_maker=is_maker):
            return
        self.state = rules.next_state(self.state, action)
        self.approved = self.state in ("approved", "sent") or (self.approved and self.sent)
        self.sent = self.sent or self.state == "sent"
        if action == "approve":
            assert role == "director" and not is_maker
        if self.state in ("sent", "accepted", "declined", "expired"):
            assert self.approved


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
