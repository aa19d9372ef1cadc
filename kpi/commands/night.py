"""The night's work: slide every account's windows to the day, judge the book, write what changed.

Whatever kills it, the next run ends in the same state. Scores, history and portfolio rows are
written between two marks of accounts.Scoring: `whole` goes false before the first write, true
with the new day in the last one. A run that finds it false builds the state from the daily facts
and rewinds the history to the last whole day; all else is the same path.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.commands.assignment import refresh_owners
from accounts.models import DirtyAccount, KeySpan, Scoring, TierSpan
from common import dbops
from common.dates import is_month_end
from common.jobs import silent
from common.money import from_units
from kpi.commands import history, scores
from kpi.commands.kept_scores import keep_scores
from kpi.models import CorrectedAccount, PortfolioDay
from kpi.queries import reporting
from kpi.queries import state as states
from kpi.queries.breadth import count_lines
from kpi.queries.judgement import RULE_VERSION, Decisions, Verdict, cuts_of, decisions, judge
from kpi.queries.portfolio_day import moves, portfolio_day
from kpi.queries.state import State, Stored
from kpi.rules.nights import steps
from people.models import company_day

LOCK = "night"
CORRECTED, DIRTY = CorrectedAccount._meta.db_table, DirtyAccount._meta.db_table
Progress = Callable[..., None]


@dataclass
class Beginning:
    """Where a night starts: the last judged day (None: the first night) and what it left.

    `touched`: positions whose facts changed since; None: all of them. `earlier`: those of them
    whose facts of a month before the running one may have changed.
    """

    since: dt.date | None
    rewind: bool
    state: State
    stored: Stored | None
    touched: np.ndarray | None
    earlier: np.ndarray | None


def recompute(*, as_of: dt.date | None = None, progress: Progress = silent) -> dict:
    """Compute all scores as of a day, by default today (a ledger that ended: its last day).

    Returns counts for the run's row. While another process does it, nothing is done and
    {"skipped": True} returned. JobCancelled from `progress` leaves it for the next run to mend.
    """
    begun = time.monotonic()
    with dbops.exclusive(LOCK) as free:
        if not free:
            return {"skipped": True}
        refresh_owners(day=company_day())
        day = as_of or reporting.reporting_day()
        try:
            result = _recompute(day, progress)
        except IntegrityError:  # an import was undone meanwhile and took its accounts with it
            result = _recompute(day, progress)
    return {**result, "as_of": day.isoformat(), "seconds": round(time.monotonic() - begun, 3)}


def _recompute(day: dt.date, progress: Progress) -> dict:
    dirty = _claim_dirty()
    begin, days = _begin(day, dirty)
    decided = decisions()
    tier_log, key_log = _logs(begin)
    rows: dict[dt.date, PortfolioDay] = {}
    for number, step in enumerate(days):
        progress(number, len(days) + 2)
        verdict = _judge_step(begin.state, step, decided)
        tier_log.change(verdict, verdict.tier)
        key_log.change(verdict, history.key_codes(verdict))
        rows[step] = portfolio_day(verdict)
    rows[day].moves = moves(verdict, rows)
    count_lines(begin.state, day, begin.since, begin.touched, begin.earlier)
    changed = _changed(verdict, begin)
    progress(len(days), len(days) + 2)
    with dbops.whole_write():
        Scoring.objects.update_or_create(pk=1, defaults={"whole": False})
        _rewind(begin)
        scores.write_scores(verdict, changed)
        keep_scores(verdict, begin.stored.kept if begin.stored else None)
        progress(len(days) + 1, len(days) + 2)
        for log in (tier_log, key_log):
            log.write(again=begin.since == day)
        _finish(verdict, list(rows.values()))
    return {
        "accounts": len(begin.state.ids),
        "changed": len(changed),
        "moves": tier_log.changes,
        "days": len(days),
    }


def _claim_dirty() -> np.ndarray:
    """[rows, 2]: the touched accounts, each with the first day that changed. They are marked as
    read; one touched again while we work loses the mark."""
    DirtyAccount.objects.filter(claimed=False).update(claimed=True)
    columns = ["account_id", dbops.day_number("since")]
    return dbops.read_ints(columns, f"FROM {DIRTY} WHERE claimed")


def _begin(day: dt.date, dirty: np.ndarray) -> tuple[Beginning, list[dt.date]]:
    """The state at the last judged day at or before `day`, and the days to judge from there."""
    scoring = Scoring.current()
    first_day = states.first_day()
    since, usable = _judged_before(day, scoring, first_day)
    goes_on = scoring.as_of is not None and scoring.as_of <= day
    days = steps(day, since=since, first_day=first_day, daily=goes_on)
    left = states.stored_state(since) if usable else None
    if left:
        state, stored = left
        regrouped = states.regrouped(state, stored)
        accounts, changed_from = dirty.T
        passed = accounts[changed_from <= since.toordinal()]
        stale = np.concatenate([regrouped, state.known_positions(passed)])
        if len(stale):
            states.rebuild(state, since, stale)
        months_ago = accounts[changed_from < day.replace(day=1).toordinal()]
        touched, earlier = (
            np.concatenate([regrouped, state.known_positions(pks)])
            for pks in (accounts, months_ago)
        )
        return Beginning(since, False, state, stored, touched, earlier), days
    state = states.empty_state()
    states.rebuild(state, since or days[0])
    return Beginning(since, scoring.pk is not None, state, None, None, None), days


def _judged_before(day, scoring: Scoring, first_day) -> tuple[dt.date | None, bool]:
    """The last judged day that still counts, and whether the stored state is of that day.

    A ledger that begins elsewhere than it did has another history: all of it is judged anew. What
    another version of the rules stored may lack what this one slides: it is built anew.
    """
    if scoring.as_of is None or scoring.first_day != first_day:
        return None, False
    if scoring.as_of <= day:
        return scoring.as_of, scoring.whole and scoring.rule_version == RULE_VERSION
    earlier = PortfolioDay.objects.filter(day__lt=day).order_by("-day").first()
    return (earlier.day if earlier else None), False


def _logs(begin: Beginning) -> tuple[history.SpanLog, history.SpanLog]:
    """What was in force on the last judged day: from the scores, else from the history."""
    ids, stored = begin.state.ids, begin.stored
    if stored is not None:
        reason = stored["key_reason"]
        keys = np.where(np.isin(reason, history.KEY_CODES), reason, history.NOTHING)
        values = {TierSpan: stored["tier"], KeySpan: keys}
    else:
        values = {
            model: history.values_on(model, ids, begin.since) for model in (TierSpan, KeySpan)
        }
    return tuple(history.SpanLog(model, ids, values[model]) for model in (TierSpan, KeySpan))


def _judge_step(state: State, day: dt.date, decided: Decisions) -> Verdict:
    """Slide to `day` and judge it; a state built on a month-end already remembers it."""
    if day > state.day:
        states.slide(state, day)
        if is_month_end(day):
            state.remember_month_end()
    return judge(state, decided)


def _changed(verdict: Verdict, begin: Beginning) -> np.ndarray:
    if begin.stored is None:
        return np.arange(len(begin.state.ids))
    return scores.changed_rows(verdict, begin.stored)


def _rewind(begin: Beginning) -> None:
    """After a crash, or to go back in time: drop what was written for later days."""
    if begin.rewind:
        history.forget_after(begin.since)
        later = PortfolioDay.objects.all()
        (later.filter(day__gt=begin.since) if begin.since else later).delete()


def _pass_on_claimed() -> None:
    """What was corrected is scored; the kept sums of the measures do not know it yet."""
    columns = "account_id, since"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {CORRECTED} ({columns})"  # noqa: S608
            f" SELECT {columns} FROM {DIRTY} WHERE claimed"
        )
    DirtyAccount.objects.filter(claimed=True).delete()


@transaction.atomic
def _finish(verdict: Verdict, rows: list[PortfolioDay]) -> None:
    """The last write: portfolio rows, the claimed accounts, and the mark that all is whole."""
    fields = [field.name for field in PortfolioDay._meta.fields if field.name not in ("id", "day")]
    PortfolioDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day"], update_fields=fields, batch_size=50
    )
    _pass_on_claimed()
    cut_a, cut_b = cuts_of(verdict.policy)
    Scoring.objects.filter(pk=1).update(
        as_of=verdict.day,
        whole=True,
        first_day=verdict.state.first_day,
        basis=verdict.policy.basis,
        total=from_units(verdict.ranking.total),
        ranked=verdict.ranking.count,
        cut_a=cut_a,
        cut_b=cut_b,
        degenerate=rows[-1].degenerate,
        rule_version=RULE_VERSION,
        finished_at=timezone.now(),
    )
