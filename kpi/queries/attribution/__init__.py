"""Whose money it is: the ledger of a period counted to managers by five views."""

from kpi.queries.attribution.page import ByManager, by_manager

__all__ = ["ByManager", "by_manager"]
