"""What a night has to write: what is new, what became different, what is true no longer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import warning_changes as rule
from kpi.rules.warnings import AMBER, RED

DAY = 739_706


def found(*rows: dict) -> np.ndarray:
    fields = {"account": 1, "cause": 0, "level": RED, "since": DAY, "stake": 5}
    return np.concatenate([rule.found(1, **{**fields, **row}) for row in rows or [{}]])


def stored(*rows: dict) -> np.ndarray:
    fields = {"pk": 9, "account": 1, "cause": 0, "since": DAY, "level": RED, "stake": 5, "red": 0,
              "is_open": 1, "is_answered": 0}  # fmt: skip
    return np.concatenate([rule.standing(1, **{**fields, **row}) for row in rows or [{}]])


NOTHING, NONE = found()[:0], stored()[:0]


def counts(asked: rule.Changes) -> tuple[int, int, int]:
    assert len(asked.changed) == len(asked.into)
    return len(asked.opened), len(asked.changed), len(asked.cleared)


def test_what_stands_already_is_not_written():
    assert counts(rule.changes(stored(), found())) == (0, 0, 0)


@pytest.mark.parametrize("changes", [{"level": AMBER}, {"stake": 4}, {"is_open": 0}])
def test_another_level_other_money_or_true_again_is_a_change(changes):
    assert counts(rule.changes(stored(changes), found())) == (0, 1, 0)


def test_what_is_true_no_longer_is_cleared_once():
    assert counts(rule.changes(stored(), NOTHING)) == (0, 0, 1)
    assert counts(rule.changes(stored({"is_open": 0}), NOTHING)) == (0, 0, 0)


def test_what_a_person_answered_is_not_raised_again_in_the_same_silence():
    answered = stored({"is_open": 0, "is_answered": 1})
    assert counts(rule.changes(answered, found())) == (0, 0, 0)
    later = found({"since": DAY + 9})
    assert rule.changes(answered, later).opened.tolist() == later.tolist()


def test_the_first_night_opens_all_and_a_night_without_warnings_does_nothing():
    assert counts(rule.changes(NONE, found())) == (1, 0, 0)
    assert counts(rule.changes(NONE, NOTHING)) == (0, 0, 0)


def test_what_is_not_stored_is_known_by_its_account_cause_and_day():
    seen = found({}, {"account": 2}, {"cause": 5}, {"since": DAY - 1})
    assert rule.unknown(stored(), seen).tolist() == seen[1:].tolist()


KEYS = st.sets(st.tuples(st.integers(1, 4), st.integers(0, 5), st.integers(DAY, DAY + 1)))


@given(KEYS, KEYS, KEYS)
def test_every_warning_is_opened_kept_or_cleared_as_its_key_says(seen, standing, closed):
    def rows(keys, **more):
        return [dict(zip(("account", "cause", "since"), key, strict=True), **more) for key in keys]

    listed = rows(standing) + rows(closed - standing, is_open=0)
    asked = rule.changes(stored(*listed)[: len(listed)], found(*rows(seen))[: len(seen)])

    def keys(table):
        return {tuple(row) for row in table[["account", "cause", "since"]].tolist()}

    assert keys(asked.opened) == seen - standing - closed
    assert keys(asked.changed) == keys(asked.into) == seen & closed - standing
    assert keys(asked.cleared) == standing - seen
