"""What makes an account's health, read when somebody asks: it agrees with the row of last night."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Account
from kpi.commands.health import refresh_health
from kpi.models import Judgement
from kpi.queries.health.live import Live, live
from kpi.queries.health.page import health_card, tenths
from kpi.rules.health.score import WEIGHTS, Part
from tests.cast import make_account
from tests.kpi.health import DAY, day_before, health, make_score, make_talk, make_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    return account


@pytest.mark.parametrize("nights", [0, 1, 3])
def test_it_makes_the_score_that_the_night_found_whenever_that_was(cast, account, nights):
    make_whole(account, cast.karl)
    make_score(account, last=45, amber=40, alarm=80)
    Judgement.objects.create(account=account, value=0, day=day_before(61), by=cast.karl)
    for ago in range(nights, -1, -1):
        refresh_health(day=day_before(ago))
    found = live(health(account), WEIGHTS)
    assert found.score == health(account).score
    card = health_card(cast.karl, account, "EUR")
    assert sum(float(part.brings or 0) for part in card.parts) == pytest.approx(float(card.total))
    assert not any("More was recorded" in words for words in card.holds)


def test_what_was_recorded_since_the_night_is_told_with_the_score_it_makes(cast, known):
    make_talk(known, cast.karl, days=27)
    known.ties.update(energy=3)
    found = live(health(known), WEIGHTS)
    assert found.score != health(known).score == 820
    card = health_card(cast.karl, known, "EUR")
    assert card.computed == "82" and card.now.shown == 82
    words = f"More was recorded since that night; with it the score is {found.score // 10}."
    assert card.holds == [words]


def test_what_was_taken_away_since_may_leave_no_number(cast, known):
    known.rhythm.delete()
    assert live(health(known), WEIGHTS).score is None
    assert health_card(cast.karl, known, "EUR").holds == [
        "More was recorded since that night; with it there is no number."
    ]


def test_a_closed_account_keeps_its_last_score_without_parts(cast, known):
    Account.objects.filter(pk=known.pk).update(status="closed")
    assert live(health(known), WEIGHTS) is None
    card = health_card(cast.karl, known, "EUR")
    assert (card.computed, card.total, card.parts, card.holds) == ("82", "", [], [])


@given(st.dictionaries(st.sampled_from(Part), st.integers(0, 100)))
def test_only_what_is_known_and_fresh_has_a_value(values):
    stale = {Part.MONEY: {"value": None}} if Part.MONEY not in values else {}
    parts = {part: {"value": value} for part, value in values.items()}
    assert Live(parts | stale, None).values == values


def test_as_many_queries_for_a_group_as_for_one_account(
    cast, known, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(25) as one:
        live(health(known), WEIGHTS)
    for _number in range(3):
        child = make_account()
        make_whole(child, cast.karl)
        make_score(child, counts_with=known)
    with django_assert_num_queries(len(one)):
        live(health(known), WEIGHTS)


def test_tenths_are_written_with_one_decimal():
    assert tenths(417) == "41.7"
