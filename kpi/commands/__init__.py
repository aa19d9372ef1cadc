"""What kpi writes: scores, history, portfolio rows, readings of measures."""

from kpi.commands.night import recompute
from kpi.commands.readings import write_readings

__all__ = ["recompute", "write_readings"]
