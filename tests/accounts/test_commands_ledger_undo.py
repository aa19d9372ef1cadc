from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.commands.assignment import assign_account
from accounts.commands.ledger_undo import undo_import
from accounts.models import (
    Account,
    AccountDay,
    ExternalId,
    LedgerLine,
    Product,
    ServiceLine,
    ServiceMonth,
    Source,
)
from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Job
from people.models import Event
from tests.accounts.books import bring, recomputed, totals
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db

ONE = "C1,2024-01-31,100.00,I1,1,P1,Boxes,EUR,60"
TWO = "C2,2024-02-01,-20.00,I2,1,P1,Boxes,EUR,"


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def state():
    return (
        totals(),
        sorted(LedgerLine.objects.values_list("document", "line", "amount", "superseded_by")),
        sorted(Account.objects.values_list("name", "pk")),
        sorted(Product.objects.values_list("code", flat=True)),
    )


def test_undo_leaves_an_empty_ledger():
    batch = undo_import(import_id=bring(ONE, TWO).pk)
    assert batch.state == ImportState.UNDONE
    for model in (LedgerLine, AccountDay, ServiceMonth, Account, ExternalId, Product, ServiceLine):
        assert not model.objects.exists(), model
    assert Event.objects.filter(verb="ledger.undone").count() == 1
    assert Job.objects.filter(name="kpi.jobs.recompute").exists()


def test_undo_restores_exactly_what_was_replaced():
    bring(ONE, TWO)
    before = state()
    correction = bring(
        "C1,2024-01-30,120.00,I1,1,P9,Film,EUR,60", "C3,2024-03-01,5,I3,1,P1,Boxes,EUR,"
    )
    assert state() != before
    undo_import(import_id=correction.pk)
    assert state() == before
    assert totals() == recomputed()


def test_undo_twice_is_undo_once():
    batch = bring(ONE)
    undo_import(import_id=batch.pk)
    assert undo_import(import_id=batch.pk).state == ImportState.UNDONE
    assert Event.objects.filter(verb="ledger.undone").count() == 1


def test_a_newer_import_of_the_same_lines_stands_in_the_way_and_is_named():
    first = bring(ONE)
    second = bring("C1,2024-01-31,120.00,I1,1,P1,Boxes,EUR,60")
    before = state()
    with pytest.raises(RuleBroken, match=r"book\.csv"):
        undo_import(import_id=first.pk)
    assert state() == before
    undo_import(import_id=second.pk)
    undo_import(import_id=first.pk)
    assert not LedgerLine.objects.exists()


def test_a_line_brought_back_after_a_removal_stands_in_the_way():
    bring(ONE, "C1,2024-01-31,5,I1,2,P1,Boxes,EUR,")
    removal = bring(ONE, replace_documents=True)
    bring("C1,2024-01-31,6,I1,2,P1,Boxes,EUR,")
    with pytest.raises(RuleBroken):
        undo_import(import_id=removal.pk)
    assert totals() == recomputed()


def test_a_newer_import_of_other_lines_is_no_obstacle_and_keeps_its_accounts():
    first = bring(ONE)
    bring("C1,2024-02-29,7,I5,1,P1,Boxes,EUR,")
    undo_import(import_id=first.pk)
    assert ExternalId.objects.get().value == "C1"
    assert sum(AccountDay.objects.values_list("net", flat=True)) == Decimal(7)
    assert totals() == recomputed()


def test_work_of_a_person_on_a_created_account_stands_in_the_way(cast):
    batch = bring(ONE)
    account = Account.objects.get()
    assign_account(
        actor=cast.dora,
        account_id=account.pk,
        user=cast.karl,
        role="owner",
        start=timezone.localdate(),
    )
    with pytest.raises(RuleBroken, match=f"#{account.pk}\\."):
        undo_import(import_id=batch.pk)
    assert LedgerLine.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == ImportState.APPLIED


def test_accounts_that_were_there_before_stay():
    account = make_account("Known")
    ExternalId.objects.create(account=account, source=Source.objects.create(name="erp"), value="C1")
    undo_import(import_id=bring(ONE).pk)
    assert list(Account.objects.all()) == [account]
