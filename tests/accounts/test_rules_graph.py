"""Hand-made graphs with figures that were worked out on paper (field notes 4.4 and 4.5)."""

import pytest

from accounts.rules import graph
from accounts.rules.graph import Known, Rule

# theirs: 1 sponsor, 2 purchasing, 3 logistics, 4 quality, 5 finance, 6 an island
LINES = [
    ("reports", 2, 1),
    ("reports", 3, 2),
    ("influences", 4, 1),
    ("conflict", 3, 5),
    ("reports", 5, 1),
]


@pytest.mark.parametrize(
    ("strengths", "threads", "loss"),
    [
        ((90, 10, 5), 1.34, 0.86),
        ((60, 50, 40, 30), 3.77, 0.33),
        ((50, 50), 2.0, 0.5),
        ((80,), 1.0, 1.0),
        ((80, 0, 0), 1.0, 1.0),
        ((), 0.0, 0.0),
        ((0, 0), 0.0, 0.0),
    ],
)
def test_threads_and_the_loss_of_the_greatest(strengths, threads, loss):
    assert graph.effective_threads(strengths) == pytest.approx(threads, abs=0.005)
    assert graph.departure_loss(strengths) == pytest.approx(loss, abs=0.005)


def test_coverage_is_weighted_by_power():
    people = list(zip((3, 3, 2, 1, 1), (90, 20, 50, 80, 0), strict=True))
    assert graph.weighted_coverage(people) == pytest.approx(0.51)
    assert graph.weighted_coverage([(3, 100), (0, 0)]) == 1.0
    assert graph.weighted_coverage([(0, 50)]) is None


def test_the_bow_tie_is_what_runs_through_the_owner():
    assert graph.bow_tie({"anna": 120, "jonas": 40, "olga": 40}, "anna") == pytest.approx(0.6)
    assert graph.bow_tie({"jonas": 40}, "anna") == 0.0
    assert graph.bow_tie({"anna": 0.0}, "anna") is None


@pytest.mark.parametrize(
    ("ties", "target", "colleague", "people", "chance"),
    [
        # straight: 50 of 100 against 80 x .6 = 48
        ([("anna", 1, 50), ("jonas", 2, 80)], 1, "anna", (1,), 0.5),
        # round: 90 x .6 = 54 beats 50
        ([("anna", 1, 50), ("jonas", 2, 90)], 1, "jonas", (2, 1), 0.54),
        # two steps up: 90 x .6 x .6
        ([("anna", 3, 90)], 1, "anna", (3, 2, 1), 0.324),
        # influence keeps .8 and beats the same tie over a reporting line
        ([("anna", 4, 60), ("jonas", 2, 60)], 1, "anna", (4, 1), 0.48),
        # against influence only .4
        ([("anna", 1, 100)], 4, "anna", (1, 4), 0.4),
        # downwards, and not over the quarrel of 3 with 5
        ([("anna", 3, 100)], 5, "anna", (3, 2, 1, 5), 0.216),
        # of two who know the same person the stronger
        ([("anna", 2, 40), ("jonas", 2, 41)], 2, "jonas", (2,), 0.41),
    ],
)
def test_the_fastest_path_loses_least_on_its_way(ties, target, colleague, people, chance):
    path = graph.best_paths(ties, graph.bridges(LINES))[target]
    assert (path.colleague, path.people) == (colleague, people)
    assert path.chance == pytest.approx(chance)
    assert path.is_direct is (len(people) == 1)


def test_where_nothing_leads_there_is_no_path():
    found = graph.best_paths([("anna", 1, 80), ("jonas", 6, 4)], graph.bridges(LINES))
    assert 6 not in found  # an island, and a tie of 4 is a memory
    assert set(found) == {1, 2, 3, 4, 5}


def test_a_quarrel_is_no_bridge():
    assert not graph.bridges([("conflict", 1, 2)])


def test_who_to_move_next_weighs_power_gap_and_reach():
    paths = graph.best_paths([("anna", 2, 50)], graph.bridges(LINES))
    people = [
        (1, 3, 1, 3),  # 3 x 2 x (.5 x .6) = 1.8
        (2, 2, 2, 4),  # 2 x 2 x .5 = 2.0
        (3, 1, 1, 4),  # no power, no question
        (4, 3, 3, 3),  # there already
        (5, 3, 1, 0),  # nobody said what is wanted
        (6, 3, 0, 3),  # out of reach: 3 x 3 x .05 = .45
    ]
    moves = graph.moves(people, paths)
    assert [(move.person, move.gap) for move in moves] == [(2, 2), (1, 2), (6, 3)]
    assert [move.weight for move in moves] == pytest.approx([2.0, 1.8, 0.45])


def test_a_role_is_a_gap_without_anybody_of_strength():
    held = {"finance": [10, 29], "purchasing": [12, 30]}
    assert graph.role_gaps(["finance", "purchasing", "quality"], held) == ["finance", "quality"]


def rule(**fields) -> Rule:
    plain = {"id": 1, "role": 7, "people": 1, "access": 3, "strength": 30, "colleagues": 1}
    return Rule(**{**plain, "importance": 1, **fields})


@pytest.mark.parametrize(
    ("asked", "person", "met"),
    [
        (rule(), Known(7, 0, 3, (30,)), True),
        (rule(), Known(7, 0, 3, (29.9,)), False),
        (rule(), Known(7, 0, 2, (90,)), False),
        (rule(), Known(8, 3, 4, (90,)), False),
        (rule(role=None), Known(8, 2, 4, (90,)), True),
        (rule(role=None), Known(8, 1, 4, (90,)), False),
        (rule(colleagues=2), Known(7, 0, 3, (90, 20)), False),
        (rule(colleagues=2), Known(7, 0, 3, (90, 31)), True),
        (rule(access=0, strength=0), Known(7, 0, 0, ()), True),
    ],
)
def test_a_rule_asks_role_access_and_tie(asked, person, met):
    assert graph.satisfying(asked, [person]) == int(met)


def test_seven_of_twelve_equal_rules_give_2_9():
    assert graph.score([(1, n < 7) for n in range(12)]) == pytest.approx(2.9, abs=0.02)
    assert graph.score([(3, True), (1, False)]) == pytest.approx(3.75)
    assert graph.score([]) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"power": 3, "stance": 2}, ["stance"]),
        ({"power": 1, "stance": 1}, []),
        ({"power": 3, "stance": 0}, []),
        ({"share": 0.86}, ["loss"]),
        ({"power": 2, "strength": 10, "silent_days": 91}, ["silent"]),
        ({"power": 2, "strength": 10, "silent_days": 90}, []),
        ({"power": 2, "strength": 0, "silent_days": None}, []),
    ],
)
def test_who_is_a_risk(facts, expected):
    plain = {"power": 0, "stance": 3, "strength": 50, "share": 0.1, "silent_days": 5}
    assert graph.risks(**{**plain, **facts}) == expected


def test_a_circle_of_superiors_is_seen():
    superiors = {2: 1, 3: 2}
    assert graph.makes_circle(superiors, 1, 3)
    assert graph.makes_circle(superiors, 1, 1)
    assert not graph.makes_circle(superiors, 4, 3)
    assert not graph.makes_circle({1: 2, 2: 1}, 5, 1)
