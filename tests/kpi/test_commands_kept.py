"""What is kept for the next night follows every correction, and only what it must is read again."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AccountDay, DirtyAccount
from kpi.commands import recompute
from kpi.commands.kept import corrections
from kpi.commands.kept import keep_sums as keeping
from kpi.models import CorrectedAccount, KeptSums
from kpi.queries.periods import kept as sums
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


def keep_sums(days: list[dt.date]) -> set[dt.date]:
    """Those that were made."""
    return {one.day for one in keeping(days, corrections())}


def money(day: dt.date) -> list[list[int]]:
    keep_sums([day])
    return sorted(kept_sums(day).money.tolist())


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
        assert sorted(kept_sums(day).money.tolist()) == plain(day), day


def test_what_another_version_packed_is_made_anew(accounts):
    keep_sums([DAY])
    KeptSums.objects.update(version="kept-0", packed=b"nothing")
    assert money(DAY) == plain(DAY)


def test_beside_what_is_packed_stands_a_patch_until_it_grows(accounts, monkeypatch):
    monkeypatch.setattr(sums, "PATCHED", 1)
    keep_sums([DAY])
    packed = bytes(KeptSums.objects.get().packed)
    for back in (20, 21):
        make_day(accounts[0], DAY - back * ONE, Decimal(9))
        DirtyAccount.objects.touch([accounts[0].pk])
        assert money(DAY) == plain(DAY)
        row = KeptSums.objects.get()
        assert bytes(row.packed) == packed
        assert row.patch
    make_day(accounts[1], DAY - 22 * ONE, Decimal(9))
    DirtyAccount.objects.touch([accounts[1].pk])
    monkeypatch.setattr(sums, "PATCHED", 2)
    assert money(DAY) == plain(DAY)
    assert not KeptSums.objects.get().patch


def test_what_is_slid_on_knows_the_patch(accounts):
    keep_sums([DAY])
    make_day(accounts[0], DAY - 20 * ONE, Decimal(9))
    DirtyAccount.objects.touch([accounts[0].pk])
    keep_sums([DAY])
    DirtyAccount.objects.all().delete()
    assert money(DAY + ONE) == plain(DAY + ONE)


def test_days_before_a_correction_stay_as_they_are(accounts):
    days = [DAY, DAY - 31 * ONE]
    keep_sums(days)
    make_day(accounts[0], DAY, Decimal(9))
    CorrectedAccount.objects.create(account_id=accounts[0].pk, since=DAY)
    assert keep_sums(days) == {DAY}


def test_left_before_the_end_it_forgets_nothing(accounts):
    keep_sums([DAY])
    CorrectedAccount.objects.create(account_id=accounts[0].pk, since=DAY)
    next(keeping([DAY], corrections()))
    assert CorrectedAccount.objects.exists()
