import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AccountScore, Scoring, Tag
from accounts.queries.export import export_rows, export_selected
from accounts.queries.filters import accounts_of
from accounts.queries.list_state import COLUMNS, ListState
from accounts.queries.listing import page_of
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def cast():
    Scoring.objects.create(
        pk=1, as_of=AS_OF, whole=True, total=Decimal(100), first_day=dt.date(2020, 1, 1)
    )
    made = make_cast()
    for number in range(12):
        account = make_account(f"C{number:02}", owner=(made.karl, made.kim)[number % 2])
        if number % 3:
            AccountScore.objects.create(
                account=account, as_of=AS_OF, revenue=Decimal(number % 4), tier="ABC"[number % 3],
                last_order=AS_OF - dt.timedelta(days=number % 5) if number % 4 else None,
            )  # fmt: skip
    return made


@pytest.mark.parametrize("sort", ["-revenue", "revenue", "name", "-name", "last_order", "-change"])
@pytest.mark.parametrize("who", ["dora", "karl", "anna", "sam"])
def test_the_file_has_the_lists_rows_in_the_lists_order(cast, who, sort):
    user, state = getattr(cast, who), ListState(sort=sort)
    listed = [account.name for account, _score in page_of(user, state, Scoring.current())[0]]
    assert [row[0] for row in export_rows(user, state, ["tier"])] == listed
    assert len(listed) == accounts_of(user, state, Scoring.current()).count()


def test_every_column_has_a_plain_value(cast):
    account = make_account("Vega", owner=cast.karl, country="IT", status="prospect")
    account.tags.add(Tag.objects.create(name="export"))
    AccountScore.objects.create(
        account=account, as_of=AS_OF, revenue=Decimal(50), revenue_before=Decimal(40), tier="A",
        is_key=True, order_days=3, last_order=AS_OF, margin=Decimal(9),
    )  # fmt: skip
    (row,) = export_selected(cast.dora, [account.pk], list(COLUMNS))
    values = dict(zip(COLUMNS, row[1:], strict=True))
    assert values["country"] == "Italy" and values["tags"] == "export" and values["key"] == "yes"
    assert (values["share"], values["change"], values["silence"]) == (0.5, 0.25, 0)
    (hers,) = export_selected(cast.anna, [account.pk], ["margin"])
    assert hers[1] is None


def test_a_team_export_has_names_and_managers_only(cast):
    rows = list(export_rows(cast.karl, ListState(view="team"), ["owner"]))
    assert {tuple(row) for row in rows} == {(f"C{n:02}", "Karl") for n in range(0, 12, 2)}
