"""What a version plans, by manager, measure and month."""

from collections.abc import Iterable
from decimal import Decimal

from kpi.models import PlanVersion

Key = tuple[int, str, int]  # manager, measure, month


def planned_cells(version: PlanVersion, users: Iterable[int] | None = None) -> dict[Key, Decimal]:
    """Every planned month of managers, their accounts added up."""
    rows = version.lines.all() if users is None else version.lines.filter(user__in=users)
    found: dict[Key, Decimal] = {}
    for user, measure, month, value in rows.order_by().values_list(
        "user", "measure", "month", "value"
    ):
        key = (user, measure, month)
        found[key] = found.get(key, Decimal()) + value
    return found
