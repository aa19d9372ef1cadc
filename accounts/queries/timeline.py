"""Touchpoints as they are read: newest first, by month, with the silences between them."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.choices import Channel, Direction, TouchpointState
from accounts.models import (
    Account,
    Contact,
    File,
    Promise,
    Task,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from common import folding
from common.ids import row_id
from people.models import User

PER_PAGE = 20
GAP_DAYS = 45
LIVE = (TouchpointState.DONE, TouchpointState.PLANNED)
ICONS = {
    Channel.MEETING: "people",
    Channel.VIDEO: "camera-video",
    Channel.CALL: "telephone",
    Channel.MESSAGE: "chat-left-text",
    Channel.MAIL: "envelope",
    Channel.EVENT: "calendar-event",
    Channel.INFORMAL: "cup-hot",
}
TONES = {-1: "dan", 1: "pos"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for; empty is everything that was not called off or taken back."""

    channel: str = ""
    contact: int | None = None
    colleague: int | None = None
    tone: int | None = None
    state: str = ""
    q: str = ""

    @classmethod
    def read(cls, given) -> "Filters":
        """From a query string; what makes no sense is left out."""
        channel, state, tone = given.get("channel"), given.get("state"), given.get("tone")
        return cls(
            channel=channel if channel in Channel.values else "",
            contact=row_id(given.get("contact") or ""),
            colleague=row_id(given.get("colleague") or ""),
            tone=int(tone) if tone in ("-1", "0", "1") else None,
            state=state if state in ("done", "planned", "cancelled") else "",
            q=(given.get("q") or "").replace("\x00", "").strip()[:100],
        )

    @property
    def is_empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Line:
    """One touchpoint with who took part and what hangs on it."""

    touchpoint: Touchpoint
    theirs: list[Contact]
    ours: list[User]
    is_overdue: bool

    @property
    def icon(self) -> str:
        return ICONS[self.touchpoint.channel]

    @property
    def tint(self) -> str:
        """The tone, as a meaning of colour; lateness to tell is a caution."""
        return "cau" if self.is_overdue else TONES.get(self.touchpoint.tone, "")

    @property
    def is_planned(self) -> bool:
        return self.touchpoint.state == TouchpointState.PLANNED

    @property
    def is_one_way(self) -> bool:
        return self.touchpoint.direction != Direction.BOTH


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without contact, before the line they stand above."""

    days: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A heading: a month, or (None) what is planned."""

    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the three."""

    line: Line | None = None
    gap: Gap | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """`next` is the mark to ask for what came earlier, "" at the end."""

    entries: list[Entry] = field(default_factory=list)
    next: str = ""

    @property
    def lines(self) -> list[Line]:
        return [entry.line for entry in self.entries if entry.line]


def timeline(
    reader: User,
    *,
    account: Account | None = None,
    contact: Contact | None = None,
    colleague: User | None = None,
    filters: Filters | None = None,
    before: str = "",
    per_page: int = PER_PAGE,
) -> Timeline:
    """Of an account, a person, one of ours, or all the reader may see; four queries at most.

    Keyset paging: `before` is the `next` of the page above.
    """
    filters = filters or Filters()
    rows = Touchpoint.objects.visible_to(reader)
    if account is None and contact is None and not reader.is_director:
        # The same rows by the numbers of the accounts: only so is the index by time considered.
        ids = Account.objects.visible_to(reader).values_list("pk", flat=True)
        rows = Touchpoint.objects.filter(account__in=list(ids))
    rows = _filtered(rows, filters)
    if account is not None:
        rows = rows.filter(account=account)
    if contact is not None:
        rows = rows.filter(Exists(_presences().filter(contact=contact)))
    if colleague is not None:
        rows = rows.filter(Exists(_attendances().filter(colleague=colleague)))
    mark = _mark(before)
    if mark:
        rows = rows.filter(Q(at__lt=mark[0]) | Q(at=mark[0], pk__lt=mark[1]), at__lte=mark[0])
    rows = with_details(rows).order_by("-at", "-pk")
    if account is None:
        rows = rows.select_related("account")
    found = list(rows[: per_page + 1])
    more = len(found) > per_page
    found = found[:per_page]
    lines = [line_of(row) for row in found]
    gaps = filters.is_empty and (account is not None or contact is not None)
    entries = _entries(lines, after=mark and mark[0], gaps=gaps)
    return Timeline(entries, _token(found[-1]) if more else "")


def _presences() -> QuerySet[TouchpointContact]:
    return TouchpointContact.objects.filter(touchpoint=OuterRef("pk"))


def _attendances() -> QuerySet[TouchpointColleague]:
    return TouchpointColleague.objects.filter(touchpoint=OuterRef("pk"))


def _filtered(rows: QuerySet[Touchpoint], filters: Filters) -> QuerySet[Touchpoint]:
    rows = rows.filter(state=filters.state) if filters.state else rows.filter(state__in=LIVE)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.tone is not None:
        rows = rows.filter(tone=filters.tone)
    if filters.contact:
        rows = rows.filter(Exists(_presences().filter(contact=filters.contact)))
    if filters.colleague:
        rows = rows.filter(Exists(_attendances().filter(colleague=filters.colleague)))
    for word in folding.words(filters.q):
        named = _presences().filter(contact__search_text__contains=word)
        rows = rows.filter(Q(search_text__contains=word) | Exists(named))
    return rows


def with_details(rows: QuerySet[Touchpoint]) -> QuerySet[Touchpoint]:
    """Who took part (two queries), and how many promises, tasks and files hang on each."""
    mine = {"touchpoint": OuterRef("pk")}
    return rows.annotate(
        promise_count=_counted(Promise.objects.filter(**mine)),
        step_count=_counted(Task.objects.filter(**mine)),
        file_count=_counted(File.objects.filter(**mine, removed_at=None)),
    ).prefetch_related(
        Prefetch("presences", TouchpointContact.objects.select_related("contact")),
        Prefetch("attendances", TouchpointColleague.objects.select_related("colleague")),
    )


def _counted(rows: QuerySet) -> Coalesce:
    number = rows.order_by().values("touchpoint").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number), 0)


def line_of(touchpoint: Touchpoint) -> Line:
    """From a row of with_details."""
    planned = touchpoint.state == TouchpointState.PLANNED
    return Line(
        touchpoint=touchpoint,
        theirs=[row.contact for row in touchpoint.presences.all()],
        ours=[row.colleague for row in touchpoint.attendances.all()],
        is_overdue=planned and touchpoint.at < timezone.now(),
    )


def _entries(lines: list[Line], *, after: dt.datetime | None, gaps: bool) -> list[Entry]:
    """Headings and silences among the lines; `after` is the moment of the line above them."""
    entries: list[Entry] = []
    now = timezone.now()
    later = min(after, now) if after else now
    heading = None if after is None else _heading(after, now)
    for line in lines:
        at = line.touchpoint.at
        if gaps and not line.is_planned:
            days = (timezone.localdate(later) - timezone.localdate(at)).days
            if days >= GAP_DAYS:
                entries.append(Entry(gap=Gap(days, is_now=later == now)))
            later = at
        month = _heading(at, now)
        if month != heading:
            entries.append(Entry(month=month))
            heading = month
        entries.append(Entry(line=line))
    return entries


def _heading(at: dt.datetime, now: dt.datetime) -> Month:
    return Month(None if at > now else timezone.localdate(at).replace(day=1))


def _token(row: Touchpoint) -> str:
    """Microseconds since the epoch and the row, so that nothing is lost to rounding."""
    since = row.at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return f"{since // dt.timedelta(microseconds=1)}-{row.pk}"


def _mark(token: str) -> tuple[dt.datetime, int] | None:
    """What `_token` made; None for anything else."""
    when, _, pk = token.rpartition("-")
    since, row = row_id(when), row_id(pk)
    if since is None or row is None or len(when) > 16:
        return None
    moment = dt.timedelta(microseconds=since)
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + moment, row
