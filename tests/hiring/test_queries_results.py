import pytest

from hiring.commands.decision import decide
from hiring.commands.scoring import finish_scoring
from hiring.models import Candidacy, Seat
from hiring.queries.results import results
from tests.hiring.rounds import make_room, open_room


def scored(*observers, table):
    """`table`: a row a person, a column an observer."""
    room = make_room(*observers, people=len(table))
    for seat, row in zip(room.seats, table, strict=True):
        for rater, value in zip(observers, row, strict=True):
            if value:
                room.mark(rater, seat, value)
    return room


def test_nothing_before_the_scores_are_open(cast):
    room = scored(cast.ivan, cast.kim, table=[(5, 4), (3, 3), (1, 2)])
    for reader in (cast.ivan, cast.rita, cast.dora):
        assert results(room.session, reader) is None


def test_people_by_score_with_agreement_and_splits(cast):
    room = scored(cast.ivan, cast.kim, cast.lena, table=[(5, 5, 5), (3, 3, 3), (1, 1, 4)])
    for user in (cast.ivan, cast.kim, cast.lena):
        finish_scoring(actor=user, session_id=room.session.pk)
    room.session.refresh_from_db()
    found = results(room.session, cast.kim)
    assert [line.seat.badge for line in found.lines] == [1, 2, 3]
    assert (found.is_ranked, found.marks) == (True, 18)
    assert found.icc.raters == 3 and found.alpha < 0.9
    assert {name for name, _by, _size in found.leniency} == {"Ivan", "Kim", "Lena"}
    assert [(s.badge, s.high, s.high_mark, s.low_mark) for s in found.splits][0] == (
        3,
        "Lena",
        4,
        1,
    )
    assert found.lines[2].is_split and not found.lines[0].is_split


def test_too_few_people_or_observers_are_not_ranked(cast):
    for table in ([(5, 4), (3, 3)], [(5, 0), (3, 0), (1, 0)]):
        room = open_room(scored(cast.ivan, cast.kim, table=table))
        found = results(room.session, cast.rita)
        assert not found.is_ranked
        assert {line.rank for line in found.lines} == {"–"}
        assert "not enough data" in found.title


def test_what_nobody_could_judge_stays_empty(cast):
    room = open_room(scored(cast.ivan, cast.kim, table=[(5, 4), (4, 4), (3, 3), (0, 0)]))
    last = results(room.session, cast.rita).lines[-1]
    assert (last.mean, last.by_rater, last.drawing["mean"]) == (None, [], None)


def test_who_was_erased_or_did_not_come_is_not_in_it(cast):
    room = open_room(scored(cast.ivan, cast.kim, table=[(5, 4), (4, 4), (3, 3), (2, 2), (1, 1)]))
    Candidacy.objects.filter(pk=room.seats[0].candidacy_id).update(candidate=None)
    Seat.objects.filter(pk=room.seats[1].pk).update(state="no_show")
    assert [line.seat.badge for line in results(room.session, cast.rita).lines] == [3, 4, 5]


def test_a_decision_stands_beside_and_waits_for_a_recruiter(cast):
    room = open_room(scored(cast.ivan, cast.kim, table=[(5, 4), (4, 4), (3, 3)]))
    decide(actor=cast.ivan, session_id=room.session.pk, verdict="take", reason="First",
           candidacy_id=room.seats[0].candidacy_id)  # fmt: skip
    line = results(room.session, cast.rita).lines[0]
    assert (line.decision.reason, line.waits) == ("First", True)
    decide(actor=cast.rita, session_id=room.session.pk, verdict="take", reason="First",
           candidacy_id=room.seats[0].candidacy_id)  # fmt: skip
    assert not results(room.session, cast.rita).lines[0].waits


@pytest.mark.parametrize(
    ("table", "said"),
    [([(5, 5), (3, 3), (1, 1)], "All places are clear."),
     ([(3, 4), (4, 3), (3, 3)], "Nobody stands clear.")],
)  # fmt: skip
def test_the_finding_is_said_first(cast, table, said):
    room = open_room(scored(cast.ivan, cast.kim, table=table))
    assert said in results(room.session, cast.rita).title


def test_the_same_number_of_queries_for_three_and_for_eight(cast, django_assert_max_num_queries):
    counts, roles_are_known = [], cast.rita.is_recruiter
    assert roles_are_known
    for people in (3, 8):
        room = open_room(scored(cast.ivan, cast.kim, table=[(3, 4)] * people))
        with django_assert_max_num_queries(12) as asked:
            results(room.session, cast.rita)
        counts.append(len(asked))
    assert counts[0] == counts[1]
