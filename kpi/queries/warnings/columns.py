"""Warnings as columns of numbers, read with the scores of their accounts and told in words."""

import datetime as dt
from collections.abc import Mapping, Sequence

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


def number(cause: str) -> int:
    return CAUSES.index(cause)


def day_or_none(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def numbered(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a text among our own words."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} END"


def read(
    columns: Mapping[str, str], where: str, params: Sequence, *, joins: str = ""
) -> np.ndarray:
    """Findings about active accounts that stand alone: `columns` (SQL by name; s: the scores) and
    what every warning is told with."""
    every = {
        "account": "s.account_id",
        "last": f"COALESCE({dbops.day_number('s.last_order')}, 0)",
        "revenue": "s.revenue",
        "p": f"COALESCE(s.p_order, {rule.NOT_TOLD})",
        **columns,
    }
    rows = dbops.read_ints(
        list(every.values()),
        "FROM accounts_accountscore s JOIN accounts_account a ON a.id = s.account_id"
        f" {joins} WHERE s.counts_with_id IS NULL AND a.status = 'active' AND {where}",
        params,
    )
    return table.found(len(rows), **dict(zip(every, rows.T, strict=True)))


def evidence(row: Finding) -> dict:
    """What the warning keeps of the day it was seen."""
    told: dict = {name: getattr(row, name) for name in EVIDENCE[CAUSES[row.cause]]}
    told |= {name: day_or_none(told[name]).isoformat() for name in DAYS if name in told}
    if told.get("p") == rule.NOT_TOLD:
        told["p"] = None
    basis = "season" if row.is_season else "year"
    return {**told, "expected": row.expected, "basis": basis, "rule": rule.RULE_VERSION}
