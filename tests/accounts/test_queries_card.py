import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import ServiceMonth
from accounts.queries import card
from accounts.queries.card import bought, months_of
from tests.accounts.lines import Ledger
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def ledger():
    return Ledger()


def test_twelve_months_stand_against_the_year_before_with_children_and_merged(cast, ledger):
    account = make_account("Vega")
    child = make_account("Child", parent=account)
    merged = make_account("Old", status="merged", merged_into=account)
    for owner, month, net in (
        (account, dt.date(2026, 11, 1), 1), (child, dt.date(2026, 11, 1), 2),
        (merged, dt.date(2026, 11, 1), 4), (account, dt.date(2025, 11, 1), 8),
    ):  # fmt: skip
        ServiceMonth.objects.create(
            account=owner, service_line=ledger.films, month=month, net=Decimal(net), lines=1
        )
    months = months_of(account, AS_OF)
    assert (months[0].day, len(months)) == (dt.date(2025, 12, 1), 12)
    assert (months[-1].value, months[-1].before) == (7, 8)


def test_products_say_what_is_new_and_what_stopped(cast, ledger):
    account = make_account("Vega")
    ledger.line(account, AS_OF, 100, product="NEW")
    ledger.line(account, dt.date(2025, 5, 1), 40, product="STOPPED")
    ledger.line(account, dt.date(2025, 11, 20), 7, product="EDGE")
    ledger.line(account, dt.date(2024, 11, 20), 999, product="TOO-OLD")
    ledger.line(account, AS_OF, 5, product="UNKNOWN", net=None)
    (group,) = bought(account, AS_OF)
    found = {item.name: item for item in group.products}
    assert set(found) == {"NEW", "STOPPED", "EDGE"}
    assert found["NEW"].is_new and found["STOPPED"].is_stopped
    assert (found["EDGE"].now, found["EDGE"].before) == (0, 7)
    assert (group.line.now, group.line.before) == (100, 47)


def test_the_team_stands_with_its_owner_first(cast):
    account = make_account("Vega", owner=cast.karl)
    account.assignments.create(user=cast.anna, role="assistant", valid_from=LONG_AGO)
    assert [row.user.name for row in card.team_of(account)] == ["Karl", "Anna"]
    assert card.owner_on(account, LONG_AGO) == cast.karl
    assert card.owner_on(account, dt.date(2019, 1, 1)) is None


def test_numbers_of_merged_accounts_are_the_survivors_too(cast, ledger):
    account = make_account("Vega")
    merged = make_account("Old", status="merged", merged_into=account)
    merged.external_ids.create(source=ledger.source, value="K-1")
    assert [number.value for number in card.numbers_of(account)] == ["K-1"]
