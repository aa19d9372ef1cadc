"""Warnings as columns of numbers, read with the scores of their accounts and told in words."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from common import dbops
from kpi.choices import AlertCause, AlertLevel
from kpi.rules import warning_changes as table
from kpi.rules import warnings as rule
from kpi.rules.warning_changes import Finding

CAUSES = tuple(AlertCause.values)  # a cause, and a level, as a number: its place
LEVELS = ("", AlertLevel.AMBER, AlertLevel.RED)
SILENT = ("usual", "orders", "p", "amber", "alarm")
EVIDENCE = {
    AlertCause.RHYTHM: SILENT, AlertCause.CHANCE: SILENT, AlertCause.SLOPE: ("now", "then"),
    AlertCause.SPONSOR: ("days",), AlertCause.LINES: ("now", "peak"),
    AlertCause.CADENCE: ("every",),
}  # fmt: skip
DAYS = ("amber", "alarm")
DAY, COUNT, PACKED = 22, 20, 63  # bits


class Wanted(NamedTuple):
    """SQL for a number that is not below zero, its bits; none is 0."""

    sql: str
    bits: int = COUNT


def day_of(column: str) -> Wanted:
    return Wanted(dbops.day_number(column), DAY)


def every_one() -> dict[str, Wanted]:
    """What all warnings are told with."""
    return {"last": day_of("s.last_order"), "p": Wanted(f"s.p_order - {rule.NOT_TOLD}", 7)}


def number(cause: str) -> int:
    return CAUSES.index(cause)


def day_or_none(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def read(
    columns: Mapping[str, Wanted], where: str, params: Sequence, *, joins: str = ""
) -> np.ndarray:
    """A finding for each account that stands alone and of which `where` is true, without cause:
    `columns` of the scores `s` and what is joined, and what all warnings are told with."""
    told = {**every_one(), **columns}
    packed = list(_packed(told))
    rows = dbops.read_ints(
        ["s.account_id", "s.revenue", *(_side_by_side(told, names) for names in packed)],
        f"FROM accounts_accountscore s {joins} WHERE s.counts_with_id IS NULL AND {where}",
        params,
    )
    found = table.found(len(rows), account=rows[:, 0], revenue=rows[:, 1])
    for column, names in zip(rows.T[2:], packed, strict=True):
        bits = [told[name].bits for name in names]
        for name, values in zip(names, dbops.apart(column, *bits), strict=True):
            found[name] = values
    found["p"] += rule.NOT_TOLD
    return found


def _packed(told: Mapping[str, Wanted]) -> Iterator[list[str]]:
    """Names of columns that are read side by side."""
    names: list[str] = []
    for name in told:
        if sum(told[one].bits for one in [*names, name]) > PACKED:
            yield names
            names = []
        names.append(name)
    yield names


def _side_by_side(told: Mapping[str, Wanted], names: Sequence[str]) -> str:
    parts = ((f"COALESCE({told[name].sql}, 0)", told[name].bits) for name in names)
    return dbops.side_by_side(*parts)


def evidence(row: Finding) -> dict:
    """What the warning keeps of the day it was seen."""
    told: dict = {name: getattr(row, name) for name in EVIDENCE[CAUSES[row.cause]]}
    told |= {name: day_or_none(told[name]).isoformat() for name in DAYS if name in told}
    if told.get("p") == rule.NOT_TOLD:
        told["p"] = None
    basis = "season" if row.is_season else "year"
    return {**told, "expected": row.expected, "basis": basis, "rule": rule.RULE_VERSION}
