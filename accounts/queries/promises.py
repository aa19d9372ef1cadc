"""Promises as a reader sees them: of an account, of a person, and all that are open."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils import timezone

from accounts.choices import PromiseState
from accounts.models import Account, Promise
from people.models import User

MOST = 200
ON_OVERVIEW = 5


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with how late it is; `may_settle`: the reader may say how it ended."""

    promise: Promise
    overdue_days: int
    may_settle: bool

    @property
    def is_open(self) -> bool:
        return self.promise.state == PromiseState.OPEN


def in_order(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    """Open first, the longest overdue on top; then what has ended, newest first."""
    ended = Case(
        When(state=PromiseState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = rows.select_related("colleague", "contact", "account")
    return rows.annotate(ended=ended).order_by(
        "ended", F("settled_on").desc(nulls_first=True), F("due").asc(nulls_last=True), "pk"
    )


def line(promise: Promise, *, may_settle: bool, day: dt.date) -> PromiseLine:
    late = promise.state == PromiseState.OPEN and promise.due is not None
    return PromiseLine(promise, max(0, (day - promise.due).days) if late else 0, may_settle)


def promises_of(
    account: Account, *, may_settle: bool, only_open: bool = False, most: int = MOST
) -> list[PromiseLine]:
    """Of an account the reader may open; one query."""
    rows = Promise.objects.filter(account=account)
    rows = in_order(rows.open() if only_open else rows)
    today = timezone.localdate()
    return [line(row, may_settle=may_settle, day=today) for row in rows[:most]]


def open_promises(
    reader: User, *, whose: str = "", mine: bool = False, q: str = "", most: int = MOST
) -> list[PromiseLine]:
    """Open ones of all accounts the reader may open; two queries.

    `whose` "ours" or "theirs" narrows to a direction, `mine` to those the reader made or heard.
    """
    rows = Promise.objects.visible_to(reader).open()
    if whose in ("ours", "theirs"):
        rows = rows.filter(is_ours=whose == "ours")
    if mine:
        rows = rows.filter(colleague=reader)
    if q:
        rows = rows.filter(text__icontains=q)
    today = timezone.localdate()
    found = list(in_order(rows)[:most])
    ids = {row.account_id for row in found}
    may = set(Account.objects.editable_by(reader).filter(pk__in=ids).values_list("pk", flat=True))
    return [line(row, may_settle=row.account_id in may, day=today) for row in found]
