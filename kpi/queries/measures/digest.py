"""Whether anything that past readings were made of has changed since.

Contacts by month, whose the accounts were, and which count together: a day's digest changes when
something up to its month is corrected. Cheap enough for every night. Who corrects the ledger says
so (kpi.commands.kept): the digests of the days it reaches are forgotten.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

import numpy as np
from django.db.models import Count, Max, Q, Sum

from accounts.models import Account, Touchpoint
from common.dates import month_end
from kpi.models import Appraisal, PlanVersion
from kpi.queries.measures.registry import RECORDED
from kpi.rules.windows import years_before

DAY = dt.timedelta(days=1)
YEARS = 4  # of facts behind a day: two years, the 24 months before the newer one, and some more


def digests(days: Iterable[dt.date], holdings: np.ndarray) -> dict[dt.date, str]:
    """A constant number of queries. `holdings` are all there are (read_holdings)."""
    days = sorted(days)
    if not days:
        return {}
    contacts, groups = _contacts(), _groups()
    plans, judged = _plans(), _judged()
    versions = [[one.code, one.version] for one in RECORDED]
    found = {}
    for day in days:
        begin, end = years_before(day, YEARS).toordinal(), month_end(day).toordinal()
        parts = [
            versions,
            groups,
            _owners(holdings, day),
            plans.get(day.year, []),
            [row for row in judged if row[0] <= day + DAY],
            [row for row in contacts if begin <= row[0] <= end],
        ]
        text = json.dumps(parts, default=str)
        found[day] = hashlib.sha256(text.encode()).hexdigest()
    return found


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


def _owners(holdings: np.ndarray, day: dt.date) -> list[list[int]]:
    """How many had begun and ended by the day, the newest of them, and sums that tell whose."""
    _account, first, end, user, pk = holdings.T
    begun = first <= day.toordinal()
    ended = pk[begun & (end <= day.toordinal())]
    return [
        [int(begun.sum()), *_ends(pk[begun]), int(user[begun].sum())],
        [len(ended), *_ends(ended), int(ended.sum())],
    ]


def _ends(ids: np.ndarray) -> list[int]:
    return [int(ids.min()), int(ids.max())] if len(ids) else []
