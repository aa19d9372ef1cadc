"""The weekly talk: who writes, who notes it, what may be read, and when it was missed."""

import datetime as dt

import pytest

from hiring.rules import check_in as rules

ALL = {"newcomer": 1, "mentor": 2, "lead": 3}


@pytest.mark.parametrize(
    ("user", "people", "seats"),
    [
        (1, ALL, ["newcomer"]),
        (2, ALL, ["mentor"]),
        (3, ALL, ["lead"]),
        (4, ALL, []),
        (2, ALL | {"lead": 2}, ["mentor", "lead"]),
        (2, ALL | {"mentor": None}, []),
    ],
)
def test_chairs(user, people, seats):
    assert rules.seats_of(user, **people) == seats


@pytest.mark.parametrize(
    ("state", "own", "shown"),
    [
        ("planned", False, False), ("planned", True, True), ("held", False, True),
        ("held", True, True), ("missed", False, False), ("missed", True, True),
    ],
)  # fmt: skip
def test_words_are_shown_when_the_talk_was_held(state, own, shown):
    assert rules.shows(state, is_own=own) is shown


@pytest.mark.parametrize(
    ("state", "seats", "running", "said", "may"),
    [
        ("planned", ["newcomer"], True, False, True),
        ("planned", ["newcomer"], True, True, True),
        ("missed", ["lead"], True, True, True),
        ("held", ["mentor"], True, False, True),
        ("held", ["mentor"], True, True, False),
        ("planned", [], True, False, False),
        ("planned", ["lead"], False, False, False),
    ],
)
def test_who_may_write(state, seats, running, said, may):
    assert rules.may_say(state, seats, is_running=running, has_said=said) is may


@pytest.mark.parametrize(
    ("state", "seats", "running", "may"),
    [
        ("planned", ["mentor"], True, True), ("planned", ["lead"], True, True),
        ("missed", ["lead"], True, True), ("held", ["lead"], True, False),
        ("planned", ["newcomer"], True, False), ("planned", ["lead"], False, False),
        ("planned", [], True, False),
    ],
)  # fmt: skip
def test_mentor_and_lead_note_the_talk(state, seats, running, may):
    assert rules.may_hold(state, seats, is_running=running) is may


def test_a_talk_is_missed_after_a_whole_week():
    due = dt.date(2026, 6, 7)
    assert not rules.is_missed(due, due + dt.timedelta(days=7))
    assert rules.is_missed(due, due + dt.timedelta(days=8))
