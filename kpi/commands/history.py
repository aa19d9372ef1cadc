"""The dated history of tiers and of being key: one span per stretch, each with its reason."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.db.models import Model, Q

from accounts.models import KeySpan, TierSpan
from common import dbops
from kpi.queries.judgement import TIER_REASONS, TIER_VERSION, Figures, Verdict
from kpi.rules import key, pareto

LEVELS = tuple(map(str, pareto.LETTERS))
NOTHING = 0  # tier N and "not key" have no span
KEY_CODES = np.array([key.PIN, key.SHARE, key.TIER, key.CRITERIA])


@dataclass(frozen=True)
class Turn:
    """What came into force on one day, of positions `at`: values, those before, and why."""

    day: dt.date
    at: np.ndarray
    was: np.ndarray
    now: np.ndarray
    reason: np.ndarray
    figures: Figures


class SpanLog:
    """Collects the changes of a night's days and writes them at its end.

    `values` is what is in force per position before the first day: a level or a reason code. A
    day that is judged again replaces what it began the first time. A first night has millions of
    changes: they lie as columns, and become rows while they are written.
    """

    def __init__(self, model: type[Model], ids: np.ndarray, values: np.ndarray):
        self.model, self.ids, self.values = model, ids, values.copy()
        self.turns: list[Turn] = []

    @property
    def changes(self) -> int:
        return sum(len(turn.at) for turn in self.turns)

    def change(self, verdict: Verdict, values: np.ndarray) -> None:
        """From the day of `verdict` on `values` are in force."""
        at = np.flatnonzero(values != self.values)
        was, now = self.values[at], values[at]
        self.turns.append(
            Turn(verdict.day, at, was, now, verdict.tier_reason[at], verdict.figures(at))
        )
        self.values = values.copy()

    def write(self, *, again: bool) -> None:
        """Close what ended, then insert what began. `again`: the day had been judged before."""
        for day, ids in self._ended():
            for batch in dbops.batches(ids):
                with transaction.atomic():
                    self._end(day, batch)
        rows = self._without_resumed(list(self._rows())) if again else self._rows()
        columns = ["account_id", "valid_from", "valid_to", *self._names(), "rule_version"]
        for batch in dbops.chunks(rows, dbops.batch_size()):
            with transaction.atomic():
                dbops.insert_rows(self.model._meta.db_table, columns, batch)

    def _ended(self) -> Iterator[tuple[dt.date, list[int]]]:
        """Accounts whose span of before the first day ended, by day."""
        seen = np.zeros(len(self.ids), dtype=bool)
        for turn in self.turns:
            yield turn.day, self.ids[turn.at[~seen[turn.at] & (turn.was != NOTHING)]].tolist()
            seen[turn.at] = True

    def _rows(self) -> Iterator[tuple]:
        """Each span that began; it ends with the next turn of its account."""
        days = [*(turn.day.isoformat() for turn in self.turns), None]
        for number, (turn, ends) in enumerate(zip(self.turns, self._ends(), strict=True)):
            for row in np.flatnonzero(turn.now != NOTHING):
                account, words = int(self.ids[turn.at[row]]), self._words(turn, row)
                yield account, days[number], days[ends[row]], *words, TIER_VERSION

    def _ends(self) -> list[np.ndarray]:
        """Of each turn, the place of the next one of each of its accounts; -1: none followed."""
        following, found = np.full(len(self.ids), -1), []
        for number, turn in reversed(list(enumerate(self.turns))):
            found.append(following[turn.at])
            following[turn.at] = number
        return found[::-1]

    def _names(self) -> tuple[str, ...]:
        return ("tier", "reason", "data") if self.model is TierSpan else ("reason", "data")

    def _words(self, turn: Turn, row: int) -> tuple[str, ...]:
        """The values of _names."""
        words = LEVELS if self.model is TierSpan else key.REASONS
        now, was = words[turn.now[row]], words[turn.was[row]]
        data = json.dumps({**turn.figures.told(row), "was": was})
        if self.model is TierSpan:
            return now, TIER_REASONS[turn.reason[row]], data
        return now, data

    def _end(self, day: dt.date, ids: list[int]) -> None:
        spans = self.model.objects.filter(account__in=ids)
        spans.filter(valid_from=day, valid_to=None).delete()
        spans.filter(valid_from__lt=day, valid_to=None).update(valid_to=day)

    def _without_resumed(self, rows: list[tuple]) -> list[tuple]:
        """A day judged again may bring back what it ended at first: then the old span goes on."""
        wanted = {row[:2]: row for row in rows}
        days, resumed = [turn.day for turn in self.turns], []
        for batch in dbops.batches([row[0] for row in rows]):
            for span in self.model.objects.filter(account__in=batch, valid_to__in=days):
                at = (span.account_id, span.valid_to.isoformat())
                if at in wanted and wanted[at][3] == getattr(span, self._names()[0]):
                    resumed.append(span.pk)
                    del wanted[at]
        for batch in dbops.batches(resumed):
            self.model.objects.filter(pk__in=batch).update(valid_to=None)
        return list(wanted.values())


def key_codes(verdict: Verdict) -> np.ndarray:
    """The reason of those that are key, NOTHING for the others."""
    return np.where(verdict.key, verdict.key_reason, NOTHING)


def values_on(model: type[Model], ids: np.ndarray, day: dt.date | None) -> np.ndarray:
    """What the written history says was in force on `day`."""
    values = np.zeros(len(ids), dtype=np.int64)
    if day is None:
        return values
    words, column = (LEVELS, "tier") if model is TierSpan else (key.REASONS, "reason")
    rows = dbops.read_ints(
        ["account_id", dbops.place_in(column, words, 0)],
        f"FROM {model._meta.db_table} WHERE valid_from <= %s"
        " AND (valid_to IS NULL OR valid_to > %s)",
        [day, day],
    )
    values[np.searchsorted(ids, rows[:, 0])] = rows[:, 1]
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
