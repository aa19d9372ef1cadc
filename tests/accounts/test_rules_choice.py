import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import choice as rules
from accounts.rules.choice import Case, Part


def test_the_weights_are_a_hundred():
    assert sum(rules.WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("share", "room"), [(None, 0), (0, 1), (0.7, 1), (0.95, 0.5), (1.2, 0), (3, 0)]
)
def test_room_falls_between_light_and_full(share, room):
    assert rules.room(share) == pytest.approx(room)


@pytest.mark.parametrize(
    ("has", "needed", "worth"),
    [(None, None, None), (3, None, None), (None, 2, 0), (1, 2, 0), (2, 2, 0.8), (3, 2, 1)],
)
def test_a_grade_counts_where_one_is_asked_for(has, needed, worth):
    assert rules.grade(has, needed) == worth


@pytest.mark.parametrize(
    ("people", "own", "share"),
    [
        ([], ["ru"], None),
        ([[], []], ["ru"], None),
        ([["ru"]], [], None),
        ([["ru"], ["en", "RU"], ["it"], []], ["ru"], 2 / 3),
        ([["it"]], ["ru", "en"], 0),
    ],
)
def test_language_is_asked_of_those_whose_languages_are_known(people, own, share):
    assert rules.spoken(people, own) == share


def test_a_worked_example():
    """Room for half, a tie of 60, two of three spoken to, the grade asked for, the segment."""
    case = Case(
        share_after=0.95, strongest_tie=60, spoken=2 / 3, grade=2, grade_needed=2,
        knows_segment=True, knows_territory=False, days_away=5,
    )  # fmt: skip
    # 30 x .5 + 25 x .6 + 15 x 2/3 + 10 x .8 + 10 x 1 + 5 x 0 + 5 x .5
    assert rules.score(case) == pytest.approx(60.5)


def test_what_is_unknown_is_left_out_and_the_rest_fills_up():
    case = Case(share_after=0.5, strongest_tie=100)
    assert rules.points(case)[Part.LANGUAGE] is None
    assert rules.score(case) == pytest.approx(100)


CASES = st.builds(
    Case,
    share_after=st.none() | st.floats(0, 3),
    strongest_tie=st.floats(0, 100),
    spoken=st.none() | st.floats(0, 1),
    grade=st.none() | st.integers(1, 3),
    grade_needed=st.none() | st.integers(1, 3),
    knows_segment=st.none() | st.booleans(),
    knows_territory=st.none() | st.booleans(),
    days_away=st.integers(0, 22),
)


@given(CASES)
def test_the_points_are_the_score_which_lies_between_nought_and_a_hundred(case):
    points = sum(value for value in rules.points(case).values() if value is not None)
    assert rules.score(case) == pytest.approx(points)
    assert -1e-9 <= rules.score(case) <= 100 + 1e-9


@given(CASES, st.floats(0, 3))
def test_more_load_never_helps(case, more):
    heavier = Case(**{name: getattr(case, name) for name in case.__slots__} | {
        "share_after": None if case.share_after is None else case.share_after + more
    })  # fmt: skip
    assert rules.score(heavier) <= rules.score(case) + 1e-9
