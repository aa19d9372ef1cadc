import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.commands.candidate import create_candidate
from hiring.queries.candidate_list import (
    PAGE,
    candidate_list,
    candidates_of,
    chunks_of,
    neighbours,
    page_rows,
    selected,
)
from hiring.queries.candidate_state import CandidateState, parse
from tests.recruiting import DAY, make_candidacy, make_candidate, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db


def names(user, **state) -> set[str]:
    return {one.name for one in candidates_of(user, CandidateState(**state))}


def test_pages_follow_each_other_without_loss_in_every_order(cast):
    people = [make_candidate(f"P{n % 20:02}") for n in range(PAGE * 2 + 5)]
    for sort in ("-created", "created", "name", "-name"):
        seen, state = [], CandidateState(sort=sort)
        while True:
            page = candidate_list(cast.rita, state)
            seen.append([row.candidate.pk for row in page.rows])
            if not page.next:
                break
            state = CandidateState(sort=sort, after=page.next)
        assert sorted(pk for some in seen for pk in some) == sorted(one.pk for one in people)
        back = candidate_list(cast.rita, CandidateState(sort=sort, before=page.previous))
        assert [row.candidate.pk for row in back.rows] == seen[1]
        first = candidate_list(cast.rita, CandidateState(sort=sort, before=back.previous))
        assert [row.candidate.pk for row in first.rows] == seen[0] and not first.previous


@pytest.mark.usefixtures("within_request")
def test_queries_do_not_grow_with_the_list(cast, django_assert_max_num_queries):
    vacancy = make_vacancy()
    for _n in range(PAGE + 3):
        make_candidacy(vacancy)
    with django_assert_max_num_queries(5):
        page = candidate_list(cast.rita, CandidateState(), {"all": CandidateState()})
    assert page.counts == {"": PAGE + 3, "all": PAGE + 3}
    assert page.rows[0].candidacies[0].vacancy == vacancy


def test_filters_ask_of_one_and_the_same_candidacy(cast):
    north, south = make_vacancy(), make_vacancy()
    both = make_candidate("Both")
    make_candidacy(north, both, stage=StageKind.CALL)
    make_candidacy(south, both, stage=StageKind.FORM)
    make_candidacy(north, make_candidate("One"), stage=StageKind.FORM)
    assert names(cast.rita, vacancy=(north.pk,), stage=("form",)) == {"One"}
    assert names(cast.rita, stage=("form",)) == {"Both", "One"}


def test_state_source_city_and_opt_outs(cast):
    vacancy, now = make_vacancy(), timezone.now()
    out = make_candidate("Out", source="hh", city="Kiel", wants_no_calls=now)
    make_candidacy(vacancy, out, state=CandidacyState.REJECTED, ended_at=now)
    make_candidacy(vacancy, make_candidate("In"))
    make_candidate("Free")
    assert names(cast.rita, state=("rejected",)) == {"Out"}
    assert names(cast.rita, view="active") == {"In"}
    assert names(cast.rita, view="free") == {"Out", "Free"}
    assert names(cast.rita, source=("hh",)) == names(cast.rita, city="kiel") == {"Out"}
    assert names(cast.rita, opted_out="yes") == {"Out"}


def test_who_waits_longer_than_the_stage_allows_is_stale(cast):
    vacancy, now = make_vacancy(), timezone.now()
    make_candidacy(vacancy, make_candidate("Old"), entered_at=now - 8 * DAY)
    make_candidacy(vacancy, make_candidate("New"), entered_at=now - 6 * DAY)
    late = make_candidate("Gone")
    make_candidacy(
        vacancy, late, entered_at=now - 9 * DAY, state=CandidacyState.REJECTED, ended_at=now
    )
    assert names(cast.rita, stale="yes") == names(cast.rita, view="stale") == {"Old"}


def test_people_of_companies_off_limits_are_found_and_marked(cast):
    entry = make_off_limits("Polus")
    create_candidate(name="Jo", employer="POLUS GmbH")
    make_candidate("Bo")
    assert names(cast.rita, off_limits="yes") == {"Jo"}
    rows = candidate_list(cast.rita, CandidateState()).rows
    assert {row.candidate.name: row.off_limits for row in rows} == {"Jo": entry, "Bo": None}


def test_our_own_people_stand_in_a_view_of_theirs(cast):
    make_candidate("Sam", user=cast.sam)
    make_candidate("Jo")
    assert names(cast.rita, view="internal") == {"Sam"}


def test_a_director_sees_the_short_list_and_cannot_ask_for_more(cast):
    vacancy, now = make_vacancy(), timezone.now()
    listed = make_candidate("Listed", source="hh", employer="Polus", plain_employer="polus")
    make_candidacy(vacancy, listed, stage=StageKind.SESSION, shortlisted_at=now)
    make_candidacy(vacancy, make_candidate("Found", source="hh"))
    make_off_limits("Polus")
    for state in ({}, {"source": ("form",)}, {"off_limits": "yes"}, {"city": "X"}):
        assert names(cast.dora, **state) == {"Listed"}  # the closed filter says nothing
    assert names(cast.dora, stage=("found",)) == set()
    page = candidate_list(cast.dora, CandidateState(), {"all": CandidateState()})
    assert page.counts["all"] == 1 and page.rows[0].off_limits is None


def test_a_second_candidacy_of_somebody_listed_stays_the_recruiters(cast):
    person = make_candidate("Jo")
    seen = make_candidacy(
        make_vacancy(), person, stage=StageKind.TASK, shortlisted_at=timezone.now()
    )
    other = make_candidacy(make_vacancy(), person)
    rows = candidate_list(cast.dora, CandidateState()).rows
    assert rows[0].candidacies == [seen]
    assert names(cast.dora, vacancy=(other.vacancy_id,)) == set()


def test_neighbours_are_those_of_the_list(cast):
    people = [make_candidate(name) for name in ("A", "B", "C")]
    by_name = CandidateState(sort="name")
    assert neighbours(cast.rita, by_name, people[1]) == (people[0].pk, people[2].pk)
    assert neighbours(cast.rita, by_name, people[0]) == (None, people[1].pk)
    newest = CandidateState()
    assert neighbours(cast.rita, newest, people[1]) == (people[2].pk, people[0].pk)


def test_all_that_match_are_selected_up_to_a_limit(cast):
    people = [make_candidate(city="Kiel") for _n in range(3)]
    make_candidate(city="Ulm")
    state = CandidateState(city="Kiel")
    assert selected(cast.rita, state) == [one.pk for one in people]
    assert len(selected(cast.rita, state, 2)) == 2
    assert [row.candidate for rows in chunks_of(cast.rita, state) for row in rows] == people[::-1]


def test_an_address_that_is_no_place_begins_at_the_first_page(cast):
    make_candidate("Jo")
    for wrong in ("x", "WzEsMiwzXQ", "W10", "WyJuYW1lIiwgMSwgInAiXQ"):
        assert len(candidate_list(cast.rita, parse({"after": [wrong]})).rows) == 1


def test_nobody_else_has_a_list(cast):
    make_candidacy(make_vacancy(), shortlisted_at=timezone.now() - dt.timedelta(days=1))
    for user in (cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
        assert candidate_list(user, CandidateState()).rows == []


@pytest.mark.parametrize("sort", ["name", "-name", "-created"])
def test_a_page_is_read_in_the_order_of_an_index(cast, sort):
    rows = page_rows(cast.rita, CandidateState(sort=sort))
    if connection.vendor == "postgresql":  # so few rows are read from end to end otherwise
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    plan = rows[:PAGE].explain()
    index = "candidate_newest" if sort == "-created" else "candidate_in_order"
    assert index in plan and "B-TREE FOR ORDER BY" not in plan and "Sort Key" not in plan
