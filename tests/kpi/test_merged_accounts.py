"""A merge is a pointer: what the night makes of it, and that undo leaves no trace in figures."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.account import edit_account
from accounts.commands.merge import merge_accounts, undo_merge
from accounts.models import Account, AccountDay, AccountScore
from kpi.commands import recompute
from tests.cast import make_account

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)
SHOWN = (
    "revenue", "margin", "revenue_before", "order_days", "first_order", "last_order", "tier",
    "is_key", "key_reason",
)  # fmt: skip


def buy(account: Account, back: int, net: int) -> None:
    day = AS_OF - dt.timedelta(days=back)
    row, made = AccountDay.objects.get_or_create(
        account=account, day=day,
        defaults={"net": Decimal(net), "positive": Decimal(max(net, 0)), "lines": 1},
    )  # fmt: skip
    if not made:
        row.net, row.lines = row.net + net, row.lines + 1
        row.save()


def figures() -> dict[str, tuple]:
    rows = AccountScore.objects.filter(account__status="active").order_by("account")
    return {row.account.name: tuple(getattr(row, name) for name in SHOWN) for row in rows}


def test_a_survivor_has_the_orders_of_both_and_undo_gives_each_its_own(cast):
    vega, other = make_account("Vega"), make_account("VEGA S.L.")
    rest = make_account("Rest")
    for back, net in ((5, 100), (40, 50), (400, 10)):
        buy(vega, back, net)
    for back, net in ((5, -100), (9, 300), (500, 20)):
        buy(other, back, net)
    buy(rest, 3, 1000)
    recompute(as_of=AS_OF)
    before = figures()
    merge = merge_accounts(actor=cast.dora, survivor_id=vega.pk, absorbed_id=other.pk)
    recompute(as_of=AS_OF)
    score = AccountScore.objects.get(account=vega)
    assert (score.revenue, score.revenue_before) == (350, 30)
    # Five days ago the customer sent back as much as it bought: no order day.
    assert score.order_days == 4 and score.last_order == AS_OF - dt.timedelta(days=9)
    assert "VEGA S.L." not in figures()
    buy(other, 1, 7)  # a later import for the merged account's number
    recompute(as_of=AS_OF)
    undo_merge(actor=cast.dora, merge_id=merge.pk)
    AccountDay.objects.filter(account=other, day=AS_OF - dt.timedelta(days=1)).delete()
    other.refresh_from_db()
    edit_account(actor=cast.dora, account_id=other.pk, version=other.version, rolls_up=False)
    recompute(as_of=AS_OF)
    assert figures() == before


def test_a_merged_parent_takes_its_children_along(cast):
    vega, other = make_account("Vega"), make_account("Old")
    child = make_account("Child", parent=other)
    for account, net in ((vega, 1), (other, 2), (child, 4)):
        buy(account, 5, net)
    recompute(as_of=AS_OF)
    merge_accounts(actor=cast.dora, survivor_id=vega.pk, absorbed_id=other.pk)
    recompute(as_of=AS_OF)
    assert AccountScore.objects.get(account=vega).revenue == 7
    assert AccountScore.objects.get(account=child).revenue == 4
