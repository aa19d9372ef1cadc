"""The book of customers as arrays, read from the scores: what the laboratory works on."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from accounts.choices import Basis, PinKind
from accounts.models import AccountScore, Criterion, CriterionMark, Pin, Policy, Scoring
from kpi.rules import hysteresis, key, laboratory, pareto

TIER_PINS = {PinKind.TIER_A: pareto.A, PinKind.TIER_B: pareto.B, PinKind.TIER_C: pareto.C}
KEY_PINS = {PinKind.KEY: key.PINNED_IN, PinKind.NOT_KEY: key.PINNED_OUT}
REVENUE = ("revenue", "month_end_revenue", "earlier_month_end_revenue")
MARGIN = ("margin", "month_end_margin", "earlier_month_end_margin")


@dataclass(frozen=True, slots=True)
class CurrentBook:
    """`book` as of `day` (None before the first night), and the criteria its marks stand for."""

    day: date | None
    book: laboratory.Book
    criteria: list[Criterion]


def current_book() -> CurrentBook:
    """The whole company's book as the last night left it; five queries whatever its size."""
    scoring = Scoring.current()
    criteria = list(Criterion.objects.filter(is_active=True))
    rows = _rows(("account_id", *REVENUE, *MARGIN))
    ids = rows[:, 0]
    kept = 1
    if scoring.as_of:
        kept += len(hysteresis.remembered_month_ends(scoring.as_of, scoring.first_day))
    tier_pin, key_pin = _pins(ids, scoring.as_of)
    book = laboratory.Book(
        ids=ids,
        revenue=rows[:, 1 : 1 + kept],
        margin=rows[:, 4 : 4 + kept],
        marks=_marks(ids, criteria, scoring.as_of),
        tier_pin=tier_pin,
        key_pin=key_pin,
    )
    return CurrentBook(scoring.as_of, book, criteria)


def plain_rules(policy: Policy, criteria: list[Criterion]) -> laboratory.Rules:
    """A policy's rules as plain values; weights in the order of `criteria`."""
    return laboratory.Rules(
        by_margin=policy.basis == Basis.MARGIN,
        cuts=(policy.cut_a, policy.cut_b),
        keys=key.KeyRules(
            tier_a=policy.tier_a_is_key,
            cap=policy.cap,
            share_percent=policy.single_share,
            criteria_threshold=policy.criteria_threshold,
        ),
        weights=tuple(policy.weight_of(criterion) for criterion in criteria),
        accounts_per_kam=policy.accounts_per_kam,
    )


def policy_on(day: date | None) -> Policy:
    """The policy in force on `day`, the first one before that, an unsaved one without any."""
    rows = list(Policy.objects.exclude(adopted_on=None).order_by("adopted_on", "pk"))
    adopted = [row for row in rows if day and row.adopted_on <= day]
    return (adopted[-1:] or rows[:1] or [Policy()])[0]


def _rows(fields: tuple[str, ...]) -> np.ndarray:
    """int64 [accounts, fields] of those that stand alone, by account; units, not Decimals.

    The ORM would make a Decimal of each sum, which at 100,000 accounts costs ten times the query.
    """
    chosen = AccountScore.objects.filter(counts_with=None).order_by("account_id")
    sql, params = chosen.values_list(*fields).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(fields))


def _pins(ids: np.ndarray, day: date | None) -> tuple[np.ndarray, np.ndarray]:
    tier = np.full(len(ids), laboratory.UNPINNED, dtype=np.int64)
    keys = np.zeros(len(ids), dtype=np.int64)
    pins = Pin.objects.on(day).order_by("valid_from", "pk") if day else ()
    for pin in pins:
        index = _index(ids, pin.account_id)
        if index is None:
            continue
        if pin.kind in TIER_PINS:
            tier[index] = TIER_PINS[pin.kind]
        else:
            keys[index] = KEY_PINS[pin.kind]
    return tier, keys


def _marks(ids: np.ndarray, criteria: list[Criterion], day: date | None) -> np.ndarray:
    """The newest mark of each account by each criterion on or before `day`."""
    marks = np.zeros((len(ids), len(criteria)), dtype=np.int64)
    column = {criterion.pk: number for number, criterion in enumerate(criteria)}
    given = CriterionMark.objects.filter(day__lte=day).order_by("day", "pk") if day else ()
    for mark in given:
        index = _index(ids, mark.account_id)
        if index is not None and mark.criterion_id in column:
            marks[index, column[mark.criterion_id]] = mark.mark
    return marks


def _index(ids: np.ndarray, account_id: int) -> int | None:
    found = int(np.searchsorted(ids, account_id))
    return found if found < len(ids) and ids[found] == account_id else None
