import pytest

from hiring.rules.scoring import (
    candidate_score,
    combined_grade,
    corrected,
    is_crossed,
    leniency,
    needs_third,
    ranking,
    rater_score,
    t_90,
)


@pytest.mark.parametrize(
    ("marks", "weights", "score"),
    [
        ({1: [4], 2: [2]}, {1: 30, 2: 10}, 3.5),
        ({1: [4, 5], 2: [2]}, {1: 10, 2: 10}, 3.25),  # exercises of a competency first
        ({1: [4], 2: []}, {1: 30, 2: 70}, 4),  # empty is empty, never nought
        ({1: [4], 3: [1]}, {1: 30}, 4),  # not of this profile
        ({1: [4]}, {1: 0}, None),
        ({}, {1: 30}, None),
    ],
)
def test_a_raters_score_is_weighted_over_what_was_marked(marks, weights, score):
    assert rater_score(marks, weights) == score


@pytest.mark.parametrize(
    ("given", "score"), [({}, None), ({1: 4}, None), ({1: 4, 2: None}, None), ({1: 4, 2: 3}, 3.5)]
)
def test_a_person_has_a_score_from_two_raters_on(given, score):
    assert candidate_score(given) == score


CROSSED = {1: {7: 4.0, 8: 3.0}, 2: {7: 5.0, 8: 4.0}, 3: {7: 3.0, 8: 2.0}}
HOLES = {1: {7: 4.0, 8: 3.0}, 2: {7: 5.0}, 3: {7: 3.0, 8: 2.0}}


def test_a_strict_rater_is_lifted_to_the_others():
    assert leniency(CROSSED) == {7: 0.5, 8: -0.5}
    assert corrected(CROSSED) == {
        p: dict.fromkeys((7, 8), m) for p, m in ((1, 3.5), (2, 4.5), (3, 2.5))
    }


def test_raters_who_saw_different_people_are_not_corrected():
    assert not is_crossed(HOLES)
    assert leniency(HOLES) == {}
    assert corrected(HOLES) == HOLES


def test_one_rater_alone_is_not_crossed():
    assert not is_crossed({1: {7: 4.0}, 2: {7: 3.0}})


def test_raters_who_agree_leave_no_doubt():
    places = ranking(CROSSED)
    assert [(p.person, p.score, p.first, p.last) for p in places] == [
        (2, 4.5, 1, 1), (1, 3.5, 2, 2), (3, 2.5, 3, 3),
    ]  # fmt: skip
    assert all(p.low == p.high == p.score for p in places)


def test_people_who_cannot_be_told_apart_share_their_places():
    places = ranking({
        1: {7: 4.8, 8: 4.6, 9: 4.7},
        2: {7: 3.6, 8: 3.2, 9: 3.5},
        3: {7: 3.3, 8: 3.5, 9: 3.4},
        4: {7: 1.3, 8: 1.4, 9: 1.2},
    })  # fmt: skip
    assert [(p.person, p.first, p.last) for p in places] == [
        (1, 1, 1), (2, 2, 3), (3, 2, 3), (4, 4, 4),
    ]  # fmt: skip


def test_the_interval_is_that_of_the_pooled_error():
    # Shrout & Fleiss: mean square error 1.02 with 15 degrees; t = 1.753; four judges.
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    places = ranking({i: dict(enumerate(x / 4 for x in row)) for i, row in enumerate(table)})
    fourth = next(p for p in places if p.person == 0)
    assert round(fourth.high - fourth.score, 3) == round(1.753 * 1.0194**0.5 / 4 / 2, 3)


def test_equal_scores_share_their_places_even_without_doubt():
    same = {1: {7: 4.0, 8: 4.0}, 2: {7: 4.0, 8: 4.0}, 3: {7: 2.0, 8: 2.0}}
    assert [(p.first, p.last) for p in ranking(same)] == [(1, 2), (1, 2), (3, 3)]


@pytest.mark.parametrize(
    "scores",
    [
        {},
        {1: {7: 4.0, 8: 3.0}, 2: {7: 4.0, 8: 2.0}},
        {1: {7: 4.0}, 2: {7: 3.0}, 3: {7: 2.0}},
        HOLES,
    ],
)
def test_too_few_people_or_raters_have_no_ranking(scores):
    assert ranking(scores) == []


def test_with_holes_the_error_is_that_within_people():
    scores = {1: {7: 5.0, 8: 4.0}, 2: {8: 4.0, 9: 3.0}, 3: {7: 2.0, 9: 1.0}}
    places = ranking(scores)
    assert [p.score for p in places] == [4.5, 3.5, 1.5]
    assert round(places[1].high - places[1].low, 2) == round(2 * t_90(3) * 0.5**0.5 / 2**0.5, 2)


@pytest.mark.parametrize(("freedom", "value"), [(1, 6.314), (11, 1.812), (500, 1.658)])
def test_between_tabled_degrees_the_wider_interval_holds(freedom, value):
    assert t_90(freedom) == value


@pytest.mark.parametrize(
    ("one", "other", "third"), [(3, 4, False), (3, 4.01, True), (4.2, 3.2, False), (5, 2, True)]
)
def test_a_third_grader_from_more_than_a_point(one, other, third):
    assert needs_third(one, other) is third


@pytest.mark.parametrize(
    ("grades", "result"),
    [([], None), ([4], None), ([3, 4], 3.5), ([2, 4], None), ([2, 4, 5], 4), ([1, 1, 5], 1)],
)
def test_grades_of_a_task_are_combined_by_formula(grades, result):
    assert combined_grade(grades) == result
