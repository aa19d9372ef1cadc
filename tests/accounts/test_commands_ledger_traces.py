import pytest

from accounts.commands.ledger_traces import removable_accounts, touched
from accounts.models import Account, AccountScore, Pin, Source, Tag
from people.commands import record
from tests.accounts.books import bring
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(cast):
    """The import and the only account it created."""
    batch = bring("C1,2024-01-31,5,I1", header="customer id,date,amount,document")
    return batch, Account.objects.get(brought_by=batch)


def removable(batch, account) -> bool:
    return removable_accounts(batch, [account.pk]).exists()


def test_an_account_nothing_hangs_on_may_go(brought):
    assert removable(*brought)


@pytest.mark.parametrize("what", ["line", "number", "child", "merge"])
def test_what_others_hung_on_an_account_keeps_it(brought, what):
    batch, account = brought
    if what == "line":
        bring("C1,2024-02-29,5,I2", header="customer id,date,amount,document")
    elif what == "number":
        account.external_ids.create(source=Source.objects.create(name="crm"), value="7")
    elif what == "child":
        make_account("Child", parent=account)
    else:
        make_account("Merged", merged_into=account)
    assert not removable(batch, account)


@pytest.mark.parametrize("what", ["event", "version", "pin", "tag"])
def test_the_work_of_people_is_noticed(brought, cast, what):
    _batch, account = brought
    assert not Account.objects.filter(touched()).exists()
    if what == "event":
        record(actor=cast.dora, verb="account.edited", target=account)
    elif what == "version":
        Account.objects.filter(pk=account.pk).update(version=2)
    elif what == "pin":
        Pin.objects.create(account=account, kind="key", reason="x", valid_from="2024-01-01")
    else:
        account.tags.add(Tag.objects.create(name="x"))
    assert list(Account.objects.filter(touched())) == [account]


def test_what_the_machine_keeps_is_no_work_of_people(brought):
    _batch, account = brought
    AccountScore.objects.create(account=account, as_of="2024-02-29")
    record(actor=None, verb="account.edited", target=account)
    assert not Account.objects.filter(touched()).exists()
