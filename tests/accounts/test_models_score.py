import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import KeySpan, TierSpan
from accounts.models.score import Scoring
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def test_before_the_first_night_scores_stand_as_of_no_day():
    assert Scoring.current().as_of is None
    assert not Scoring.current().whole


@pytest.mark.parametrize(
    ("first_day", "compares"),
    [(None, False), (dt.date(2024, 11, 21), True), (dt.date(2024, 11, 22), False)],
)
def test_a_year_is_compared_only_with_a_year_the_ledger_holds(first_day, compares):
    assert Scoring(as_of=dt.date(2026, 11, 20), first_day=first_day).compares is compares


def test_there_is_one_scoring():
    with pytest.raises(IntegrityError), transaction.atomic():
        Scoring.objects.create(pk=2)


def test_a_tier_is_known_for_any_day_of_the_past():
    account = make_account()
    june = dt.date(2026, 6, 30)
    TierSpan.objects.create(account=account, tier="B", valid_from=LONG_AGO, valid_to=june)
    TierSpan.objects.create(account=account, tier="A", valid_from=june)
    assert account.tier_spans.on(june - dt.timedelta(days=1)).get().tier == "B"
    assert account.tier_spans.on(june).get().tier == "A"


def test_two_times_of_being_key_do_not_begin_on_one_day():
    account = make_account()
    KeySpan.objects.create(account=account, valid_from=LONG_AGO, reason="tier")
    with pytest.raises(IntegrityError), transaction.atomic():
        KeySpan.objects.create(account=account, valid_from=LONG_AGO, reason="pin")
