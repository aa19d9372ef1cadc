"""Why customers were lost, as people answered to their warnings."""

import datetime as dt

import pytest

from accounts.models import Account
from kpi.commands import answers
from kpi.queries.losses.reasons import reasons_of
from kpi.queries.state import empty_state
from tests.cast import make_account, make_cast
from tests.kpi.warned import make_warned

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def cast():
    return make_cast()


def call_lost(alert, actor, reason):
    return answers.call_lost(actor=actor, alert_id=alert.pk, day=DAY, reason=reason)


def told(*accounts: Account) -> list[str]:
    found = reasons_of(empty_state(), [account.pk for account in accounts])
    return [found.get(account.pk, "") for account in accounts]


def test_the_reason_of_an_answer_in_words(cast):
    alert = make_warned(cast.karl)
    call_lost(alert, cast.karl, "price")
    assert told(alert.account, make_account()) == ["Competitor: price", ""]


def test_an_answer_taken_back_is_none(cast):
    alert = make_warned(cast.karl)
    answer = call_lost(alert, cast.karl, "price")
    answers.undo_answer(actor=cast.karl, answer_id=answer.pk)
    assert told(alert.account) == [""]


def test_not_known_is_an_answer_too(cast):
    alert = make_warned(cast.karl)
    call_lost(alert, cast.karl, "unknown")
    assert told(alert.account) == ["Not known"]


def test_what_was_said_of_a_merged_account_counts_for_its_survivor(cast):
    alert = make_warned(cast.karl)
    call_lost(alert, cast.karl, "closed")
    survivor = make_account()
    Account.objects.filter(pk=alert.account_id).update(merged_into=survivor)
    assert told(survivor, alert.account) == ["Closed down", ""]
