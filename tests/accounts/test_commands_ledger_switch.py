import pytest

from accounts.commands.ledger_claim import claimed
from accounts.commands.ledger_switch import slices, take_away, weigh
from accounts.models import AccountDay, DirtyAccount, LedgerDelta, LedgerLine, Product
from common.choices import ImportState
from common.models import Import
from tests.accounts.books import bring, totals
from tests.cast import make_company

pytestmark = pytest.mark.django_db

ROWS = ("C1,2024-01-31,5,I1", "C1,2024-02-01,6,I1", "C2,2024-02-01,-7,I2")
HEADER = "customer id,date,amount,document"


@pytest.fixture(autouse=True)
def company():
    return make_company()


def test_slices_cover_every_row_once():
    bring(*ROWS, header=HEADER)
    rows = LedgerLine.objects.all()
    bounds = list(slices(rows, 2))
    assert len(bounds) == 2
    assert sum(rows.filter(pk__range=pair).count() for pair in bounds) == 3


def test_weighing_changes_nothing_that_counts():
    batch = bring(*ROWS, header=HEADER)
    before = totals()
    with claimed() as claim:
        weigh(batch, claim, undo=True)
    assert totals() == before
    assert sum(LedgerDelta.objects.values_list("net", flat=True)) == -4


def test_taking_away_twice_is_taking_away_once():
    batch = bring(*ROWS, header=HEADER)
    Import.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE)
    AccountDay.objects.all().delete()
    with claimed() as claim:
        take_away(batch, claim)
        take_away(batch, claim)
    assert not LedgerLine.objects.exists() and not Product.objects.exists()


def test_the_night_hears_from_which_day_an_account_changed():
    DirtyAccount.objects.all().delete()
    bring(*ROWS, header=HEADER)
    days = DirtyAccount.objects.order_by("since").values_list("since", flat=True)
    assert [day.isoformat() for day in days] == ["2024-01-31", "2024-02-01"]
    DirtyAccount.objects.update(claimed=True)
    bring("C1,2024-01-15,5,I9", header=HEADER)
    row = DirtyAccount.objects.order_by("since").first()
    assert (row.since.isoformat(), row.claimed) == ("2024-01-15", False)
