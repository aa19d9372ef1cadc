import doctest
from types import SimpleNamespace

import pytest

from accounts.models import ContactRole
from common import ordered
from common.editing import Conflict
from common.errors import RuleBroken
from common.ordered import keep_places, moved, next_place, reference_row


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(ordered).failed == 0


@pytest.mark.parametrize(
    ("row", "by", "order"),
    [("a", 1, "bac"), ("c", -1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("a", 9, "bca")],
)
def test_at_the_edge_a_row_stays(row, by, order):
    assert "".join(moved("abc", row, by)) == order


def test_only_rows_with_another_place_are_written():
    written = []

    def row(name, position):
        return SimpleNamespace(position=position, save=lambda update_fields: written.append(name))

    rows = [row("a", 0), row("b", 2), row("c", 1)]
    keep_places(rows)
    assert [one.position for one in rows] == [0, 1, 2] and written == ["b", "c"]


def fetched(code="", row_id=None, seen=None):
    def shown(row):
        return {"code": row.code}

    return reference_row(ContactRole, code=code, row_id=row_id, seen=seen, shown=shown)


@pytest.mark.django_db
def test_a_new_row_stands_last_under_a_code_of_its_own():
    ContactRole.objects.all().delete()
    assert next_place(ContactRole.objects.all()) == fetched("buyer").position == 0
    known = ContactRole.objects.create(code="buyer", position=4)
    assert fetched("user").position == 5
    with pytest.raises(RuleBroken, match="taken"):
        fetched("buyer")
    assert fetched(row_id=known.pk, seen={"code": "buyer"}) == known
    with pytest.raises(Conflict):
        fetched(row_id=known.pk, seen={"code": "seller"})
