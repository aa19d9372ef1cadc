import datetime as dt
import itertools

import pytest

from accounts.rules.gate import Refusal, first_gap, refusal

PERSON = {"role": "owner", "is_key": True, "is_director": False, "on_probation": False, "needed": 2}


@pytest.mark.parametrize(("grade", "on_probation", "said"), [
    (2, False, None),
    (3, False, None),
    (1, False, Refusal.GRADE),
    (None, False, Refusal.UNGRADED),
    (3, True, Refusal.PROBATION),
    (None, True, Refusal.PROBATION),
])  # fmt: skip
def test_a_key_account_asks_for_a_grade_and_an_ended_probation(grade, on_probation, said):
    assert refusal(**PERSON | {"grade": grade, "on_probation": on_probation}) == said


def test_only_key_accounts_and_only_who_answers_are_guarded():
    for role, is_key, is_director in itertools.product(
        ("owner", "deputy", "assistant", "control", "team"), (True, False), (True, False)
    ):
        told = PERSON | {"role": role, "is_key": is_key, "is_director": is_director}
        free = is_director or not is_key or role not in ("owner", "deputy")
        assert (refusal(**told, grade=None) is None) == free


DAY = dt.date(2026, 11, 1)


def day(offset: int) -> dt.date:
    return DAY + dt.timedelta(days=offset)


@pytest.mark.parametrize(("spans", "gap"), [
    ([], 0),
    ([(0, None)], None),
    ([(-9, 5), (5, None)], None),
    ([(5, None), (-9, 5)], None),
    ([(-9, 5)], 5),
    ([(-9, 5), (7, None)], 5),
    ([(2, None)], 0),
    ([(-9, 9), (3, 5), (9, None)], None),
])  # fmt: skip
def test_the_first_day_without_an_owner(spans, gap):
    dated = [(day(start), None if end is None else day(end)) for start, end in spans]
    assert first_gap(dated, since=DAY) == (None if gap is None else day(gap))
