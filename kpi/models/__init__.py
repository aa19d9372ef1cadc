"""What kpi keeps: the book of each night, and what people decide about its figures."""

from kpi.models.plan import PlanLine, PlanVersion
from kpi.models.portfolio import PortfolioDay

__all__ = ["PlanLine", "PlanVersion", "PortfolioDay"]
