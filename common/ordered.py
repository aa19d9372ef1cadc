"""Rows that stand in an order of their own: placed last, moved, numbered anew."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from common.editing import check_seen
from common.errors import RuleBroken

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


def next_place(rows: QuerySet[Any]) -> int:
    """After the last of them; 0 where there is none."""
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def moved(rows: Sequence[T], row: T, by: int) -> list[T]:
    """Some places earlier (below zero) or later; at the edge it stays. ValueError when not there.

    >>> moved([3, 5, 7], 5, -1), moved([3, 5, 7], 7, 1)
    ([5, 3, 7], [3, 5, 7])
    """
    order = list(rows)
    here = order.index(row)
    order.insert(min(max(here + by, 0), len(order)), order.pop(here))
    return order


def keep_places(rows: Iterable[Any]) -> None:
    """Number them as they stand; only those whose place is another are written."""
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])


def reference_row(
    model: type[Row], *, code: str, row_id: int | None, seen: dict | None,
    shown: Callable[[Row], dict],
) -> Row:  # fmt: skip
    """A new last row with this code, or the one of `row_id`, locked; its code stays.

    Raises editing.Conflict when that is not any more what the form showed (`seen`, as `shown`).
    """
    rows = model._default_manager.all()
    if row_id is None:
        if rows.filter(code=code).exists():
            raise RuleBroken(_("This code is taken already."))
        return model(code=code, position=next_place(rows))
    row = rows.select_for_update().get(pk=row_id)
    check_seen(seen, shown(row))
    return row
