"""The customers a reader may see, ranked, as arrays: for own books, past days and exports.

The director's page of the newest day does not come here: it reads stored rows and stored totals,
because 100,000 accounts must not cost more than 1,000.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.choices import Basis
from accounts.models import Account, AccountDay, AccountScore, KeySpan, TierSpan
from common.dates import year_before
from kpi.rules import concentration as measures
from kpi.rules import pareto, windows
from people.models import User


@dataclass(frozen=True)
class Ranked:
    """One element per account, in the order of the ranking; those without revenue stand last.

    Sums are int64 units; `tier` holds letters in force, `cut` levels as of this day alone.
    """

    day: date
    ids: np.ndarray
    revenue: np.ndarray
    before: np.ndarray
    margin: np.ndarray
    uncosted: np.ndarray
    tier: np.ndarray
    cut: np.ndarray
    is_key: np.ndarray
    reason: np.ndarray
    basis: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def ranking(self) -> pareto.Ranking:
        return pareto.rank_accounts(self.basis)

    @cached_property
    def concentration(self) -> measures.Concentration:
        return measures.concentration(self.basis)

    @cached_property
    def concentration_before(self) -> measures.Concentration:
        """Of the same accounts by revenue, twelve months earlier."""
        return measures.concentration(self.before)


def ranked(
    user: User,
    day: date,
    *,
    is_newest: bool,
    basis: str = Basis.REVENUE,
    cuts: tuple[Decimal, Decimal] = pareto.DEFAULT_CUTS,
) -> Ranked:
    """The reader's customers as of `day`; one to three queries whatever their number.

    `is_newest`: the scores stand at `day`; else the daily facts are added up.
    """
    visible = Account.objects.visible_to(user)
    columns = _scores(visible) if is_newest else _history(visible, day)
    ids, revenue, before, margin, uncosted, tier, is_key, reason = columns
    basis_values = margin if basis == Basis.MARGIN else revenue
    ranking = pareto.rank_accounts(basis_values)
    level = pareto.tiers(ranking, cuts)
    order = np.lexsort((ids, -basis_values))
    return Ranked(
        day, *(column[order] for column in (ids, revenue, before, margin, uncosted)),
        *(column[order] for column in (tier, level, is_key, reason, basis_values)),
    )  # fmt: skip


def _scores(visible: QuerySet) -> tuple:
    """From the rows the night wrote."""
    chosen = AccountScore.objects.filter(counts_with=None, account__in=visible)
    fields = ("account_id", "revenue", "revenue_before", "margin", "uncosted")
    rows = _plain(chosen.values_list(*fields, "tier", "is_key", "key_reason"))
    numbers = np.array([row[:5] for row in rows], dtype=np.int64).reshape(len(rows), 5)
    tier = np.array([row[5] for row in rows], dtype="<U1")
    is_key = np.array([bool(row[6]) for row in rows], dtype=bool)
    reason = np.array([row[7] for row in rows], dtype="<U20")
    return (*numbers.T, tier, is_key, reason)


def _history(visible: QuerySet, day: date) -> tuple:
    """From the daily facts, with the tiers and keys that were in force on `day`."""
    start = year_before(day)
    this_year, last_year = Q(day__gt=start), Q(day__lte=start)
    rows = _plain(
        AccountDay.objects.filter(day__gt=windows.years_before(day, 2), day__lte=day)
        .annotate(top=Coalesce(F("account__score__counts_with"), F("account")))
        .filter(top__in=visible.values("pk"))
        .values_list("top")
        .annotate(
            a=Coalesce(Sum("net", filter=this_year), 0),
            b=Coalesce(Sum("net", filter=last_year), 0),
            c=Coalesce(Sum("cost", filter=this_year), 0),
            d=Coalesce(Sum("uncosted", filter=this_year), 0),
        )
        .order_by("top")
    )
    numbers = np.array(rows, dtype=np.int64).reshape(len(rows), 5)
    ids, revenue, before, cost, uncosted = numbers.T
    letter = dict(TierSpan.objects.on(day).values_list("account_id", "tier"))
    why = dict(KeySpan.objects.on(day).values_list("account_id", "reason"))
    tier = np.array([letter.get(int(pk), "N") for pk in ids], dtype="<U1")
    is_key = np.array([int(pk) in why for pk in ids], dtype=bool)
    reason = np.array([why.get(int(pk), "") for pk in ids], dtype="<U20")
    margin = windows.margin(revenue, cost, uncosted)
    return ids, revenue, before, margin, uncosted, tier, is_key, reason


def _plain(rows: QuerySet) -> list[tuple]:
    """Rows as the database gives them: units; Decimals would cost ten times the query."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # the reader may see no account at all
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
