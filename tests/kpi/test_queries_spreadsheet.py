"""The table for a spreadsheet agrees with the page, for the whole book and an own one."""

import pytest

from kpi.queries import spreadsheet
from kpi.queries.overview import overview
from tests.kpi.books import DAY, TEN, make_book, make_policy

pytestmark = pytest.mark.django_db


def rows(user):
    view = overview(user, day=DAY, as_of=DAY)
    return list(spreadsheet.rows(user, view))


def test_every_row_has_a_cell_for_every_heading(cast):
    make_policy()
    make_book(cast)
    table = rows(cast.dora)
    assert {len(row) for row in table} == {len(spreadsheet.header("EUR"))}
    assert [row[6] for row in table] == list(TEN)
    assert [row[0] for row in table] == list(range(1, 11))


def test_an_own_book_carries_no_share_of_the_company(cast):
    make_policy()
    make_book(cast, owners={0: cast.kim})
    table = rows(cast.karl)
    assert sum(row[7] for row in table) == pytest.approx(1)
    assert not any("%" in row[5] for row in table)
