"""What is kept until the next night, and what makes it be asked again."""

import pytest

from accounts.models import DirtyAccount, Scoring
from kpi.queries.remembered import remembered
from tests.cast import make_account
from tests.kpi.facts import make_night

pytestmark = pytest.mark.django_db


class Counter:
    asked = 0

    def __call__(self) -> dict:
        self.asked += 1
        return {"asked": self.asked}


def asked(count: Counter, *parts: object) -> int:
    return remembered("counts", count, *parts)["asked"]


def test_it_is_asked_once_a_make_night():
    count = Counter()
    make_night()
    assert [asked(count), asked(count)] == [1, 1]
    make_night()
    assert asked(count) == 2


def test_it_is_asked_always_before_the_first_make_night():
    count = Counter()
    assert [asked(count), asked(count)] == [1, 2]


def test_facts_that_wait_for_the_night_are_never_missing():
    count = Counter()
    make_night()
    asked(count)
    DirtyAccount.objects.touch([make_account().pk])
    assert [asked(count), asked(count)] == [2, 3]


def test_a_night_that_is_still_writing_keeps_nothing():
    count = Counter()
    make_night()
    Scoring.objects.update(whole=False)
    assert [asked(count), asked(count)] == [1, 2]


def test_other_parts_are_another_figure():
    count = Counter()
    make_night()
    assert [asked(count, 1, [2, 3]), asked(count, 1, [2]), asked(count, 1, [2, 3])] == [1, 2, 1]
