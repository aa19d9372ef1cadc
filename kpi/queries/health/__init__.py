"""How accounts are: what the night reads to score them, and what pages read of the scores."""

from kpi.queries.health.now import HealthNow, of

__all__ = ["HealthNow", "of"]
