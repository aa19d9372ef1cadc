"""What is kept for the next night follows every correction, and only what it must is read again."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AccountDay, DirtyAccount
from kpi.commands import recompute
from kpi.commands.kept import keep_sums
from kpi.models import CorrectedAccount, KeptSums, LedgerMonth
from kpi.queries.periods import pair_of
from kpi.queries.periods.kept import kept_sums, wholes
from kpi.queries.periods.source import Source
from tests.cast import make_account, make_cast
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)


@pytest.fixture
def accounts():
    make_cast()
    found = [make_account(), make_account()]
    for account in found:
        for back in (30, 400, 800, 1400):
            make_day(account, DAY - back * ONE, Decimal(100))
    DirtyAccount.objects.all().delete()
    return found


def money(day: dt.date) -> list[list[int]]:
    keep_sums([day])
    return kept_sums(day).money.tolist()


def plain(day: dt.date) -> list[list[int]]:
    """From all facts."""
    return next(wholes([day])).money.tolist()


def test_the_sums_of_these_days_are_kept_and_no_others(accounts):
    keep_sums([DAY, DAY - 365 * ONE])
    keep_sums([DAY + ONE])
    assert [row.day for row in KeptSums.objects.all()] == [DAY + ONE]


def test_a_correction_that_the_night_has_scored_is_in_the_next_sums(accounts):
    keep_sums([DAY])
    make_day(accounts[0], DAY - 40 * ONE, Decimal(50))
    DirtyAccount.objects.touch([accounts[0].pk])
    recompute(as_of=DAY)
    assert not DirtyAccount.objects.exists()
    assert CorrectedAccount.objects.count() == 1
    assert money(DAY + ONE) == plain(DAY + ONE)
    assert not CorrectedAccount.objects.exists()


def test_a_correction_that_waits_for_its_night_is_in_them_too(accounts):
    keep_sums([DAY])
    make_day(accounts[0], DAY - 40 * ONE, Decimal(50))
    DirtyAccount.objects.touch([accounts[0].pk])
    assert money(DAY) == plain(DAY)
    assert DirtyAccount.objects.count() == 1


def test_an_account_that_is_gone_is_not_read(accounts):
    keep_sums([DAY])
    AccountDay.objects.filter(account=accounts[0]).delete()
    pk = accounts[0].pk
    accounts[0].delete()
    source = Source([pair_of(DAY)])
    source.keep(kept_sums(DAY))
    assert pk not in source.net(pair_of(DAY).base)[:, 0]


def test_of_month_ends_before_only_the_corrected_accounts_are_summed_again(accounts):
    days = [DAY, DAY - 31 * ONE, DAY - 365 * ONE]
    keep_sums(days)
    kept = dict(KeptSums.objects.values_list("day", "pk"))
    make_day(accounts[1], DAY - 20 * ONE, Decimal(9))
    make_day(accounts[0], DAY - 500 * ONE, Decimal(50))
    CorrectedAccount.objects.create(account_id=accounts[1].pk, since=DAY - 20 * ONE)
    CorrectedAccount.objects.create(account_id=accounts[0].pk, since=DAY - 500 * ONE)
    keep_sums(days)
    assert dict(KeptSums.objects.values_list("day", "pk")) == kept
    for day in days:
        assert kept_sums(day).money.tolist() == plain(day), day


def test_what_another_version_packed_is_made_anew(accounts):
    keep_sums([DAY])
    KeptSums.objects.update(version="kept-0", packed=b"nothing")
    assert money(DAY) == plain(DAY)


def test_of_the_months_of_the_ledger_those_since_the_correction_are_read_again(accounts):
    keep_sums([DAY])
    LedgerMonth.objects.update(net=7)
    CorrectedAccount.objects.create(account_id=accounts[0].pk, since=DAY - 400 * ONE)
    keep_sums([DAY])
    since = (DAY - 400 * ONE).replace(day=1)
    assert set(LedgerMonth.objects.filter(month__lt=since).values_list("net", flat=True)) == {7}
    assert 7 not in LedgerMonth.objects.filter(month__gte=since).values_list("net", flat=True)


def test_the_newest_month_is_always_read_again(accounts):
    keep_sums([DAY])
    make_day(accounts[0], DAY, Decimal(5))
    keep_sums([DAY])
    assert LedgerMonth.objects.last().lines == sum(
        AccountDay.objects.filter(day__gte=DAY.replace(day=1)).values_list("lines", flat=True)
    )
