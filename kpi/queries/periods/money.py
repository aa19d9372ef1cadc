"""Net, margin and uncosted by account over any stretches of days."""

from collections.abc import Collection

from accounts.models import AccountDay
from common import dbops
from kpi.queries.attribution.facts import MARGIN
from kpi.queries.periods.period import Period
from kpi.queries.periods.slices import Some
from kpi.queries.periods.stretches import Stretches, Sums, within

TABLE = AccountDay._meta.db_table


def by_stretch(cut: Stretches, periods: Collection[Period] = (), some: Some | None = None) -> Sums:
    """Of all of the stretches, or of those days alone that lie in `periods`; units."""
    place, bounds = cut.sql("day")
    condition, params = within("day", periods or [cut.span()])
    if some is not None:
        condition, params = f"{condition} AND {some[0]}", params + some[1]
    with dbops.ample_memory():
        table = dbops.read_ints(
            [place, "account_id", "SUM(net)", "SUM(cost)", "SUM(uncosted)"],
            f"FROM {TABLE} WHERE {condition} GROUP BY 1, 2",
            [*bounds, *params],
        )
    net, cost, uncosted = table[:, 2:].T
    table[:, 2 + MARGIN] = net - cost - uncosted
    return Sums(cut, table, keys=1)
