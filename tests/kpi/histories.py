"""Order histories made to hold a signal, or none: for the back-test."""

import datetime as dt

import numpy as np

from accounts.models import Account, AccountDay
from common import dbops
from common.money import to_units
from kpi.rules.chance import Orders

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2026, 3, 31)
TEN = to_units(10)


def signal(accounts: int = 400, seed: int = 1) -> Orders:
    """Each at a pace of its own, and some stop."""
    random = np.random.default_rng(seed)
    paces = random.choice([10, 25, 60], accounts)
    return drawn(random, paces, stops=random.choice([0, 0.06], accounts))


def no_signal(accounts: int = 400, seed: int = 1) -> Orders:
    """All at one pace without memory, and nobody stops: the past says nothing about the future."""
    random = np.random.default_rng(seed)
    return drawn(random, np.full(accounts, 60), stops=np.zeros(accounts))


def drawn(random: np.random.Generator, paces: np.ndarray, *, stops: np.ndarray) -> Orders:
    """The first order lies within the first half year."""
    pairs = []
    for account, (pace, stop) in enumerate(zip(paces, stops, strict=True)):
        day = FIRST.toordinal() + int(random.integers(0, 180))
        while day <= LAST.toordinal():
            pairs.append((account, day))
            if random.random() < stop:
                break
            day += 1 + int(random.geometric(1 / pace))
    pairs.append((0, FIRST.toordinal()))
    account, day = np.array(sorted(set(pairs))).T
    return Orders(account, day, len(paces))


def write(orders: Orders) -> list[Account]:
    """The same book in the database; every order is worth ten."""
    accounts = Account.objects.bulk_create(
        Account(name=f"Firm {number:04}") for number in range(orders.size)
    )
    dbops.insert_rows(
        AccountDay._meta.db_table,
        ("account_id", "day", "net", "positive", "cost", "uncosted", "lines"),
        [
            (accounts[account].pk, dt.date.fromordinal(day), TEN, TEN, 0, 0, 1)
            for account, day in zip(orders.account.tolist(), orders.day.tolist(), strict=True)
        ],
    )
    return accounts
