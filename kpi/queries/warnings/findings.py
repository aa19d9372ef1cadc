"""Every warning that is true on a day, of the whole book: a handful of queries, none per account.

Read by the night. What excuses a silence is looked up only for those who are silent.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from accounts.models import Account
from accounts.queries.cadence import agreed_join, wanted_every
from common import dbops
from common.dates import year_before
from kpi.choices import AlertCause, AnswerVerb
from kpi.models import AlertAnswer
from kpi.queries.warnings import columns, excuses
from kpi.queries.warnings.signals import health_signals
from kpi.rules import warnings as rule
from people.models import company_zone

SILENCES = (AlertCause.RHYTHM, AlertCause.CHANCE)


@dataclass(frozen=True, slots=True)
class Findings:
    """`found` (rows of warning_changes.FOUND) stand; `waiting`: accounts whose silence is excused
    today."""

    found: np.ndarray
    paused: set[int]
    waiting: set[int]


def findings(day: dt.date) -> Findings:
    silent, links = _silences(day), excuses.links()
    paused, lost = excuses.pauses(day), _lost()
    seasons = _seasons(silent, links, day)
    group = excuses.groups(silent["account"], links)
    waits = _among(silent, excuses.open_orders(group, day)) | (seasons > day.toordinal())
    found = np.concatenate([silent[~waits], _contacts(day), *health_signals(day)])
    found = found[~_among(found, paused) & ~_is_lost(found, lost)]
    seasonal = np.intersect1d(found["account"], silent["account"][seasons > 0])
    _put_at_stake(found, excuses.same_weeks(excuses.groups(seasonal, links), day))
    return Findings(found, set(paused), set(silent["account"][waits].tolist()))


def _silences(day: dt.date) -> np.ndarray:
    """Silent for unusually long; else, where a chance is told, unlikely to order."""
    days = {"first": "first_order", "amber": "amber_day", "alarm": "alarm_day"}
    beyond = "s.amber_day <= %s AND s.alarm_day >= %s"
    unlikely = "s.amber_day > %s AND s.p_order <= %s AND s.revenue > 0"
    found = columns.read(
        {
            **{name: dbops.day_number(f"s.{column}") for name, column in days.items()},
            "usual": "COALESCE(s.usual_gap, 0)",
            "orders": "s.order_days",
        },
        f"({beyond} OR {unlikely})",
        [day, day - rule.GONE, day, rule.UNLIKELY],
    )
    today = day.toordinal()
    level = rule.silence_level(today, found["amber"], found["alarm"])
    silent = level != rule.CALM
    rhythm, chance = (columns.number(cause) for cause in SILENCES)
    found["cause"] = np.where(silent, rhythm, chance)
    found["level"] = np.where(silent, level, rule.chance_level(found["p"]))
    found["since"] = found["last"]
    found["raised"] = np.where(silent, found["amber"], today)
    found["red"] = _red(found, np.where(silent, found["alarm"], today))
    return found


def _contacts(day: dt.date) -> np.ndarray:
    """Key accounts whose last two-way contact is longer ago than agreed, and no meeting is planned.

    Where no contact is recorded at all nobody knows, and nothing is claimed.
    """
    join, held = agreed_join(day)
    since, every = dbops.day_number("r.last_two_way_on"), wanted_every()
    found = columns.read(
        {"since": since, "every": every},
        "s.is_key AND r.last_two_way_on IS NOT NULL AND (r.next_on IS NULL OR r.next_on < %s)"
        f" AND %s - {since} > {every}",
        [*held, day, day.toordinal()],
        joins=f"JOIN accounts_accountrhythm r ON r.account_id = a.id {join}",
    )
    level = rule.contact_level(day.toordinal(), found["since"], found["every"])
    found["level"], found["cause"] = level, columns.number(AlertCause.CADENCE)
    found["raised"] = found["since"] + found["every"] + 1
    found["red"] = _red(found, found["raised"] + found["every"])
    return found[level != rule.CALM]


def _red(found: np.ndarray, day: np.ndarray) -> np.ndarray:
    return np.where(found["level"] == rule.RED, day, 0)


def _seasons(silent: np.ndarray, links: np.ndarray, day: dt.date) -> np.ndarray:
    """Of each silence when its season ends, if they were silent in the same weeks of last year."""
    back = year_before(day)
    known = np.flatnonzero(silent["first"] <= year_before(back).toordinal())
    rows = silent[known]
    group = excuses.groups(rows["account"], links)
    at = np.searchsorted(group.accounts, rows["account"])
    before, after = (edge[at] for edge in excuses.around(group, back))
    ends = np.zeros(len(silent), dtype=np.int64)
    ends[known] = rule.season_ends(
        first=rows["first"], last=rows["last"], before=before, after=after,
        unusual=rows["amber"] - rows["last"], day=day.toordinal(), back=back.toordinal(),
    )  # fmt: skip
    return ends


def _lost() -> dict[int, dt.date]:
    """Account → the day somebody said it is lost."""
    rows = AlertAnswer.objects.valid().filter(verb=AnswerVerb.LOST).order_by("at")
    heads = rows.values_list("alert__account", "alert__account__merged_into", "at")
    zone = company_zone()
    return {merged or own: at.astimezone(zone).date() for own, merged, at in heads}


def _is_lost(found: np.ndarray, lost: dict[int, dt.date]) -> np.ndarray:
    """No order since somebody said so."""
    is_lost = np.zeros(len(found), dtype=bool)
    for at in np.flatnonzero(_among(found, lost)).tolist():
        is_lost[at] = found["last"][at] <= lost[int(found["account"][at])].toordinal()
    return is_lost


def _among(found: np.ndarray, accounts: Iterable[int]) -> np.ndarray:
    return np.isin(found["account"], np.fromiter(accounts, dtype=np.int64))


def _put_at_stake(found: np.ndarray, same_weeks: dict[int, int]) -> None:
    found["expected"] = rule.expected(found["revenue"])
    for at in np.flatnonzero(_among(found, same_weeks)).tolist():
        found["expected"][at] = max(0, same_weeks[int(found["account"][at])])
        found["is_season"][at] = 1
    found["stake"] = rule.at_stake(found["expected"], found["p"])


def ended(accounts: Iterable[int]) -> dict[int, tuple]:
    """Account → status and last order, to say why a warning ended."""
    found: dict[int, tuple] = {}
    for some in excuses.batches(set(accounts)):
        rows = Account.objects.filter(pk__in=some)
        found |= {row[0]: row[1:] for row in rows.values_list("pk", "status", "score__last_order")}
    return found
