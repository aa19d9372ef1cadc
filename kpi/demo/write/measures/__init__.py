"""What people decided about measures: plans, answers to warnings, talks."""

from kpi.demo.write import World
from kpi.demo.write.measures.plans import write_plans


def write(world: World) -> None:
    """After the night, for plans begin with what was sold."""
    write_plans(world)
