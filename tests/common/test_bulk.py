import datetime as dt

import numpy as np
import pytest

from accounts.models import AccountScore
from common.bulk import Column, packed, put_columns, upsert_columns
from tests.cast import make_account

TABLE = AccountScore._meta.db_table
DAY = dt.date(2026, 3, 31)


def columns_of(accounts, **changed) -> list[Column]:
    day = np.array([DAY.toordinal()] * len(accounts))
    values = {
        "account_id": Column("account_id", np.array([account.pk for account in accounts])),
        "as_of": Column("as_of", day, "day"),
        "last_order": Column("last_order", day * (np.arange(len(accounts)) > 0), "day"),
        "revenue": Column("revenue", np.arange(len(accounts)) * 10_000 - 5),
        "usual_gap": Column("usual_gap", np.arange(len(accounts)), "some"),
        "is_key": Column("is_key", np.arange(len(accounts)), "bool"),
        "tier": Column("tier", np.arange(len(accounts)), "word", ("N", "C", "B", "A")),
    }
    names = ("margin", "uncosted", "revenue_before", "own_revenue", "own_cost", "own_uncosted",
             "own_revenue_before", "order_days", "month_end_revenue", "month_end_margin",
             "earlier_month_end_revenue", "earlier_month_end_margin")  # fmt: skip
    zero = np.zeros(len(accounts), dtype=np.int64)
    words = [Column(name, zero, "word", ("",)) for name in ("key_reason", "rule_version")]
    others = [Column(name, zero) for name in names]
    tier = Column("tier_of_day", zero, "word", ("N",))
    return [*(values | changed).values(), *others, *words, tier]


@pytest.mark.django_db
def test_numbers_become_what_their_kind_says():
    accounts = [make_account(), make_account()]
    upsert_columns(TABLE, "account_id", columns_of(accounts))
    first, second = AccountScore.objects.order_by("account_id")
    assert (first.last_order, first.usual_gap, first.is_key, first.tier) == (None, None, False, "N")
    assert (second.last_order, second.usual_gap, second.is_key, second.tier) == (DAY, 1, True, "C")
    assert [str(score.revenue) for score in (first, second)] == ["-0.0005", "0.9995"]


@pytest.mark.django_db
def test_known_rows_change_and_other_columns_stay():
    accounts = [make_account(), make_account()]
    upsert_columns(TABLE, "account_id", columns_of(accounts[:1]))
    AccountScore.objects.update(p_order=50)
    upsert_columns(TABLE, "account_id", columns_of(accounts[::-1]))
    first = AccountScore.objects.get(account=accounts[0])
    assert (first.tier, first.p_order) == ("C", 50)
    assert AccountScore.objects.count() == 2


@pytest.mark.django_db
def test_rows_that_are_put_replace_those_of_the_same_keys():
    accounts = [make_account(), make_account()]
    put_columns(TABLE, ("account_id",), columns_of(accounts[:1]))
    put_columns(TABLE, ("account_id",), columns_of(accounts[::-1]))
    found = AccountScore.objects.order_by("account_id").values_list("tier", "last_order")
    assert list(found) == [("C", DAY), ("N", None)]


@pytest.mark.django_db
def test_nothing_is_written_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        upsert_columns(TABLE, "account_id", columns_of([]))
        put_columns(TABLE, ("account_id",), columns_of([]))


def test_packed_is_what_copy_reads():
    data = packed([Column("a", np.array([1, -2]))])
    assert data[:11] == b"PGCOPY\n\xff\r\n\x00"
    assert data[19:] == (
        b"\x00\x01\x00\x00\x00\x08" + (1).to_bytes(8) +
        b"\x00\x01\x00\x00\x00\x08" + (-2).to_bytes(8, signed=True) + b"\xff\xff"
    )  # fmt: skip
