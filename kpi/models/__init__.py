"""What kpi keeps: the book of each night, and what people decide about its figures."""

from kpi.models.backtest import Backtest
from kpi.models.health import (
    Assessment,
    Health,
    HealthDay,
    HealthOverride,
    HealthRecord,
    HealthWeights,
    Judgement,
)
from kpi.models.kept import CorrectedAccount, KeptColumn, KeptCourse, KeptSums
from kpi.models.measure import MeasureSetting
from kpi.models.one_to_one import Appraisal, OneToOne
from kpi.models.plan import PlanLine, PlanVersion
from kpi.models.portfolio import PortfolioDay
from kpi.models.reading import Reading, ReadingDay
from kpi.models.warning import AgreedPause, Alert, AlertAnswer

__all__ = [
    "Appraisal",
    "Assessment",
    "Backtest",
    "CorrectedAccount",
    "Health",
    "HealthDay",
    "HealthOverride",
    "HealthRecord",
    "HealthWeights",
    "Judgement",
    "KeptColumn",
    "KeptCourse",
    "KeptSums",
    "AgreedPause",
    "Alert",
    "AlertAnswer",
    "MeasureSetting",
    "OneToOne",
    "PlanLine",
    "PlanVersion",
    "PortfolioDay",
    "Reading",
    "ReadingDay",
]
