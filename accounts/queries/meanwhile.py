"""What happened at an account while its manager was away, in counts and in lines."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accounts.choices import TaskState
from accounts.models import Account, AccountDay, Cover, File, Promise, Task, Touchpoint
from people.models import User, company_day, company_midnight

MOST = 20
COUNTS = ("touchpoints", "tasks", "promises", "files", "orders")


def span_of(cover: Cover) -> tuple[dt.date, dt.date]:
    """From the first day away to the first day back, or to tomorrow while it runs."""
    absence = cover.absence
    end = min(absence.valid_to, company_day() + dt.timedelta(days=1))
    return absence.valid_from, max(end, absence.valid_from)


def counted(cover: Cover) -> dict:
    """Plain figures of these days, as they are kept on handing back; `net` in units of money."""
    start, to = span_of(cover)
    parts = _parts([cover.account_id], start, to)
    net = parts.orders.aggregate(net=Sum("net"))["net"]
    return {
        "from": start.isoformat(), "to": to.isoformat(),
        "touchpoints": parts.touchpoints.count(), "tasks": parts.tasks.count(),
        "promises": parts.promises.count(), "files": parts.files.count(),
        "orders": parts.orders.filter(net__gt=0).count(), "net": str(net or 0),
    }  # fmt: skip


@dataclass(frozen=True)
class Parts:
    touchpoints: QuerySet[Touchpoint]
    tasks: QuerySet[Task]
    promises: QuerySet[Promise]
    files: QuerySet[File]
    orders: QuerySet[AccountDay]


def _parts(accounts: Sequence[int], start: dt.date, to: dt.date) -> Parts:
    begin, end = company_midnight(start), company_midnight(to)
    during = {"gte": begin, "lt": end}

    def within(name: str) -> dict:
        return {f"{name}__{key}": value for key, value in during.items()}

    return Parts(
        Touchpoint.objects.done().filter(account__in=accounts, **within("at")),
        Task.objects.filter(account__in=accounts, state=TaskState.DONE, **within("settled_at")),
        Promise.objects.filter(account__in=accounts, made_on__gte=start, made_on__lt=to),
        File.objects.filter(account__in=accounts, removed_at=None, **within("uploaded_at")),
        AccountDay.objects.filter(account__in=accounts, day__gte=start, day__lt=to),
    )


@dataclass(frozen=True)
class Meanwhile:
    """Lines for who may open the account now; the counts are there for everybody concerned."""

    cover: Cover
    touchpoints: list[Touchpoint]
    tasks: list[Task]
    promises: list[Promise]
    files: list[File]

    @property
    def is_empty(self) -> bool:
        return not (self.touchpoints or self.tasks or self.promises or self.files)

    @property
    def is_told(self) -> bool:
        """Something happened, or somebody wrote a sentence."""
        counts = (value for name, value in self.cover.summary.items() if name in COUNTS)
        return bool(self.cover.words) or any(counts) or not self.is_empty


def meanwhiles(covers: Sequence[Cover], reader: User) -> list[Meanwhile]:
    """Of one absence's accounts, as far as the reader may open them now; as many queries for one
    as for many."""
    ids = [cover.account_id for cover in covers]
    seen = set(Account.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [cover for cover in covers if cover.account_id in seen]
    if not shown:
        return []
    parts = _parts(sorted(seen), *span_of(shown[0]))
    rows = (
        _sorted_out(parts.touchpoints.select_related("author").order_by("at")),
        _sorted_out(parts.tasks.select_related("settled_by").order_by("settled_at")),
        _sorted_out(parts.promises.select_related("contact", "colleague").order_by("made_on")),
        _sorted_out(parts.files.order_by("pk")),
    )
    return [Meanwhile(cover, *(held[cover.account_id] for held in rows)) for cover in shown]


def _sorted_out(rows: QuerySet) -> dict[int, list]:
    """By account, the first of each."""
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        if len(found[row.account_id]) < MOST:
            found[row.account_id].append(row)
    return found


def meanwhile(cover: Cover, reader: User) -> Meanwhile | None:
    """None when the reader may not open the account now."""
    return next(iter(meanwhiles([cover], reader)), None)
