"""Killed before any statement and started again, an import and an undo end the same."""

import os
import signal

import pytest
from django.db import connection, connections

from accounts.commands import ledger
from accounts.commands.ledger_undo import undo_import
from accounts.models import (
    Account,
    AccountDay,
    DirtyAccount,
    ExternalId,
    LedgerClaim,
    LedgerDelta,
    LedgerLine,
    Product,
    ServiceLine,
    ServiceMonth,
    Source,
)
from common.models import Import, Job
from people.models import Event
from tests.accounts.books import book, bring, make_import, recomputed, totals
from tests.cast import make_company

pytestmark = pytest.mark.django_db(transaction=True)

OLD = (
    "C1,2024-01-31,100.00,I1,1,P1,Boxes,EUR,60",
    "C1,2024-01-31,50.00,I1,2,P2,Film,EUR,",
    "C2,2024-02-01,-20.00,I2,1,P1,Boxes,EUR,",
)
NEW = (
    "C1,2024-01-30,110.00,I1,1,P1,Boxes,EUR,60",
    "C3,2024-03-01,7.00,I3,1,P3,Tape,EUR,",
    "C4,2024-03-02,8.00,I4,1,P3,Tape,EUR,",
    "C4,2024-03-02,,I4,2,P3,Tape,EUR,",
)
TABLES = (
    LedgerClaim, LedgerDelta, LedgerLine, AccountDay, ServiceMonth, DirtyAccount, ExternalId,
    Account, Product, ServiceLine, Source, Event, Import, Job,
)  # fmt: skip


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    for module in ("ledger_staging", "ledger_switch"):
        monkeypatch.setattr(f"accounts.commands.{module}.batch_size", lambda: 2)
    make_company()


def start_anew() -> Import:
    """One applied import, and a second that corrects, adds and removes."""
    for table in TABLES:
        table.objects.all()._raw_delete(table.objects.db)
    bring(*OLD)
    return make_import(book(*NEW), replace_documents=True)


def facts() -> tuple:
    """Everything that counts, without numbers that the order of attempts decides."""
    by_name = dict(ExternalId.objects.values_list("account", "value"))
    days, _months = totals()
    return (
        sorted((by_name[key[0]], key[1], values) for key, values in days.items()),
        sorted(LedgerLine.objects.live().values_list("document", "line", "net")),
        LedgerLine.objects.count(),
        sorted(Account.objects.values_list("name", flat=True)),
        sorted(Product.objects.values_list("code", flat=True)),
        sorted(ServiceLine.objects.values_list("code", flat=True)),
        LedgerDelta.objects.count(),
        LedgerClaim.objects.get().holder,
        sorted(Import.objects.values_list("state", flat=True)),
        sorted(Event.objects.values_list("verb", flat=True)),
    )


def dies_at(number: int, work) -> bool:
    """Run the work in a process that is killed before its n-th statement; False if it ended."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        seen = 0

        def count(execute, sql, params, many, context):
            nonlocal seen
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(count):
                work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def crash_everywhere(prepare, work, step: int) -> int:
    """Returns how many places were tried."""
    batch = prepare()
    work(batch.pk)
    expected, tried, number = facts(), 0, 1
    assert totals() == recomputed()
    while True:
        batch = prepare()
        died = dies_at(number, lambda pk=batch.pk: work(pk))
        work(batch.pk)
        assert facts() == expected, number
        assert totals() == recomputed(), number
        if not died:
            return tried
        tried, number = tried + 1, number + step


def importing(batch_id: int) -> None:
    ledger.run_import(import_id=batch_id)


def undoing(batch_id: int) -> None:
    undo_import(import_id=batch_id)


def applied() -> Import:
    return ledger.run_import(import_id=start_anew().pk)


def test_an_import_killed_here_and_there_ends_the_same():
    assert crash_everywhere(start_anew, importing, 13) >= 5


def test_an_undo_killed_here_and_there_ends_the_same():
    assert crash_everywhere(applied, undoing, 13) >= 5


@pytest.mark.heavy
def test_an_import_killed_at_any_statement_ends_the_same():
    assert crash_everywhere(start_anew, importing, 1) >= 60


@pytest.mark.heavy
def test_an_undo_killed_at_any_statement_ends_the_same():
    assert crash_everywhere(applied, undoing, 1) >= 40


def test_another_import_clears_up_after_one_that_died():
    batch = start_anew()
    assert dies_at(60, lambda: importing(batch.pk))
    bring("C9,2024-05-01,1.00,I9,1,P1,Boxes,EUR,")
    batch.refresh_from_db()
    assert batch.state == "checked"
    assert totals() == recomputed()
    assert not Account.objects.filter(name="C3").exists()
    assert not Account.objects.filter(brought_by=batch).exists()
