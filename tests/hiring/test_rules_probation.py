"""Every state, action and role; dates to the day."""

import datetime as dt
from itertools import chain, combinations, product

import pytest

from hiring.rules import probation as rules
from hiring.rules.probation import DateRefusal

DAY = dt.date
TODAY = DAY(2026, 6, 1)

# The whole of what is allowed, written a second time: (state, action) → who.
ALLOWED = {
    ("draft", "edit"): {"director", "recruiter", "lead"},
    ("draft", "choose"): {"director"},
    ("draft", "offer"): {"director"},
    ("draft", "cancel"): {"director"},
    ("offered", "revise"): {"director", "recruiter"},
    ("offered", "send_back"): {"newcomer"},
    ("offered", "accept"): {"newcomer"},
    ("offered", "start"): {"machine"},
    ("offered", "cancel"): {"director"},
    ("running", "judge"): {"director", "lead"},
    ("running", "extend"): {"director", "lead"},
    ("running", "pass"): {"director", "lead"},
    ("running", "fail"): {"director", "lead"},
    ("running", "cancel"): {"director"},
}


@pytest.mark.parametrize("state, action", list(product(rules.STATES, rules.STEPS)))
def test_only_declared_steps_by_declared_people(state, action):
    allowed = ALLOWED.get((state, action), set())
    roles = rules.ACTORS
    for held in chain.from_iterable(combinations(roles, n) for n in range(len(roles) + 1)):
        expected = bool(allowed & set(held))
        if "newcomer" in held and action not in rules.OWN:
            expected = False
        assert rules.may_do(state, action, held) is expected, held


@pytest.mark.parametrize("state", ["passed", "failed", "cancelled"])
def test_what_is_over_stays_over(state):
    assert rules.actions(state, rules.ACTORS[:3]) == []


def test_the_steps_open_to_a_lead():
    assert rules.actions("running", {"lead"}) == ["judge", "extend", "pass", "fail"]


@pytest.mark.parametrize(
    "starts_on, ends_on, most, refusal",
    [
        (DAY(2026, 6, 1), DAY(2026, 6, 14), None, None),
        (DAY(2026, 6, 1), DAY(2026, 6, 1), None, DateRefusal.BACKWARDS),
        (DAY(2026, 5, 31), DAY(2026, 6, 14), None, DateRefusal.PAST),
        (DAY(2026, 6, 1), DAY(2026, 6, 14), 14, None),
        (DAY(2026, 6, 1), DAY(2026, 6, 15), 14, DateRefusal.TOO_LONG),
    ],
)
def test_dates_of_a_plan(starts_on, ends_on, most, refusal):
    assert (
        rules.plan_refusal(starts_on=starts_on, ends_on=ends_on, today=TODAY, most_days=most)
        == refusal
    )


@pytest.mark.parametrize(
    "to, today, most, refusal",
    [
        (DAY(2026, 6, 28), DAY(2026, 6, 10), None, None),
        (DAY(2026, 6, 14), DAY(2026, 6, 10), None, DateRefusal.NOT_LATER),
        (DAY(2026, 6, 20), DAY(2026, 6, 21), None, DateRefusal.PAST),
        (DAY(2026, 6, 28), DAY(2026, 6, 10), 28, None),
        (DAY(2026, 6, 29), DAY(2026, 6, 10), 28, DateRefusal.TOO_LONG),
    ],
)
def test_an_extension_counts_from_the_first_day(to, today, most, refusal):
    found = rules.extension_refusal(
        starts_on=DAY(2026, 6, 1), ends_on=DAY(2026, 6, 14), to=to, today=today, most_days=most
    )
    assert found == refusal


@pytest.mark.parametrize(
    "leaves_on, notice_days, refusal",
    [(DAY(2026, 6, 4), 3, None), (DAY(2026, 6, 3), 3, DateRefusal.NOTICE),
     (DAY(2026, 6, 1), None, None), (DAY(2026, 6, 1), 0, None)],
)  # fmt: skip
def test_notice_is_kept_to_the_day(leaves_on, notice_days, refusal):
    found = rules.leave_refusal(notice_on=TODAY, leaves_on=leaves_on, notice_days=notice_days)
    assert found == refusal


@pytest.mark.parametrize("days, talks", [(7, 1), (8, 2), (14, 2), (28, 4), (5, 1)])
def test_a_talk_for_every_week_begun(days, talks):
    end = TODAY + dt.timedelta(days=days - 1)
    due = rules.weeks_of(TODAY, end)
    assert len(due) == talks
    assert due[-1] == end


def test_the_shortest_three_months_are_within_the_limit():
    assert rules.latest_end(DAY(2026, 2, 1), 89) == DAY(2026, 4, 30)
    assert rules.latest_end(DAY(2026, 2, 1), None) is None
