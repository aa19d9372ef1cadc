"""What happened at an account while its manager was away, in counts and in lines."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accounts.choices import TaskState
from accounts.models import Account, AccountDay, Cover, File, Promise, Task, Touchpoint
from people.models import User, company_day, company_midnight

MOST = 20


def span_of(cover: Cover) -> tuple[dt.date, dt.date]:
    """From the first day away to the first day back, or to tomorrow while it runs."""
    absence = cover.absence
    end = min(absence.valid_to, company_day() + dt.timedelta(days=1))
    return absence.valid_from, max(end, absence.valid_from)


def counted(cover: Cover) -> dict:
    """Plain figures of these days, as they are kept on handing back; `net` in units of money."""
    start, to = span_of(cover)
    parts = _parts(cover.account, start, to)
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


def _parts(account: Account, start: dt.date, to: dt.date) -> Parts:
    begin, end = company_midnight(start), company_midnight(to)
    during = {"gte": begin, "lt": end}

    def within(name: str) -> dict:
        return {f"{name}__{key}": value for key, value in during.items()}

    return Parts(
        Touchpoint.objects.done().filter(account=account, **within("at")),
        Task.objects.filter(account=account, state=TaskState.DONE, **within("settled_at")),
        Promise.objects.filter(account=account, made_on__gte=start, made_on__lt=to),
        File.objects.filter(account=account, removed_at=None, **within("uploaded_at")),
        AccountDay.objects.filter(account=account, day__gte=start, day__lt=to),
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


def meanwhile(cover: Cover, reader: User) -> Meanwhile | None:
    """None when the reader may not open the account now."""
    if not Account.objects.visible_to(reader).filter(pk=cover.account_id).exists():
        return None
    parts = _parts(cover.account, *span_of(cover))
    return Meanwhile(
        cover,
        list(parts.touchpoints.select_related("author").order_by("at")[:MOST]),
        list(parts.tasks.select_related("settled_by").order_by("settled_at")[:MOST]),
        list(parts.promises.select_related("contact", "colleague").order_by("made_on")[:MOST]),
        list(parts.files.order_by("pk")[:MOST]),
    )
