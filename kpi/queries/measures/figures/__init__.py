"""All figures of one day, set-wise: as many queries for ten accounts as for ten thousand."""

import datetime as dt

from kpi.queries.measures.figures.assessments import assessment_figures
from kpi.queries.measures.figures.contact import coverage_figures, touchpoint_figures
from kpi.queries.measures.figures.customers import customer_figures
from kpi.queries.measures.figures.ground import Figure, lay
from kpi.queries.measures.figures.money import money_figures
from kpi.queries.measures.figures.plans import plan_figures
from kpi.queries.measures.figures.services import service_figures
from kpi.queries.measures.figures.shape import shape_figures
from kpi.queries.periods.source import Source

__all__ = ["Figure", "figures"]


def figures(day: dt.date, *, is_newest: bool, source: Source | None = None) -> list[Figure]:
    """Every recorded measure of every group on `day`; what is known of today alone (the rhythm of
    contacts) only when it is the newest. Nothing before the ledger holds a whole year.
    `source`: what days that are read together share."""
    ground = lay(day, source)
    if ground is None:
        return []
    found = [
        *money_figures(ground),
        *customer_figures(ground),
        *service_figures(ground),
        *shape_figures(ground),
        *touchpoint_figures(ground),
        *plan_figures(day, is_newest=is_newest),
        *assessment_figures(day),
    ]
    return [*found, *(coverage_figures(day) if is_newest else [])]
