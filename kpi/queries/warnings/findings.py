"""Every warning that is true on a day, of the whole book: a handful of queries, none per account.

Read by the night. What excuses a silence is looked up only for those who are silent.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from accounts.choices import AccountStatus
from accounts.queries.cadence import agreed_join, wanted_every
from common import dbops
from common.dates import year_before
from kpi.choices import AlertCause, AnswerVerb
from kpi.models import AlertAnswer
from kpi.queries.health.course import Slope
from kpi.queries.health.signals import FEWER
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


def findings(day: dt.date, standing: np.ndarray, falls: Mapping[int, Slope]) -> Findings:
    """`standing`: the warnings that are open (warning_changes.STANDING); `falls`: whose health fell
    fast."""
    told, links = _told(day), excuses.links()
    silent = _silences(told, day)
    paused, lost = excuses.pauses(day), _lost()
    seasons = _seasons(silent, links, day)
    group = excuses.groups(silent["account"], links)
    waits = _among(silent, excuses.open_orders(group, day)) | (seasons > day.toordinal())
    health = health_signals(told, falls, standing, day)
    found = np.concatenate([silent[~waits], _contacts(told, day), *health])
    found = found[~_among(found, paused) & ~_is_lost(found, lost)]
    seasonal = np.intersect1d(found["account"], silent["account"][seasons > 0])
    _put_at_stake(found, excuses.same_weeks(excuses.groups(seasonal, links), day))
    return Findings(found, set(paused), set(silent["account"][waits].tolist()))


def _told(day: dt.date) -> np.ndarray:
    """Of every active account that may be warned of by its orders, its contacts or its service
    lines: one look at the scores for all of them. Which warning it is, is the rules' to say."""
    join, held = agreed_join(day)
    since, every = dbops.day_number("r.last_two_way_on"), wanted_every()
    beyond = "s.amber_day <= %s AND s.alarm_day >= %s"
    unlikely = "s.amber_day > %s AND s.p_order <= %s AND s.revenue > 0"
    unmet = f"%s - {since} > NULLIF({every}, 0)"
    days = {"first": "s.first_order", "amber": "s.amber_day", "alarm": "s.alarm_day"}
    found = columns.read(
        {
            **{name: columns.day_of(column) for name, column in days.items()},
            "usual": columns.Wanted("s.usual_gap"),
            "orders": columns.Wanted("s.order_days"),
            "now": columns.Wanted("s.lines"),
            "peak": columns.Wanted("s.most_lines"),
            "since": columns.day_of("r.last_two_way_on"),
            "every": columns.Wanted(every),
        },
        f"({beyond} OR {unlikely} OR {FEWER} OR {unmet})",
        [day, *held, day, day - rule.GONE, day, rule.UNLIKELY, day.toordinal()],
        joins="LEFT JOIN accounts_accountrhythm r ON r.account_id = s.account_id AND s.is_key"
        f" AND (r.next_on IS NULL OR r.next_on < %s) {join}",
    )
    idle = dbops.read_ints(["id"], "FROM accounts_account WHERE status <> 'active'")
    return found[~np.isin(found["account"], idle)]


def _silences(told: np.ndarray, day: dt.date) -> np.ndarray:
    """Silent for unusually long; else, where a chance is told, unlikely to order."""
    today = day.toordinal()
    level = rule.silence_level(today, told["amber"], told["alarm"])
    unlikely = np.where(
        (told["amber"] > today) & (told["revenue"] > 0), rule.chance_level(told["p"]), rule.CALM
    )
    stands = np.maximum(level, unlikely) != rule.CALM
    found, silent = told[stands], level[stands] != rule.CALM
    rhythm, chance = (columns.number(cause) for cause in SILENCES)
    found["cause"] = np.where(silent, rhythm, chance)
    found["level"] = np.where(silent, level[stands], unlikely[stands])
    found["since"] = found["last"]
    found["raised"] = np.where(silent, found["amber"], today)
    found["red"] = _red(found, np.where(silent, found["alarm"], today))
    return found


def _contacts(told: np.ndarray, day: dt.date) -> np.ndarray:
    """Key accounts whose last two-way contact is longer ago than agreed, and no meeting is planned.

    Where no contact is recorded at all nobody knows, and nothing is claimed.
    """
    level = rule.contact_level(day.toordinal(), told["since"], told["every"])
    stands = level != rule.CALM
    found = told[stands]
    found["level"], found["cause"] = level[stands], columns.number(AlertCause.CADENCE)
    found["raised"] = found["since"] + found["every"] + 1
    found["red"] = _red(found, found["raised"] + found["every"])
    return found


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


def _among(found: np.ndarray, accounts: Collection[int]) -> np.ndarray:
    if not accounts:
        return np.zeros(len(found), dtype=bool)
    return np.isin(found["account"], np.fromiter(accounts, dtype=np.int64))


def _put_at_stake(found: np.ndarray, same_weeks: dict[int, int]) -> None:
    found["expected"] = rule.expected(found["revenue"])
    for at in np.flatnonzero(_among(found, same_weeks)).tolist():
        found["expected"][at] = max(0, same_weeks[int(found["account"][at])])
        found["is_season"][at] = 1
    found["stake"] = rule.at_stake(found["expected"], found["p"])


class Ended(NamedTuple):
    """Of an account whose warning ended: `last_order` 0 where there is none."""

    is_merged: int
    last_order: int


def ended(accounts: np.ndarray) -> dict[int, Ended]:
    """By account, to say why a warning ended."""
    where, params = dbops.one_of("a.id", np.unique(accounts))
    last = "(SELECT s.last_order FROM accounts_accountscore s WHERE s.account_id = a.id)"
    rows = dbops.read_ints(
        [
            "a.id", "CASE WHEN a.status = %s THEN 1 ELSE 0 END",
            f"COALESCE({dbops.day_number(last)}, 0)",
        ],
        f"FROM accounts_account a WHERE {where}",
        [AccountStatus.MERGED, *params],
    )  # fmt: skip
    return {account: Ended(*told) for account, *told in rows.tolist()}
