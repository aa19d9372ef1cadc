"""Killed at any statement and run again, the night ends as if nothing had happened."""

import datetime as dt
import time
from decimal import Decimal
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import (
    AccountDay,
    AccountScore,
    DirtyAccount,
    KeySpan,
    Scoring,
    TierSpan,
)
from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.cast import make_account, make_company
from tests.kpi.crashes import crash_at
from tests.kpi.facts import digest, make_day

pytestmark = pytest.mark.django_db(transaction=True)
BEGIN = dt.date(2025, 1, 1)
FIRST, SECOND = dt.date(2026, 2, 27), dt.date(2026, 3, 1)
WRITTEN = (Scoring, AccountScore, TierSpan, KeySpan, PortfolioDay, DirtyAccount, AccountDay)


@pytest.fixture
def accounts():
    make_company()
    return [make_account() for _ in range(6)]


def before_first(accounts) -> None:
    for model in WRITTEN:
        model.objects.all().delete()
    make_day(accounts[0], BEGIN, Decimal(1))
    for number, account in enumerate(accounts):
        make_day(account, dt.date(2025, 12, 1 + number), Decimal(100 * 2**number))
        for weeks in range(1, 2 + number):  # gaps, so that alarm days are written and moved
            make_day(account, dt.date(2025, 12, 1 + number) - dt.timedelta(weeks=weeks), Decimal(1))


def before_second(accounts) -> None:
    """A night was done; then one account bought, and an old day of another was corrected."""
    before_first(accounts)
    recompute(as_of=FIRST)
    make_day(accounts[0], SECOND, Decimal(50_000))
    make_day(accounts[1], dt.date(2025, 6, 1), Decimal(9_000))
    DirtyAccount.objects.create(account=accounts[0], since=SECOND)
    DirtyAccount.objects.create(account=accounts[1], since=dt.date(2025, 6, 1))


NIGHTS = {"first": (before_first, FIRST), "second": (before_second, SECOND)}


def run_again(day: dt.date) -> None:
    """PostgreSQL may need a moment to notice that the dead child's session is gone."""
    while recompute(as_of=day).get("skipped"):
        time.sleep(0.02)


def check(accounts, night: str, points) -> int:
    prepare, day = NIGHTS[night]
    prepare(accounts)
    recompute(as_of=day)
    clean = digest()
    assert AccountScore.objects.exclude(alarm_day=None).exclude(gaps=0).count() > 3
    assert clean["days"][-1]["rhythm"]["accounts"] > 3
    survived = 0
    for number in points:
        prepare(accounts)
        crashed = crash_at(number, partial(recompute, as_of=day))
        run_again(day)
        assert digest() == clean, f"killed at statement {number}"
        assert not DirtyAccount.objects.exists()
        if not crashed:
            break
        survived += 1
    return survived


@pytest.mark.parametrize("night", NIGHTS)
def test_killed_at_some_statements_it_ends_the_same(accounts, night):
    assert check(accounts, night, [3, 17, 29, 36, 41, 44, 47]) >= 5


@pytest.mark.heavy
@pytest.mark.parametrize("night", NIGHTS)
def test_killed_at_every_statement_it_ends_the_same(accounts, night):
    assert check(accounts, night, range(1, 10_000)) > 20


def test_several_at_once_do_the_work_once(accounts):
    before_second(accounts)
    recompute(as_of=SECOND)
    clean = digest()
    before_second(accounts)
    together, results = Barrier(4), []

    def night() -> None:
        together.wait()
        results.append(recompute(as_of=SECOND))
        connection.close()

    threads = [Thread(target=night) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changed = [result for result in results if result.get("changed")]
    assert len(results) == 4
    assert len(changed) == 1
    assert digest() == clean
