"""The dated history of tiers and of being key: one span per stretch, each with its reason."""

import datetime as dt
import json
from collections.abc import Callable

import numpy as np
from django.db import transaction
from django.db.models import Model, Q

from accounts.models import KeySpan, TierSpan
from common import dbops
from kpi.queries.judgement import TIER_REASONS, TIER_VERSION, Verdict
from kpi.rules import key, pareto

NOTHING = 0  # tier N and "not key" have no span
KEY_CODES = np.array([key.PIN, key.SHARE, key.TIER, key.CRITERIA])


class SpanLog:
    """Collects the changes of a night's days and writes them at its end.

    `values` is what is in force per position before the first day: a level or a reason code. A
    day that is judged again replaces what it began the first time.
    """

    def __init__(self, model: type[Model], ids: np.ndarray, values: np.ndarray):
        self.model, self.ids, self.values = model, ids, values.copy()
        self.closed: dict[dt.date, list[int]] = {}
        self.open: dict[int, tuple[dt.date, dict]] = {}
        self.rows: list[tuple] = []
        self.changes = 0

    def change(
        self, day: dt.date, values: np.ndarray, describe: Callable[[int, int], dict]
    ) -> None:
        """From `day` on `values` are in force; `describe(position, was)` names columns."""
        for position in np.flatnonzero(values != self.values):
            self.changes += 1
            self._close(int(position), day)
            if values[position] != NOTHING:
                fields = describe(int(position), int(self.values[position]))
                self.open[int(position)] = (day, fields)
        self.values = values.copy()

    def _close(self, position: int, day: dt.date) -> None:
        if position in self.open:
            self.rows.append(self._row(position, *self.open.pop(position), day))
        elif self.values[position] != NOTHING:
            self.closed.setdefault(day, []).append(int(self.ids[position]))

    def _row(self, position: int, since: dt.date, fields: dict, until: dt.date | None) -> tuple:
        return (
            int(self.ids[position]),
            since.isoformat(),
            until.isoformat() if until else None,
            *fields.values(),
            TIER_VERSION,
        )

    def write(self, *, again: bool) -> None:
        """Close what ended, then insert what began. `again`: the day had been judged before."""
        for day, ids in self.closed.items():
            for batch in dbops.batches(ids):
                with transaction.atomic():
                    self._end(day, batch)
        rows = self.rows + [self._row(at, *opened, None) for at, opened in self.open.items()]
        if again:
            rows = self._without_resumed(rows)
        if rows:
            columns = ["account_id", "valid_from", "valid_to", *self._names(), "rule_version"]
            for batch in dbops.batches(rows, dbops.batch_size()):
                with transaction.atomic():
                    dbops.insert_rows(self.model._meta.db_table, columns, batch)

    def _names(self) -> tuple[str, ...]:
        return ("tier", "reason", "data") if self.model is TierSpan else ("reason", "data")

    def _end(self, day: dt.date, ids: list[int]) -> None:
        spans = self.model.objects.filter(account__in=ids)
        spans.filter(valid_from=day, valid_to=None).delete()
        spans.filter(valid_from__lt=day, valid_to=None).update(valid_to=day)

    def _without_resumed(self, rows: list[tuple]) -> list[tuple]:
        """A day judged again may bring back what it ended at first: then the old span goes on."""
        wanted = {row[:2]: row for row in rows}
        resumed = []
        for batch in dbops.batches([row[0] for row in rows]):
            for span in self.model.objects.filter(account__in=batch, valid_to__in=self.closed):
                at = (span.account_id, span.valid_to.isoformat())
                if at in wanted and wanted[at][3] == getattr(span, self._names()[0]):
                    resumed.append(span.pk)
                    del wanted[at]
        for batch in dbops.batches(resumed):
            self.model.objects.filter(pk__in=batch).update(valid_to=None)
        return list(wanted.values())


def tier_changes(verdict: Verdict) -> Callable[[int, int], dict]:
    def describe(position: int, was: int) -> dict:
        data = {**verdict.figures(position), "was": str(pareto.LETTERS[was])}
        return {
            "tier": str(pareto.LETTERS[verdict.tier[position]]),
            "reason": TIER_REASONS[verdict.tier_reason[position]],
            "data": json.dumps(data),
        }

    return describe


def key_changes(verdict: Verdict) -> Callable[[int, int], dict]:
    def describe(position: int, was: int) -> dict:
        data = {**verdict.figures(position), "was": key.REASONS[was]}
        reason = key.REASONS[verdict.key_reason[position]]
        return {"reason": reason, "data": json.dumps(data)}

    return describe


def key_codes(verdict: Verdict) -> np.ndarray:
    """The reason of those that are key, NOTHING for the others."""
    return np.where(verdict.key, verdict.key_reason, NOTHING)


def values_on(model: type[Model], ids: np.ndarray, day: dt.date | None) -> np.ndarray:
    """What the written history says was in force on `day`."""
    values = np.zeros(len(ids), dtype=np.int64)
    if day is None:
        return values
    words = list(pareto.LETTERS) if model is TierSpan else list(key.REASONS)
    column = "tier" if model is TierSpan else "reason"
    for account, word in model.objects.on(day).values_list("account_id", column):
        values[np.searchsorted(ids, account)] = words.index(word)
    return values


def forget_after(day: dt.date | None) -> None:
    """Make the history end with `day`, as if no later one had been judged; None: forget all."""
    for model in (TierSpan, KeySpan):
        later = Q() if day is None else Q(valid_from__gt=day)
        _in_batches(model.objects.filter(later), lambda rows: rows.delete())
        if day is not None:
            _in_batches(
                model.objects.filter(valid_to__gt=day), lambda rows: rows.update(valid_to=None)
            )


def _in_batches(rows, act: Callable) -> None:
    while pks := list(rows.values_list("pk", flat=True)[: dbops.batch_size()]):
        with transaction.atomic():
            act(rows.model.objects.filter(pk__in=pks))
