import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.health import score as rules
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import CAPS, PARTS, WEIGHTS, Cap, Earlier, Part

#          orders, relationship, service, money, plan, voice
EXAMPLE = (70, 55, 90, 40, UNKNOWN, 60)
points = st.one_of(st.just(UNKNOWN), st.integers(0, 100))
rows = st.tuples(*[points] * len(PARTS))


def scored(values, earlier=None, *caps, weights=WEIGHTS):
    capped = np.array([[cap in caps for cap in CAPS]])
    before = earlier or Earlier.nothing(1)
    return rules.scores(np.array([values]), weights, capped, before)


def after(found) -> Earlier:
    return Earlier(found.mean, found.known, found.ceiling, found.missing)


def test_the_worked_example_of_the_field_notes():
    found = scored(EXAMPLE)
    assert (found.score[0], found.confidence[0]) == (630, 90)
    assert found.cap[0] == UNKNOWN


@pytest.mark.parametrize(
    ("values", "confidence", "is_known"),
    [
        ((70, 55, UNKNOWN, UNKNOWN, 50, UNKNOWN), 60, True),
        ((70, 55, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN), 50, False),
        ((UNKNOWN,) * 6, 0, False),
        ((0,) * 6, 100, True),
    ],
)
def test_below_sixty_percent_there_is_no_number(values, confidence, is_known):
    found = scored(values)
    assert found.confidence[0] == confidence
    assert (found.score[0] > UNKNOWN) == is_known


@pytest.mark.parametrize(
    ("caps", "score", "reason"),
    [
        ((), 900, None),
        ((Cap.SILENCE,), 400, Cap.SILENCE),
        ((Cap.SPONSOR,), 500, Cap.SPONSOR),
        ((Cap.SPONSOR, Cap.SILENCE), 400, Cap.SILENCE),
        ((Cap.NOTICE, Cap.SILENCE), 100, Cap.NOTICE),
        ((Cap.COMPLAINT,), 450, Cap.COMPLAINT),
        ((Cap.OVERDUE,), 400, Cap.OVERDUE),
    ],
)
def test_a_cap_holds_a_good_mean_down_and_says_why(caps, score, reason):
    found = scored((90,) * 6, None, *caps)
    assert (found.score[0], found.mean[0]) == (score, 900)
    assert (CAPS[found.cap[0]] if found.cap[0] > UNKNOWN else None) == reason


def test_a_cap_above_the_mean_is_no_reason():
    found = scored((30,) * 6, None, Cap.SPONSOR)
    assert (found.score[0], found.cap[0]) == (300, UNKNOWN)


def test_losing_a_bad_part_does_not_raise_the_score_until_it_returns():
    bad = scored((10, 80, 80, 80, 80, 80))
    gone = scored((UNKNOWN, 80, 80, 80, 80, 80), after(bad))
    later = scored((UNKNOWN, 95, 95, 95, 95, 95), after(gone))
    back = scored((90, 95, 95, 95, 95, 95), after(later))
    assert bad.score[0] == gone.score[0] == later.score[0] == 630
    assert (back.score[0], back.ceiling[0], back.missing[0]) == (940, UNKNOWN, 0)


def test_while_a_part_is_missing_the_score_may_fall_and_recover_to_its_ceiling():
    bad = scored((10, 80, 80, 80, 80, 80))
    low = scored((UNKNOWN, 40, 40, 40, 40, 40), after(bad))
    high = scored((UNKNOWN, 90, 90, 90, 90, 90), after(low))
    assert (low.score[0], high.score[0]) == (400, 630)


def test_a_second_part_that_drops_out_lowers_the_ceiling_to_the_day_before_it_did():
    first = scored((10, 80, 80, 80, 80, 80))
    second = scored((UNKNOWN, 20, 80, 80, 80, 80), after(first))
    third = scored((UNKNOWN, UNKNOWN, 80, 80, 80, 80), after(second))
    assert (second.score[0], third.mean[0]) == (600, UNKNOWN)
    assert third.ceiling[0] == 600


def test_a_ceiling_outlives_a_time_without_a_number():
    bad = scored((10, 10, 80, 80, 80, 80))
    dark = scored((UNKNOWN, UNKNOWN, UNKNOWN, 80, 80, 80), after(bad))
    half = scored((UNKNOWN, 95, 95, 80, 80, 80), after(dark))
    assert dark.score[0] == UNKNOWN
    assert half.score[0] == bad.score[0] == 450


def test_a_part_without_weight_is_missed_by_nobody():
    weights = (50, 50, 0, 0, 0, 0)
    before = scored((50, 50, 10, 10, 10, 10), weights=weights)
    now = scored((90, 90, UNKNOWN, 10, 10, 10), after(before), weights=weights)
    assert now.score[0] == 900


def test_the_ceiling_is_of_the_mean_so_that_an_order_lifts_the_cap_of_silence():
    silent = scored((90, 90, 90, 90, 90, 90), None, Cap.SILENCE)
    ordered = scored((90, 90, 90, 90, 90, UNKNOWN), after(silent))
    assert (silent.score[0], ordered.score[0]) == (400, 900)


@given(rows, rows)
def test_a_score_stays_within_its_parts_and_never_rises_by_losing_one(first, second):
    before = scored(first)
    now = scored(second, after(before))
    known = [value for value in second if value > UNKNOWN]
    if now.score[0] > UNKNOWN:
        assert 0 <= now.score[0] <= 10 * max(known)
    dropped = any(a > UNKNOWN and b == UNKNOWN for a, b in zip(first, second, strict=True))
    if dropped and before.mean[0] > UNKNOWN and now.score[0] > UNKNOWN:
        assert now.score[0] <= before.mean[0]


@given(rows.filter(lambda row: any(value > UNKNOWN for value in row)))
def test_contributions_add_up_to_the_mean(row):
    values = {part: value for part, value in zip(PARTS, row, strict=True) if value > UNKNOWN}
    weights = dict(zip(PARTS, WEIGHTS, strict=True))
    mean = int(rules.mean_of(np.array([row]), WEIGHTS)[0])
    assert sum(rules.contributions(values, weights).values()) == mean


def test_contributions_of_the_example():
    values = {part: value for part, value in zip(PARTS, EXAMPLE, strict=True) if value > UNKNOWN}
    found = rules.contributions(values, dict(zip(PARTS, WEIGHTS, strict=True)))
    assert found == {
        Part.ORDERS: 194, Part.RELATIONSHIP: 153, Part.SERVICE: 150, Part.MONEY: 67, Part.VOICE: 67,
    }  # fmt: skip
    assert rules.contributions({}, {}) == {}


@pytest.mark.parametrize(
    ("weights", "fit"),
    [(WEIGHTS, True), ((100, 0, 0, 0, 0, 0), True), ((25, 25, 15, 15, 10, 9), False),
     ((110, -10, 0, 0, 0, 0), False), ((50, 50), False)],
)  # fmt: skip
def test_weights_are_six_whole_numbers_that_make_a_hundred(weights, fit):
    assert rules.are_weights(weights) is fit


def test_the_last_day_of_a_shelf_still_counts():
    assert rules.is_fresh(35) and not rules.is_fresh(36)
    assert rules.is_fresh(60, rules.JUDGEMENT_SHELF)


def test_whole_points_are_what_a_list_shows():
    assert [rules.whole_points(tenths) for tenths in (631, 625, 624, 0, 1000)] == [
        63,
        63,
        62,
        0,
        100,
    ]


@given(st.lists(st.integers(UNKNOWN, 1000)))
def test_many_are_rounded_as_each_is(tenths):
    found = rules.rounded(np.array(tenths, dtype=np.int64)).tolist()
    assert found == [UNKNOWN if one == UNKNOWN else 10 * rules.whole_points(one) for one in tenths]


@pytest.mark.parametrize(("days", "trouble"), [(0, "past"), (1, ""), (90, ""), (91, "long")])
def test_an_override_ends(days, trouble):
    assert rules.override_trouble(days) == trouble


def test_bits_name_their_parts():
    bits = int(rules.bits_of(np.array([[True, False, True, False, False, True]]))[0])
    assert [part for part in PARTS if rules.has(bits, part)] == ["orders", "service", "voice"]
