import pytest

from accounts.choices import DossierSection
from accounts.rules import dossier as rule


@pytest.mark.parametrize("tier, number", [("A", 9), ("B", 6), ("C", 3), ("N", 3), ("", 3)])
def test_more_is_expected_of_greater_accounts(tier, number):
    assert len(rule.required_sections(tier)) == number


def test_only_competitors_stand_beside_each_other():
    assert [s for s in DossierSection.values if rule.holds_many(s)] == ["competitors"]


def test_complete_and_fresh_are_two_numbers():
    stale = {"goals": True, "needs": False, "strategy": True}
    assert rule.completeness(stale, "A") == (3, 9)
    assert rule.completeness(stale, "C") == (1, 3)
    assert rule.freshness(stale) == (1, 3)
    assert rule.freshness({}) == (0, 0)


def test_what_is_missing_is_asked_for_before_what_is_old():
    assert rule.gaps({"figures": False, "needs": True, "strategy": True}, "C") == [
        "competitors", "needs", "strategy",
    ]  # fmt: skip
    assert rule.gaps(dict.fromkeys(DossierSection.values, False), "A") == []
    assert len(rule.gaps({}, "A")) == 9
