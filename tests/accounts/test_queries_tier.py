import datetime as dt
from decimal import Decimal

import pytest

from accounts.choices import PinKind
from accounts.models import AccountScore, KeySpan, Pin, Scoring, TierSpan
from accounts.queries import tier as queries
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
def book():
    """Three accounts: 60, 30 and 10 of 100."""
    Scoring.objects.create(pk=1, as_of=DAY, whole=True, total=Decimal(100), ranked=3)
    rows = []
    for revenue, tier in ((60, "A"), (30, "A"), (10, "B")):
        account = make_account()
        AccountScore.objects.create(
            account=account, as_of=DAY, revenue=revenue, tier=tier, tier_of_day=tier
        )
        rows.append(account)
    return rows


def test_the_place_in_the_book_says_why(book):
    assert (
        plain(queries.tier_why(book[0], DAY))
        == "A: the largest of 3 by revenue, with 60.0 % of it."
    )
    assert plain(queries.tier_why(book[1], DAY)) == (
        "A: number 2 of 3 by revenue; those before it hold 60.0 %, the cut is 80 %."
    )
    assert plain(queries.tier_why(book[2], DAY)) == (
        "B: number 3 of 3 by revenue; those before it hold 90.0 %,"
        " between the cuts of 80 % and 95 %."
    )


def test_a_tier_that_is_held_says_until_when(book):
    AccountScore.objects.filter(account=book[2]).update(tier="A")
    assert queries.tier_now(book[2]).why.endswith(
        "It keeps A until two month-ends in a row are below the cut."
    )


def test_a_child_names_whom_it_counts_with(book):
    child = make_account()
    AccountScore.objects.create(account=child, as_of=DAY, counts_with=book[0], tier="A")
    dora = make_cast().dora
    assert queries.tier_now(child, dora).why.startswith(
        f"It counts with {book[0].name}. A: the largest of 3"
    )


def test_without_revenue_there_is_no_tier(book):
    AccountScore.objects.filter(account=book[2]).update(
        revenue=Decimal(-5), tier="N", tier_of_day="N"
    )
    assert plain(queries.tier_now(book[2]).why) == (
        "Not tiered: net revenue of the last twelve months is zero or less."
    )


def test_a_pin_is_quoted_with_its_author(book):
    cast = make_cast()
    pin = {"kind": PinKind.TIER_A, "reason": "A famous brand", "by": cast.dora}
    Pin.objects.create(account=book[2], valid_from=DAY, valid_to=dt.date(2026, 12, 31), **pin)
    TierSpan.objects.create(account=book[2], tier="A", valid_from=DAY, reason="pin")
    assert plain(queries.tier_now(book[2]).why) == (
        "Pinned as “tier A” by Dora until 31 Dec 2026: “A famous brand”."
    )


def test_a_past_day_has_the_figures_of_its_own_time(book):
    data = {"rank": 7, "of": 40, "before": "0.712", "cuts": ["80", "95"], "today": "A"}
    TierSpan.objects.create(
        account=book[2],
        tier="A",
        valid_from=dt.date(2025, 1, 31),
        valid_to=dt.date(2025, 6, 30),
        reason="pareto",
        data={**data, "basis": "revenue"},
    )
    answer = queries.tier_on(book[2], dt.date(2025, 3, 3))
    assert (answer.value, answer.since) == ("A", dt.date(2025, 1, 31))
    assert plain(answer.why) == (
        "Since 31 Jan 2025. A: number 7 of 40 by revenue; those before it hold 71.2 %,"
        " the cut is 80 %."
    )
    assert queries.tier_on(book[2], dt.date(2025, 6, 30)).value == "N"
    assert "begins later" in queries.tier_on(book[2], dt.date(2024, 1, 1)).why


def test_why_an_account_is_key_or_not(book):
    AccountScore.objects.filter(account=book[0]).update(is_key=True, key_reason="share")
    KeySpan.objects.create(account=book[0], valid_from=DAY, reason="share")
    answer = queries.key_on(book[0], DAY)
    assert (answer.value, answer.since) == ("share", DAY)
    assert plain(answer.why) == "Key by itself: it brings 60.0 % of revenue, the mark is 10 %."
    assert queries.key_on(book[2], DAY).why == "Not key: no rule of the policy reaches it."
    assert queries.key_on(book[0], DAY - dt.timedelta(days=1)).why == "It was not a key account."


def test_an_account_of_today_waits_for_the_night(book):
    assert queries.tier_on(make_account(), DAY).why == "Not computed yet: the next night will."
