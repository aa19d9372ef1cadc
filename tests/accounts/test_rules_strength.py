import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Channel
from accounts.rules.strength import (
    Bond,
    Lived,
    bond_of,
    can_part,
    decay,
    energy_of,
    event_points,
    joined,
    late_factor,
    parted,
    parted_newest,
    strength,
)

DAY = dt.date(2026, 11, 2)


@pytest.mark.parametrize(("days", "left"), [(0, 1.0), (30, 0.63), (60, 0.40), (90, 0.25)])
def test_contact_fades_as_the_notes_work_it_out(days, left):
    assert round(decay(days, 45), 2) == left


@pytest.mark.parametrize(
    ("channel", "points"),
    [("meeting", 5), ("video", 4), ("call", 3), ("event", 3), ("informal", 2), ("message", 1),
     ("mail", 1)],
)  # fmt: skip
def test_the_closer_the_contact_the_more_it_leaves(channel, points):
    assert event_points(channel, "both", None, 0, 0) == points


def test_every_channel_has_its_points():
    assert all(event_points(channel, "both", None, 0, 0) > 0 for channel in Channel.values)


@pytest.mark.parametrize("direction", ["ours", "theirs"])
def test_what_goes_one_way_leaves_little_however_it_went(direction):
    assert event_points("meeting", direction, None, 0, 0) == 0.2
    assert event_points("mail", direction, None, 0, 0) == 0.2


def test_three_people_of_a_group_get_full_points_and_the_rest_half():
    assert [event_points("meeting", "both", None, 0, place) for place in range(5)] == [
        5, 5, 5, 2.5, 2.5
    ]  # fmt: skip


def test_tone_and_lateness_scale_the_points():
    assert event_points("meeting", "both", -1, 0, 0) == pytest.approx(3.5)
    assert event_points("meeting", "both", 1, 0, 0) == pytest.approx(6.0)
    assert event_points("meeting", "both", 0, 100, 0) == pytest.approx(3.25)
    assert [late_factor(hours) for hours in (0, 24, 72, 73, 168, 169, 9999)] == [
        1, 0.8, 0.8, 0.65, 0.65, 0.5, 0.5
    ]  # fmt: skip


def test_strength_rises_steeply_and_never_reaches_a_hundred():
    assert strength(0) == 0
    assert round(strength(5), 1) == 39.3
    assert round(strength(10), 1) == 63.2
    assert strength(60) < 100


def test_a_late_entry_joins_as_if_it_had_been_told_in_its_time():
    early, later = Lived(DAY, 5, True), Lived(DAY + dt.timedelta(days=45), 3, False)
    in_order = bond_of([early, later], 45)
    assert joined(joined(Bond(), later, 45), early, 45) == in_order
    assert in_order.energy == pytest.approx(5.5)
    assert in_order.as_of == later.day
    assert in_order.last_two_way_on == early.day


events = st.builds(
    Lived, st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 1)), st.floats(0.1, 6), st.booleans()
)


@given(st.lists(events, min_size=2, max_size=12), st.integers(0, 11), st.sampled_from([45, 60, 90]))
def test_what_parts_leaves_what_had_been_without_it(lived, which, half_life):
    gone = lived[which % len(lived)]
    rest = [event for at, event in enumerate(lived) if at != which % len(lived)]
    whole, without = bond_of(lived, half_life), bond_of(rest, half_life)
    if can_part(whole, gone):
        left = parted(whole, gone, half_life)
        assert left.energy == pytest.approx(without.energy, rel=1e-9)
        assert (left.as_of, left.touchpoints, left.last_two_way_on) == (
            without.as_of, without.touchpoints, without.last_two_way_on,
        )  # fmt: skip
    elif left := parted_newest(
        whole, gone, half_life, last_on=without.as_of, last_two_way_on=without.last_two_way_on
    ):
        assert left.energy == pytest.approx(without.energy, rel=1e-9)
        assert (left.as_of, left.touchpoints) == (without.as_of, without.touchpoints)


def test_what_has_all_but_faded_is_reckoned_anew_instead_of_grown_back():
    old, new = Lived(DAY, 5, True), Lived(DAY + dt.timedelta(days=451), 3, True)
    whole = bond_of([old, new], 45)
    assert parted_newest(whole, new, 45, last_on=DAY, last_two_way_on=DAY) is None
    found = parted_newest(whole, new, 50, last_on=DAY, last_two_way_on=DAY)
    assert found and found.as_of == DAY


@pytest.mark.parametrize("value", [0.3, 1, 50, 99])
def test_energy_is_what_a_strength_is_made_of(value):
    assert strength(energy_of(value)) == pytest.approx(value)
