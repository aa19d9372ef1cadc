"""What a night keeps for the next one equals what a night from nothing makes."""

import datetime as dt
import random
from decimal import Decimal

import numpy as np
import pytest
from django.db.models import F

from accounts.models import Account, AccountDay, DirtyAccount, Scoring
from kpi.commands import recompute
from kpi.models import KeptColumn
from kpi.queries.kept_scores import kept_scores
from kpi.queries.packed import packed_column
from tests.cast import make_account
from tests.kpi.facts import make_day, scores

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 20)
ONE = dt.timedelta(days=1)


def buy(account: Account, day: dt.date, net: int) -> None:
    """As an import leaves it."""
    if not AccountDay.objects.filter(account=account, day=day).update(net=F("net") + net):
        make_day(account, day, Decimal(net))
    known = DirtyAccount.objects.filter(pk=account.pk).first()
    since = min(day, known.since) if known else day
    DirtyAccount.objects.update_or_create(account=account, defaults={"since": since})


def make_book(size: int = 24) -> list[Account]:
    accounts = [make_account() for _number in range(size)]
    for number, account in enumerate(accounts):
        for order in range(5):
            buy(account, DAY - dt.timedelta(3 + 90 * order + number), 10 + number)
    return accounts


def kept() -> dict[str, list[int]]:
    found = kept_scores()
    return {"ids": found.ids.tolist()} | {name: one.tolist() for name, one in found.columns.items()}


def is_patched() -> bool:
    return KeptColumn.objects.exclude(patch=b"").exists()


def made_from_nothing(day: dt.date) -> tuple:
    """As if another version had stored what the night slides."""
    Scoring.objects.update(rule_version="")
    recompute(as_of=day)
    return kept(), scores()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_through_any_nights_equals_what_is_made_from_nothing(seed):
    draw, accounts, day = random.Random(seed), make_book(), DAY
    recompute(as_of=day)
    for _night in range(9):
        day += dt.timedelta(draw.choice((0, 0, 1, 12)))
        for _order in range(draw.choice((1, 1, 20))):
            back = dt.timedelta(draw.choice((0, 0, 5, 95, 370, 800)))
            buy(draw.choice(accounts), day - back, draw.choice((100, -7, -30)))
        if draw.random() < 0.2:
            accounts.append(make_account(parent=draw.choice((None, accounts[0]))))
        if draw.random() < 0.1:
            accounts.pop().delete()
        recompute(as_of=day)
    assert (kept(), scores()) == made_from_nothing(day)


def test_a_few_changed_accounts_are_a_patch_and_many_are_packed_anew():
    accounts = make_book()
    recompute(as_of=DAY)
    before = dict(KeptColumn.objects.values_list("name", "packed"))
    buy(accounts[3], DAY, -50)
    recompute(as_of=DAY)
    assert is_patched()
    assert dict(KeptColumn.objects.values_list("name", "packed")) == before
    buy(accounts[4], DAY, -50)
    recompute(as_of=DAY)
    patched = kept(), scores()
    assert patched == made_from_nothing(DAY)
    for account in accounts:
        buy(account, DAY, 50)
    recompute(as_of=DAY)
    assert not is_patched()


def test_a_column_that_did_not_change_is_not_written():
    accounts = make_book()
    recompute(as_of=DAY)
    packed = dict(KeptColumn.objects.values_list("name", "packed"))
    for account in accounts:
        buy(account, DAY + ONE, 50)
    recompute(as_of=DAY + ONE)
    now = dict(KeptColumn.objects.values_list("name", "packed"))
    changed = {name for name in now if now[name] != packed[name]}
    assert "own_revenue" in changed
    assert not {"ids", "month_end_revenue", "head"} & changed


@pytest.mark.parametrize("fault", ["version", "missing", "another"])
def test_what_does_not_fit_is_made_anew(fault):
    make_book()
    recompute(as_of=DAY)
    right, rows = kept(), scores()
    if fault == "version":
        KeptColumn.objects.update(version="scores-0")
    elif fault == "missing":
        KeptColumn.objects.filter(name="gaps").delete()
    else:
        KeptColumn.objects.create(name="of_old", version="scores-0")
    recompute(as_of=DAY)
    assert (kept(), scores()) == (right, rows)


@pytest.mark.parametrize("name", ["own_revenue", "own_quarter", "log_gaps", "last_order"])
def test_a_fault_in_what_is_kept_would_be_seen(name):
    accounts = make_book()
    recompute(as_of=DAY)
    wrong = np.full(len(accounts), 3)
    KeptColumn.objects.filter(name=name).update(packed=packed_column(wrong))
    recompute(as_of=DAY + ONE)
    slid = kept()
    assert slid != made_from_nothing(DAY + ONE)[0]
