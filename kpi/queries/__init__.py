"""What the portfolio's pages, reports and start pages read."""

from kpi.queries.reporting import newest_ledger_day, reporting_day

__all__ = ["newest_ledger_day", "reporting_day"]
