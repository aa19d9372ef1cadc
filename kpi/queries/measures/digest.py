"""Whether anything that past readings were made of has changed since.

Sums of the ledger and of contacts by month, whose the accounts were, and which count together: a
day's digest changes when something up to its month is corrected. Cheap enough for every night.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

import numpy as np
from django.db.models import Count, Max, Q, Sum

from accounts.choices import AssignmentRole
from accounts.models import Account, AccountDay, Assignment, Touchpoint
from common import dbops
from common.dates import month_end
from kpi.models import Appraisal, LedgerMonth, PlanVersion
from kpi.queries.measures.registry import RECORDED
from kpi.rules.attribution import OPEN
from kpi.rules.windows import years_before

DAY = dt.timedelta(days=1)
# What is left of a number over a prime: money that went between accounts changes the sum.
MIX = "(account_id - account_id / 9973 * 9973)"
YEARS = 4  # of facts behind a day: two years, the 24 months before the newer one, and some more


def digests(days: Iterable[dt.date]) -> dict[dt.date, str]:
    """A constant number of queries."""
    days = sorted(days)
    if not days:
        return {}
    ledger, contacts, groups = _ledger(), _contacts(), _groups()
    plans, judged, assignments = _plans(), _judged(), _assignments()
    versions = [[one.code, one.version] for one in RECORDED]
    found = {}
    for day in days:
        begin, end = years_before(day, YEARS).toordinal(), month_end(day).toordinal()
        parts = [
            versions,
            groups,
            _owners(assignments, day),
            plans.get(day.year, []),
            [row for row in judged if row[0] <= day + DAY],
            [row for row in ledger if begin <= row[0] <= end],
            [row for row in contacts if begin <= row[0] <= end],
        ]
        text = json.dumps(parts, default=str)
        found[day] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _ledger() -> list[list]:
    """As the night keeps them (kpi.commands.kept)."""
    rows = LedgerMonth.objects.values_list(
        "month", "net", "cost", "uncosted", "lines", "accounts", "mix"
    )
    return [[month.toordinal(), *sums] for month, *sums in rows]


def ledger_months(since: dt.date | None) -> list[LedgerMonth]:
    """Unsaved, of `since` and all later months; None: of all. The database adds up days, which is
    cheaper than asking each row's month."""
    condition, params = ("WHERE day >= %s ", [since]) if since else ("", [])
    rows = dbops.read_ints(
        [
            dbops.day_number("day"), "SUM(net)", "SUM(cost)", "SUM(uncosted)", "SUM(lines)",
            "SUM(account_id * lines)", f"SUM({MIX} * (net + 7 * cost))",
        ],
        f"FROM {AccountDay._meta.db_table} {condition}GROUP BY day ORDER BY 1",
        params,
    )  # fmt: skip
    months: dict[dt.date, np.ndarray] = {}
    for day, *sums in rows.tolist():
        month = dt.date.fromordinal(day).replace(day=1)
        months[month] = months.get(month, 0) + np.array(sums, dtype=np.int64)
    names = ("net", "cost", "uncosted", "lines", "accounts", "mix")
    return [
        LedgerMonth(month=month, **dict(zip(names, sums.tolist(), strict=True)))
        for month, sums in months.items()
    ]


def _contacts() -> list[list[int]]:
    rows = Touchpoint.objects.meaningful().order_by().values_list("at__year", "at__month")
    counted = rows.annotate(n=Count("pk"), last=Max("pk"))
    return sorted(
        [dt.date(year, month, 1).toordinal(), n, last] for year, month, n, last in counted
    )


def _groups() -> dict:
    linked = Q(merged_into__isnull=False) | Q(parent__isnull=False, rolls_up=True)
    return Account.objects.filter(linked).aggregate(
        n=Count("pk"), ids=Sum("pk"), into=Sum("merged_into"), above=Sum("parent")
    )


def _plans() -> dict[int, list]:
    rows = PlanVersion.objects.adopted().order_by("pk").values_list("year", "pk", "valid_from")
    found: dict[int, list] = {}
    for year, pk, since in rows:
        found.setdefault(year, []).append([pk, since])
    return found


def _judged() -> list[tuple[dt.date, int]]:
    """When each was made, to the day of any time zone."""
    rows = Appraisal.objects.order_by("pk").values_list("made_at", "pk")
    return [(made.date(), pk) for made, pk in rows]


def _assignments() -> np.ndarray:
    """[rows, 4] of owners: id, user, first day and the day after the last."""
    until = f"COALESCE({dbops.day_number('valid_to')}, {OPEN})"
    return dbops.read_ints(
        ["id", "user_id", dbops.day_number("valid_from"), until],
        f"FROM {Assignment._meta.db_table} WHERE role = %s",
        [AssignmentRole.OWNER.value],
    )


def _owners(rows: np.ndarray, day: dt.date) -> list[list[int]]:
    """How many had begun and ended by the day, the newest of them, and sums that tell whose."""
    begun = rows[rows[:, 2] <= day.toordinal()]
    ended = begun[begun[:, 3] <= day.toordinal(), 0]
    return [
        [len(begun), *_ends(begun[:, 0]), int(begun[:, 1].sum())],
        [len(ended), *_ends(ended), int(ended.sum())],
    ]


def _ends(ids: np.ndarray) -> list[int]:
    return [int(ids.min()), int(ids.max())] if len(ids) else []
