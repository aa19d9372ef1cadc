"""Purchases as the import leaves them: lines of the ledger and both roll-ups, exactly."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from accounts.models import Account, AccountDay, Assignment, ServiceLine, ServiceMonth
from tests.accounts.lines import Ledger


def own(account: Account, user, first: dt.date, until: dt.date | None = None) -> Assignment:
    return Assignment.objects.create(
        account=account, user=user, role="owner", valid_from=first, valid_to=until
    )


class Purchases:
    """Written down one by one and rolled up at the end."""

    def __init__(self):
        self.ledger = Ledger()
        self.lines = {"film": self.ledger.films}
        self.days: dict[tuple, list[Decimal]] = defaultdict(list)
        self.months: dict[tuple, list[Decimal]] = defaultdict(list)

    def service_line(self, code: str) -> ServiceLine:
        if code not in self.lines:
            self.lines[code] = ServiceLine.objects.create(code=code, names={"en": code.title()})
        return self.lines[code]

    def buy(self, account: Account, day: dt.date, amount, line: str = "film", document: str = ""):
        amount, service_line = Decimal(amount), self.service_line(line)
        self.ledger.line(
            account, day, amount, product=f"P-{line}", service_line=service_line,
            document=document or f"D-{self.ledger.number}",
            status="credit" if amount < 0 else "invoiced",
        )  # fmt: skip
        self.days[account, day].append(amount)
        self.months[account, service_line, day.replace(day=1)].append(amount)

    def roll_up(self) -> None:
        AccountDay.objects.bulk_create(
            AccountDay(account=account, day=day, **self._sums(amounts))
            for (account, day), amounts in self.days.items()
        )
        ServiceMonth.objects.bulk_create(
            ServiceMonth(account=account, service_line=line, month=month, **self._sums(amounts))
            for (account, line, month), amounts in self.months.items()
        )

    @staticmethod
    def _sums(amounts: list[Decimal]) -> dict:
        above = sum((one for one in amounts if one > 0), Decimal(0))
        return {"net": sum(amounts), "positive": above, "lines": len(amounts)}
