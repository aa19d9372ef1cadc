"""Writing the invented company into an empty database, in the order in which things depend."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from accounts.models import Account, Contact, Touchpoint
from kpi.demo.company import AccountPlan
from kpi.demo.field import FieldPlan
from people.models import User


@dataclass
class World:
    """What the writers share: the plan, the clock, and the rows made so far."""

    today: dt.date
    months: int
    seed: int
    plans: list[AccountPlan]
    say: Callable[[str], None]
    users: dict[str, User] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    fields: list[FieldPlan] = field(default_factory=list)
    # By (customer, place in its plan).
    contacts: dict[tuple[int, int], Contact] = field(default_factory=dict)
    touchpoints: dict[tuple[int, int], Touchpoint] = field(default_factory=dict)

    @property
    def first(self) -> dt.date:
        """The first day of the ledger, `months` months before its end."""
        month = self.today.year * 12 + self.today.month - 1 - self.months
        return dt.date(month // 12, month % 12 + 1, 1)

    @property
    def days(self) -> int:
        """Days in the ledger: from `first` to yesterday."""
        return (self.today - self.first).days

    def day(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def at(self, ago: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        clock = dt.time(hour, minute, tzinfo=dt.UTC)
        return dt.datetime.combine(self.day(ago), clock)

    def rng(self, *stream: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, *stream])

    @staticmethod
    def number(index: int) -> str:
        """What the ERP calls the account at this place of the plans."""
        return f"C-{10100 + 7 * index}"

    def account(self, name: str) -> Account | None:
        return next((account for account in self.accounts if account.name == name), None)
