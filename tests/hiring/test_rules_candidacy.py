"""Who may move a candidacy where."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.choices import CandidacyState, VacancyState
from hiring.rules import candidacy as rules
from hiring.rules.candidacy import By

STATES = st.sampled_from(CandidacyState.values)


@given(STATES, STATES)
def test_a_machine_ends_nobody(old, new):
    if new != CandidacyState.ACTIVE:
        assert not rules.may_go(old, new, By.MACHINE)


@given(STATES, st.sampled_from(By))
def test_only_a_person_of_ours_rejects(old, by):
    allowed = rules.may_go(old, CandidacyState.REJECTED, by)
    assert allowed == (old == CandidacyState.ACTIVE and by == By.RECRUITER)


@pytest.mark.parametrize("by", [By.RECRUITER, By.CANDIDATE])
def test_people_may_withdraw_by_themselves_or_through_a_recruiter(by):
    assert rules.may_go(CandidacyState.ACTIVE, CandidacyState.WITHDRAWN, by)


@pytest.mark.parametrize("state", ["hired", "rejected", "withdrawn"])
def test_only_a_recruiter_opens_an_ended_one_again(state):
    assert rules.may_go(state, CandidacyState.ACTIVE, By.RECRUITER)
    assert not rules.may_go(state, CandidacyState.ACTIVE, By.CANDIDATE)
    assert not rules.may_go(state, CandidacyState.ACTIVE, By.MACHINE)


@pytest.mark.parametrize("state", VacancyState.values)
def test_nobody_joins_a_vacancy_that_is_over(state):
    assert rules.may_join(state) == (state not in ("filled", "closed"))


def test_a_history_is_consistent_when_each_move_begins_where_the_last_ended():
    road = [(None, 1, "active"), (1, 2, "active"), (2, None, "rejected"), (None, 2, "active")]
    assert rules.is_consistent(road)
    assert rules.is_consistent([*road, (2, 3, "hired"), (3, 2, "active")])
    assert rules.is_consistent([])


@pytest.mark.parametrize(
    "road",
    [
        [(1, 2, "active")],
        [(None, None, "rejected")],
        [(None, 1, "active"), (2, 3, "active")],
        [(None, 1, "active"), (1, 2, "rejected")],
        [(None, 1, "active"), (1, None, "active")],
        [(None, 1, "active"), (1, None, "rejected"), (None, None, "withdrawn")],
    ],
)
def test_a_broken_history_is_noticed(road):
    assert not rules.is_consistent(road)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ((2026, 11, 18, 12), (2026, 11, 19)),
        ((2026, 11, 20, 12), (2026, 11, 23)),
        ((2026, 11, 20, 23), (2026, 11, 23)),
        ((2026, 11, 22, 12), (2026, 11, 23)),
    ],
)
def test_a_refusal_goes_out_on_the_morning_of_the_next_working_day(now, goes):
    zone = ZoneInfo("Asia/Novosibirsk")
    found = rules.next_working_morning(dt.datetime(*now, tzinfo=dt.UTC), zone)
    assert found == dt.datetime(*goes, 10, tzinfo=zone)
