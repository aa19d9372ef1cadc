from datetime import date

import pytest

from accounts.rules import policy as rule


@pytest.mark.parametrize("role", ["director", "kam", "assistant", "recruiter", "interviewer",
                                  "administrator"])  # fmt: skip
def test_only_the_director_decides_and_managers_mark_too(role):
    assert rule.may_decide(frozenset({role})) == (role == "director")
    assert rule.may_mark(frozenset({role})) == (role in ("director", "kam"))


def test_a_pin_ends_after_it_began_and_within_three_years():
    first = date(2026, 3, 1)
    assert rule.is_pin_term(first, date(2026, 3, 2))
    assert rule.is_pin_term(first, date(2029, 3, 1))
    assert not rule.is_pin_term(first, first)
    assert not rule.is_pin_term(first, date(2029, 3, 10))


def test_pins_of_one_group_exclude_each_other():
    assert {rule.pin_group(kind) for kind in ("key", "not_key")} == {"key"}
    assert {rule.pin_group(kind) for kind in ("tier_a", "tier_b", "tier_c")} == {"tier"}
