"""What would fall if somebody left, ours or theirs, and who could catch it."""

from kpi.queries.simulator.page import Simulation, if_leaves

__all__ = ["Simulation", "if_leaves"]
