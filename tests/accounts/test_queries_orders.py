import datetime as dt

import pytest

from accounts.queries.orders import orders
from tests.accounts.lines import Ledger
from tests.cast import make_account, signed_in

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def ledger():
    return Ledger()


def test_orders_are_read_twenty_days_at_a_time(cast, ledger):
    account = make_account("Vega", owner=cast.karl)
    for number in range(45):
        day = AS_OF - dt.timedelta(days=number)
        ledger.line(account, day, 1, document=f"D-{number}")
    seen, before = [], None
    while True:
        page = orders(account, before=before, with_lines=False)
        seen += [document.number for document in page.documents]
        if page.next is None:
            break
        before = page.next
    assert seen == [f"D-{number}" for number in range(45)]
    client = signed_in(cast.karl)
    assert client.get(f"/accounts/{account.pk}/orders/?before=2026-13-45").status_code == 200
