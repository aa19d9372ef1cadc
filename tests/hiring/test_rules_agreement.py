import pytest

from hiring.rules.agreement import icc, krippendorff, reading, spearman_brown, within_group

# Shrout & Fleiss (1979), table 2: six people, four judges.
SHROUT = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip
# Krippendorff's four observers and twelve units, with holes.
_ = None
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
UNITS = list(zip(*OBSERVERS, strict=True))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("one_way", 0.17), ("one_way_mean", 0.44), ("two_way", 0.29), ("two_way_mean", 0.62),
        ("fixed", 0.71), ("fixed_mean", 0.91),
    ],
)  # fmt: skip
def test_the_six_correlations_of_shrout_and_fleiss(name, value):
    assert round(getattr(icc(SHROUT), name), 2) == value


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_krippendorffs_own_example(level, value):
    assert round(krippendorff(UNITS, level), 3) == value


@pytest.mark.parametrize("table", [[], [[1, 2]], [[1], [2]], [[1, 2], [1]]])
def test_a_table_too_small_or_with_holes_has_no_correlation(table):
    assert icc(table) is None


def test_raters_who_all_say_the_same_agree():
    assert icc([[3, 3], [3, 3]]).two_way == 1
    assert krippendorff([[3, 3], [3, 3]]) == 1


def test_a_unit_with_one_mark_says_nothing():
    assert krippendorff([[3, None], [None, 4]]) is None
    assert krippendorff([*UNITS, [5, None, None, None]]) == krippendorff(UNITS)


@pytest.mark.parametrize(
    ("raters", "value"), [(1, 0.44), (2, 0.61), (3, 0.70), (4, 0.76), (5, 0.80)]
)
def test_more_raters_are_more_reliable(raters, value):
    assert round(spearman_brown(0.44, raters), 2) == value


@pytest.mark.parametrize(
    ("value", "asked"), [(None, ""), (-0.1, "talk"), (0.66, "talk"), (0.67, "fair"), (0.8, "good")]
)
def test_what_a_coefficient_asks_for(value, asked):
    assert reading(value) == asked


@pytest.mark.parametrize(
    ("marks", "value"), [([4], None), ([4, 4, 4], 1.0), ([3, 4], 0.75), ([1, 5], 0.0)]
)
def test_agreement_on_one_person(marks, value):
    assert within_group(marks) == value
