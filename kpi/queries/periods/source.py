"""What the figures of one day or of many are made from, each read once.

Whose the accounts are, which count together, their teams, segments and tiers; and the money of
every account over the two years before each of the days.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cached_property

import numpy as np

from accounts.models import (
    AccountDay,
    AccountScore,
    DirtyAccount,
    KeySpan,
    Scoring,
    ServiceLine,
    TierSpan,
)
from common import dbops
from kpi.queries.attribution.facts import linked_credits, owners
from kpi.queries.periods import money, services
from kpi.queries.periods.contacts import contacts
from kpi.queries.periods.kept import Kept
from kpi.queries.periods.period import Pair, Period, before, pair_of
from kpi.queries.periods.snapshots import Snapshots
from kpi.queries.periods.stretches import Stretches, Sums, added, named
from kpi.queries.periods.turns import by_turn
from kpi.queries.state import State, empty_state
from kpi.rules.attribution import OPEN, Dated, Facts, Owners, hands
from kpi.rules.pareto import LETTERS
from people.models import Membership

DAYS, SCORES = AccountDay._meta.db_table, AccountScore._meta.db_table
BOUGHT = 3
TIERS, KEYS = TierSpan._meta.db_table, KeySpan._meta.db_table


class Source:
    """Of `pairs`, the periods that may be asked for; money is in units.

    `kept`: sums of one of them that need no reading; `holdings`: read_holdings, read already.
    """

    def __init__(self, pairs: Iterable[Pair], holdings: np.ndarray | None = None):
        self.pairs, self._holdings = list(pairs), holdings
        self.kept: Kept | None = None
        self._hands: dict[dt.date, np.ndarray] = {}
        self._invoices: tuple | None = None
        self._asked = np.zeros(0, dtype=np.int64)
        self._first_order = np.zeros((0, 2), dtype=np.int64)

    def keep(self, kept: Kept) -> None:
        """Use these until others are kept."""
        self.kept = kept.known_to(self.state)

    @cached_property
    def state(self) -> State:
        return empty_state()

    @cached_property
    def owners(self) -> Owners:
        return owners(self._holdings)

    @cached_property
    def owner(self) -> Snapshots:
        return Snapshots(self.owners, self.state)

    @cached_property
    def teams(self) -> Dated:
        rows = Membership.objects.values_list("user", "valid_from", "valid_to", "team")
        found = [
            (user, start.toordinal(), end.toordinal() if end else OPEN, team)
            for user, start, end, team in rows
        ]
        return Dated(np.array(found, dtype=np.int64))

    @cached_property
    def segments(self) -> Snapshots:
        rows = dbops.read_ints(
            ["id", "0", str(OPEN), "segment_id"],
            "FROM accounts_account WHERE segment_id IS NOT NULL",
        )
        return Snapshots(Dated(rows), self.state)

    @cached_property
    def tiers(self) -> Snapshots:
        firsts = [pair.current.first for pair in self.pairs]
        return self._spans(TIERS, dbops.place_in("tier", LETTERS, 0), firsts)

    @cached_property
    def keys(self) -> Snapshots:
        """1 for key accounts."""
        return self._spans(KEYS, "1", [pair.current.last for pair in self.pairs])

    def _spans(self, table: str, value: str, days: Collection[dt.date]) -> Snapshots:
        """Of these days."""
        until = f"COALESCE({dbops.day_number('valid_to')}, {OPEN})"
        rows = dbops.read_ints(
            ["account_id", dbops.day_number("valid_from"), until, value],
            f"FROM {table} WHERE valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)",
            [max(days), min(days)],
        )
        return Snapshots(Dated(rows), self.state)

    def moved(self, last: dt.date) -> np.ndarray:
        """Accounts that changed hands within 90 days up to `last`."""
        if last not in self._hands:
            self._hands[last] = np.unique(hands(self.owners, last.toordinal())[:, 0])
        return self._hands[last]

    def net(self, period: Period) -> np.ndarray:
        """[rows, 2]: account and net, where it is not zero."""
        if self.kept and (found := self.kept.net_of(period)) is not None:
            return found
        if self._stored and period == self._stored.base:
            return self._scores["base"]
        return self.money(period)[:, :2]

    def money(self, period: Period) -> np.ndarray:
        """[rows, 4]: account and MONEY, where not all is zero."""
        if self.kept and (found := self.kept.money_of(period)) is not None:
            return found
        if self._stored and period == self._stored.current:
            return self._scores["current"]
        return self._sums.of(period)

    @cached_property
    def _stored(self) -> Pair | None:
        pair = stored_pair()
        return pair if pair in self.pairs else None

    @cached_property
    def _scores(self) -> dict[str, np.ndarray]:
        rows = dbops.read_ints(
            [
                "account_id", "own_revenue_before", "own_revenue",
                "own_revenue - own_cost - own_uncosted", "own_uncosted",
            ],
            f"FROM {SCORES} WHERE own_revenue_before <> 0 OR own_revenue <> 0 OR own_cost <> 0"
            " OR own_uncosted <> 0",
        )  # fmt: skip
        return {"base": rows[:, :2], "current": rows[rows[:, 2:].any(axis=1)][:, [0, 2, 3, 4]]}

    @cached_property
    def _stretches(self) -> Stretches:
        return Stretches(period for pair in self.pairs for period in (pair.base, pair.current))

    @cached_property
    def _sums(self) -> Sums:
        """Of all pairs but the stored one: one pass over the daily facts."""
        rest = [pair for pair in self.pairs if pair != self._stored]
        first = min(pair.base.first for pair in rest)
        last = max(pair.current.last for pair in rest)
        return money.by_stretch(self._stretches, [Period(first, last)])

    def bought_by(self, day: dt.date, heads: np.ndarray) -> np.ndarray:
        """bool per account: somebody of its group ordered up to `day`. Asked only for `heads`,
        positions of those without a base that buy now: few of a large book."""
        state = self.state
        bought = np.zeros(len(state.ids), dtype=bool)
        if not len(heads) or state.first_day is None or state.first_day > day:
            return bought
        members = state.ids[np.isin(state.head, heads)]
        self._ask_first_order(members[~np.isin(members, self._asked)])
        early = self._first_order[self._first_order[:, 1] <= day.toordinal(), 0]
        bought[heads_of(state, early[np.isin(early, members)])[1]] = True
        return bought

    def _ask_first_order(self, accounts: np.ndarray) -> None:
        """Of accounts that no day asked for yet. The night has stored it of those that stand
        alone; of a group it has that of all together."""
        self._asked = np.concatenate([self._asked, accounts])
        if self._stored:
            alone = ~self.state.grouped[self.state.positions(accounts)]
            told = self._first_stored[np.isin(self._first_stored[:, 0], accounts[alone])]
            self._first_order = np.concatenate([self._first_order, told])
            accounts = accounts[~alone]
        if not len(accounts):
            return
        condition, ids = dbops.one_of("account_id", accounts.tolist())
        found = dbops.read_ints(
            ["account_id", f"MIN({dbops.day_number('day')})"],
            f"FROM {DAYS} WHERE net > 0 AND {condition} GROUP BY account_id",
            ids,
        )
        self._first_order = np.concatenate([self._first_order, found])

    @cached_property
    def _first_stored(self) -> np.ndarray:
        return dbops.read_ints(
            ["account_id", dbops.day_number("first_order")],
            f"FROM {SCORES} WHERE first_order IS NOT NULL",
        )

    def facts(self, period: Period, *, only_net: bool = False) -> Facts:
        """As kpi.queries.attribution.facts, of a period of the pairs: every account's sum counts
        for its first owner; what fell to a later one is taken off there and put with him."""
        sums = self.net(period) if only_net else self.money(period)
        first, last = period.first.toordinal(), period.last.toordinal()
        begun = max(first, self._bounds[0].toordinal())
        place, turned = self._turned
        low, high = self._stretches.run(period)
        later = turned[(place >= low) & (place < high) & (turned[:, 1] > begun)]
        taken = -later
        taken[:, 0], taken[:, 1] = later[:, 0], begun
        days, credits = self._credits
        whole = np.insert(sums, 1, begun, axis=1)
        moved = [later, taken, credits[(days >= first) & (days <= last)]]
        table = np.concatenate([whole, *(rows[:, : whole.shape[1]] for rows in moved)])
        return Facts(table[:, 0], table[:, 1], table[:, 2:])

    def sold(self, period: Period) -> np.ndarray:
        """[rows, 3]: account, service line and net of a current period, where it is not zero."""
        if self.kept and (found := self.kept.sold_in(period)) is not None:
            return found
        return self._services.of(period)[:, [services.ACCOUNT, services.SERVICE, services.NET]]

    def lines(self, pair: Pair) -> np.ndarray:
        """[rows, 4]: account, service line, net of the current period and what was BOUGHT in the
        24 months before it."""
        if self.kept and self.kept.pair == pair:
            return self.kept.lines
        now, earlier = (self._services.of(one) for one in (pair.current, before(pair)))
        keys, at = named(np.concatenate([now, earlier])[:, : services.NET])
        net, bought = now[:, services.NET], earlier[:, services.POSITIVE]
        pad = np.zeros(len(bought), dtype=np.int64), np.zeros(len(net), dtype=np.int64)
        columns = [np.concatenate([net, pad[0]]), np.concatenate([pad[1], bought])]
        return np.concatenate([keys, added(at, len(keys), columns)], axis=1)

    @cached_property
    def unnamed(self) -> np.ndarray:
        """The service line of what is not recorded with one."""
        lines = ServiceLine.objects.filter(code="").values_list("pk", flat=True)
        return np.array(list(lines), dtype=np.int64)

    @cached_property
    def _services(self) -> Sums:
        wanted = (period for pair in self.pairs for period in (before(pair), pair.current))
        return services.by_stretch(Stretches(wanted))

    def invoices(self, period: Period, accounts: Iterable[int]) -> list[tuple[int, int, int, int]]:
        """As kpi.queries.periods.services.invoices; managers and teams ask for the same."""
        asked = period, frozenset(accounts)
        if self._invoices is None or self._invoices[0] != asked:
            self._invoices = asked, list(services.invoices(period, asked[1]))
        return self._invoices[1]

    def contacts(self, period: Period) -> np.ndarray:
        """As kpi.queries.periods.contacts, of a current period."""
        days = self._contacts[:, 1]
        within = (days >= period.first.toordinal()) & (days <= period.last.toordinal())
        return self._contacts[within]

    @cached_property
    def _contacts(self) -> np.ndarray:
        current = [pair.current for pair in self.pairs]
        first, last = min(one.first for one in current), max(one.last for one in current)
        return contacts(Period(first, last))

    @cached_property
    def _bounds(self) -> tuple[dt.date, dt.date]:
        """The first day that has facts and the last: owners of older days are nobody's matter."""
        first, last = self._stretches.bounds[0], max(pair.current.last for pair in self.pairs)
        begun = self.state.first_day or first
        return min(max(first, begun), last), last

    @cached_property
    def _turned(self) -> tuple[np.ndarray, np.ndarray]:
        begun = self._bounds[0]  # who owned what before it is nobody's turn
        periods = {period for pair in self.pairs for period in (pair.base, pair.current)}
        told = [Period(max(one.first, begun), one.last) for one in periods if one.last >= begun]
        return by_turn(self._stretches, self.owners, told)

    @cached_property
    def _credits(self) -> tuple[np.ndarray, np.ndarray]:
        """The day of each credit, and what moves with it: off that day and on to the invoice's."""
        taken, put = linked_credits(self.owners, *self._bounds)
        return np.concatenate([taken[:, 1], taken[:, 1]]), np.concatenate([taken, put])


def stored_pair() -> Pair | None:
    """Whose sums the night has, and no fact has changed since."""
    scoring = Scoring.current()
    if not scoring.whole or scoring.as_of is None or DirtyAccount.objects.exists():
        return None
    return pair_of(scoring.as_of)


def heads_of(state: State, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of `accounts` are known, and the position of the head of each that is."""
    known = state.knows(accounts)  # an import may bring new ones meanwhile
    return known, state.head[state.positions(accounts[known])]
