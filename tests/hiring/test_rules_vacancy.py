from itertools import combinations, product

import pytest

from hiring.choices import StageKind, VacancyState
from hiring.rules import vacancy as rules
from people.choices import Role

ALLOWED = {
    ("draft", "propose", "recruiter"), ("proposed", "withdraw", "recruiter"),
    ("approved", "revise", "recruiter"), ("held", "revise", "recruiter"),
    ("approved", "publish", "recruiter"), ("open", "hold", "recruiter"),
    ("open", "hold", "director"), ("held", "resume", "recruiter"),
    ("open", "fill", "recruiter"), ("held", "fill", "recruiter"),
    ("draft", "close", "recruiter"), ("draft", "close", "director"),
    ("approved", "close", "recruiter"), ("approved", "close", "director"),
    ("open", "close", "recruiter"), ("open", "close", "director"),
    ("held", "close", "recruiter"), ("held", "close", "director"),
    ("filled", "reopen", "recruiter"), ("closed", "reopen", "recruiter"),
}  # fmt: skip
DECIDED = {("proposed", "approve", "director"), ("proposed", "send_back", "director")}
GROUPS = [set(group) for size in range(4) for group in combinations(Role.values, size)]


@pytest.mark.parametrize(("state", "action"), list(product(VacancyState.values, rules.STEPS)))
def test_only_declared_steps_by_declared_roles_are_open(state, action):
    for roles, is_author in product(GROUPS, (True, False)):
        allowed = any((state, action, role) in ALLOWED for role in roles)
        decided = any((state, action, role) in DECIDED for role in roles) and not is_author
        assert rules.may_step(state, action, roles, is_author=is_author) == (allowed or decided)
        said = rules.why_not(state, action, roles, is_author=is_author)
        assert bool(said) == (not (allowed or decided))
        assert (action in rules.open_steps(state, roles, is_author=is_author)) == (not said)


def test_every_way_leads_to_a_state_and_approval_is_the_only_door_to_the_public():
    into_open = {
        state
        for ways, _who in rules.STEPS.values()
        for state, to in ways.items()
        if to == VacancyState.OPEN
    }
    into_approved = {
        action for action, (ways, _who) in rules.STEPS.items() if "approved" in ways.values()
    }
    assert into_open == {"approved", "held"}
    assert into_approved == {"approve"}
    assert rules.next_state("draft", "publish") is None


@pytest.mark.parametrize("state", VacancyState.values)
def test_terms_change_in_a_draft_only(state):
    is_open = state == "draft"
    assert rules.frozen(state, rules.TERMS) == (frozenset() if is_open else rules.TERMS)
    stays = state in ("proposed", "filled", "closed")
    assert bool(rules.frozen(state, {"texts"})) == stays


def test_what_is_lacking_is_said():
    assert rules.lacking(titles=["KAM"], openings=1, is_past=False) == []
    assert len(rules.lacking(titles=[""], openings=0, is_past=True)) == 3


@pytest.mark.parametrize("kind", StageKind.values)
def test_a_stage_goes_when_nobody_stands_in_it_and_the_board_can_do_without(kind):
    assert not rules.may_remove_stage(kind, others_of_kind=1, people=1)
    assert rules.may_remove_stage(kind, others_of_kind=1, people=0)
    needed = kind in rules.NEEDED_KINDS
    assert rules.may_remove_stage(kind, others_of_kind=0, people=0) == (not needed)
