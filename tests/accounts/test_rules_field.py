from accounts.choices import Fact
from accounts.rules.field import (
    TIERS,
    default_cadence,
    default_half_life,
    default_shelf_life,
)


def test_every_tier_has_a_rhythm_to_start_from_and_no_tier_has_none():
    assert default_cadence() == {"A": 14, "B": 45, "C": 90, "N": None}


def test_contact_fades_faster_the_more_an_account_matters():
    assert [default_half_life()[tier] for tier in TIERS] == [45, 60, 90, 90]


def test_every_fact_has_a_shelf_life_in_every_tier():
    shelf = default_shelf_life()
    assert set(Fact.values) <= set(shelf)
    assert all(set(days) == set(TIERS) and min(days.values()) > 0 for days in shelf.values())


def test_a_stance_in_tier_a_keeps_ninety_days():
    assert default_shelf_life()["stance"]["A"] == 90
