"""What the portfolio's pages, reports and start pages read."""

from kpi.queries.reporting import company_day, newest_ledger_day, reporting_day

__all__ = ["company_day", "newest_ledger_day", "reporting_day"]
