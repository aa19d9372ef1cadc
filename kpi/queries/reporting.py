"""Which day the figures are shown as of."""

from datetime import date, timedelta

from accounts.models import AccountDay
from people.models import company_day

FRESH = timedelta(days=45)


def newest_ledger_day() -> date | None:
    return AccountDay.objects.order_by("-day").values_list("day", flat=True).first()


def reporting_day() -> date:
    """Today while the ledger is fresh; the ledger's own last day when it ends long ago.

    A ledger of 2011 is shown as of its end, not as a company that sold nothing for years.
    """
    today, newest = company_day(), newest_ledger_day()
    return newest if newest and newest < today - FRESH else today
