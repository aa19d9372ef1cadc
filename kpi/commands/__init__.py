"""What kpi writes: scores, history, portfolio rows."""

from kpi.commands.night import recompute

__all__ = ["recompute"]
